/** 目录: drafts of topics, what is wrong with them, versions, and the rehearsal with past cases. */
import { type Static, Type } from '@sinclair/typebox'
import { DRAFT_ACTIONS, DRAFT_STATES, type TopicParts } from '../editing'
import type { Topic } from './topic'
import { Id, Instant, Nullable, OneOf, RequestId, Sentence, Slug, closed } from './wire'

const version = Type.Integer({ minimum: 1 })
const revision = Type.Integer({ minimum: 1, description: 'goes up with every save and step' })

export const CatalogueTopics = Type.Object(
  {
    topics: Type.Array(
      Type.Object(
        {
          id: Slug,
          number: Type.Integer(),
          version,
          title: Type.String(),
          leadName: Type.String(),
          leads: Type.Boolean({ description: 'the caller’s department leads it' }),
          items: Type.Integer(),
          ownItems: Type.Integer({ description: 'of the caller’s department' }),
          confirmed: Type.Boolean({ description: 'by all its departments' }),
          draft: Nullable(Type.Object(
            { id: Id, state: OneOf(DRAFT_STATES), savedBy: Type.String(), savedAt: Instant },
            closed,
          )),
        },
        closed,
      ),
    ),
  },
  closed,
)

export const TopicVersions = Type.Object(
  {
    id: Slug,
    title: Type.String(),
    current: version,
    draftId: Nullable(Id),
    mayOpen: Type.Boolean(),
    mayRollBack: Type.Boolean({ description: 'the lead department’s editor' }),
    versions: Type.Array(
      Type.Object(
        {
          version,
          publishedAt: Instant,
          // with a release, at the desk, or along with another topic; null: not known any more
          how: Nullable(OneOf(['release', 'desk', 'along'] as const)),
          by: Type.Array(Type.String(), { description: 'who wrote, approved and published it' }),
          cases: Type.Integer({ description: 'filed under it' }),
          mayReturnTo: Type.Boolean({ description: 'its sources are known' }),
        },
        closed,
      ),
    ),
  },
  closed,
)

export const OpenDraft = Type.Object(
  {
    requestId: RequestId,
    topicId: Slug,
    from: Type.Optional(Type.Integer({
      minimum: 1, description: 'an old version whose content it is to start from',
    })),
  },
  closed,
)

/** Everything a topic is linked from, in the shapes of contract/catalogue.ts. */
const Parts = Type.Unsafe<TopicParts>(Type.Object(
  {
    topic: Type.Unknown({ description: 'as catalogue/topics/*.yaml' }),
    items: Type.Array(Type.Unknown(), { description: 'as catalogue/items/*.yaml' }),
    elements: Type.Array(Type.Unknown()),
    materials: Type.Array(Type.Unknown()),
  },
  closed,
))

export const Fault = Type.Object(
  {
    text: Type.String({ description: 'in Chinese where it is known' }),
    raw: Type.String({ description: 'as the check of the catalogue prints it' }),
    part: Nullable(Type.String({ description: 'topic, or item:<id>; null: cannot be told' })),
  },
  closed,
)

export const DraftView = Type.Object(
  {
    id: Id,
    topicId: Slug,
    title: Type.String(),
    state: OneOf(DRAFT_STATES),
    revision,
    baseVersion: version,
    currentVersion: version,
    fromVersion: Nullable(version),
    publishedVersion: Nullable(version),
    base: Parts,
    parts: Parts,
    mayEdit: Type.Object(
      {
        topic: Type.Boolean(),
        items: Type.Array(Slug),
        elements: Type.Array(Type.String(), { description: 'that no other topic uses' }),
        materials: Type.Array(Type.String()),
      },
      closed,
    ),
    verdict: Type.Object(
      {
        faults: Type.Array(Fault, { description: 'empty: it may be submitted' }),
        remarks: Type.Array(Type.String(), { description: 'worth knowing, no hindrance' }),
        along: Type.Array(Type.Object({ id: Slug, title: Type.String() }, closed), {
          description: 'topics that share a changed record and get a new version too',
        }),
      },
      closed,
    ),
    linked: Type.Unsafe<Topic | null>(Type.Unknown({
      description: 'the topic as citizens would get it; null while it cannot be linked',
    })),
    savedBy: Type.String(),
    savedAt: Instant,
    actions: Type.Array(OneOf(DRAFT_ACTIONS)),
    events: Type.Array(
      Type.Object(
        { at: Instant, by: Type.String(), is: Type.String(), note: Nullable(Type.String()) },
        closed,
      ),
    ),
  },
  closed,
)

/** Whole records in place of those of the same id. */
export const SaveDraft = Type.Object(
  {
    requestId: RequestId,
    revision,
    topic: Type.Optional(Type.Unknown({ description: 'as catalogue/topics/*.yaml' })),
    items: Type.Array(Type.Unknown({ description: 'as catalogue/items/*.yaml' }), { maxItems: 60 }),
    elements: Type.Array(Type.Unknown(), { maxItems: 300 }),
    materials: Type.Array(Type.Unknown(), { maxItems: 200 }),
  },
  closed,
)

const step = { requestId: RequestId, revision }
export const DraftActionBody = Type.Union([
  Type.Object(
    {
      do: OneOf(['submit', 'withdraw', 'discard', 'rebase', 'approve', 'publish'] as const),
      ...step,
    },
    closed,
  ),
  Type.Object({ do: Type.Literal('return'), ...step, note: Sentence }, closed),
])

/** One page of past cases as they would be asked under the draft. No personal data. */
export const Rehearsal = Type.Object(
  {
    total: Type.Integer({ description: 'cases that will be looked at' }),
    done: Type.Integer({ description: 'looked at up to the end of this page' }),
    next: Nullable(Type.String()),
    differing: Type.Array(
      Type.Object(
        {
          number: Type.String({ description: 'case number' }),
          version,
          added: Type.Array(Type.String(), { description: 'labels asked in addition' }),
          changed: Type.Array(Type.String()),
          removed: Type.Array(Type.String(), { description: 'given then, not needed any more' }),
          itemsAdded: Type.Array(Type.String()),
          itemsGone: Type.Array(Type.String()),
          stops: Type.Array(Type.String(), { description: 'could not be filed at all' }),
        },
        closed,
      ),
    ),
  },
  closed,
)

export type CatalogueTopics = Static<typeof CatalogueTopics>
export type TopicVersions = Static<typeof TopicVersions>
export type OpenDraft = Static<typeof OpenDraft>
export type Fault = Static<typeof Fault>
export type DraftView = Static<typeof DraftView>
export type SaveDraft = Static<typeof SaveDraft>
export type DraftActionBody = Static<typeof DraftActionBody>
export type Rehearsal = Static<typeof Rehearsal>
