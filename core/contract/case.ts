/** 办件: submission, the view of a case, actions, rating. */
import { type Static, Type } from '@sinclair/typebox'
import { CASE_ACTIONS, type CaseState } from '../case'
import { EXTENSION_CAUSES, type ExtensionCause, PAUSE_REASONS, type TaskState } from '../task'
import { CertificateFacts } from './document'
import { Supplies } from './draft'
import {
  Answers, Day, FieldKey, Id, Instant, Nullable, OneOf, RegionCode, RequestId, Sentence, Slug,
  Values, closed,
} from './wire'

const CASE_STATES: readonly CaseState[] = [
  'submitted', 'returned', 'accepted', 'handling', 'correcting', 'ready', 'finished', 'refused',
  'withdrawn',
]
export const TASK_STATES: readonly TaskState[] = [
  'waiting', 'dispatched', 'received', 'reviewed', 'asking', 'paused', 'approved', 'rejected',
  'cancelled',
]
export const SIGNALS = ['none', 'warning', 'yellow', 'red'] as const
export const HANDOVERS = ['electronic', 'window', 'post'] as const

/** 延期, as it is proposed and as it was approved. */
export const Extension = {
  days: Type.Integer({ minimum: 1, maximum: 30, description: 'working days' }),
  cause: OneOf(Object.keys(EXTENSION_CAUSES) as ExtensionCause[]), // keys of a const object
  note: Sentence,
}

/** Strokes of a signature: x and y in 0…1000 of the pad's width, pen down to pen up. */
export const Signature = Type.Object(
  {
    strokes: Type.Array(
      Type.Array(Type.Array(Type.Integer({ minimum: 0, maximum: 1000 }), {
        minItems: 2, maxItems: 2,
      }), { minItems: 1, maxItems: 2000 }),
      { minItems: 1, maxItems: 100 },
    ),
    ratio: Type.Number({ minimum: 0.1, maximum: 10, description: 'width / height' }),
  },
  closed,
)

export const Consent = Type.Object(
  {
    notice: Type.Literal(true, { description: 'read the one-time notice' }),
    truth: Type.Literal(true, { description: 'declares that what is given is true' }),
    sharing: Type.Literal(true, { description: 'separate consent: shared with the departments' }),
    minor: Type.Optional(
      Type.Literal(true, { description: "a guardian's consent, for a minor (PIPL §31)" }),
    ),
  },
  closed,
)

const PostTo = Type.Optional(Type.String({
  minLength: 5, maxLength: 200, description: 'where to post, if the form holds no address',
}))

export const SubmitCase = Type.Object(
  {
    requestId: RequestId,
    topicId: Slug,
    topicVersion: Type.Integer({ minimum: 1 }),
    regionCode: RegionCode,
    answers: Answers,
    form: Values,
    materials: Supplies,
    consent: Consent,
    signature: Signature,
    handover: OneOf(HANDOVERS),
    postTo: PostTo,
  },
  closed,
)

/** What a correction round asks for: a field or a material of the notice, each with a reason. */
export const Ask = Type.Object(
  {
    kind: Type.Union([Type.Literal('field'), Type.Literal('material')]),
    key: FieldKey,
    reason: Sentence,
    itemId: Type.Optional(Slug),
  },
  closed,
)

export const CaseEvent = Type.Object(
  {
    seq: Type.Integer({ minimum: 1 }),
    at: Instant,
    is: Type.String({ description: 'case action, or task action prefixed by "task."' }),
    by: Type.Object(
      {
        role: OneOf(['citizen', 'window', 'department', 'system', 'supervisor'] as const),
        name: Type.String({ description: 'office or 您; never a citizen name' }),
      },
      closed,
    ),
    itemId: Nullable(Slug),
    text: Type.String({ description: 'the sentence of the timeline' }),
    reason: Nullable(Type.String()),
    asks: Type.Optional(Type.Array(Ask)),
  },
  closed,
)

export const TaskView = Type.Object(
  {
    n: Type.Integer(),
    itemId: Slug,
    name: Type.String(),
    department: Type.String(),
    state: OneOf(TASK_STATES),
    stage: Type.Integer(),
    startedAt: Nullable(Instant),
    dueOn: Nullable(Day),
    endedAt: Nullable(Instant),
    signal: OneOf(SIGNALS),
    waitsFor: Type.Array(Type.String({ description: 'names of the items it waits for' })),
    pause: Nullable(
      Type.Object(
        { reason: OneOf(Object.keys(PAUSE_REASONS) as (keyof typeof PAUSE_REASONS)[]), // const keys
          note: Type.String() },
        closed,
      ),
    ),
    extension: Nullable(Type.Object(Extension, closed)),
    reason: Nullable(Type.String({ description: 'why rejected' })),
    result: Nullable(
      Type.Object(
        { id: Id, name: Type.String(), number: Type.String(), issuedAt: Instant },
        closed,
      ),
    ),
  },
  closed,
)

export const Correction = Type.Object(
  {
    round: Type.Integer({ minimum: 1 }),
    askedAt: Instant,
    asks: Type.Array(Ask, { minItems: 1 }),
  },
  closed,
)

export const CaseView = Type.Object(
  {
    id: Id,
    number: Type.String(),
    topicId: Slug,
    topicVersion: Type.Integer(),
    topicTitle: Type.String(),
    regionCode: RegionCode,
    state: OneOf(CASE_STATES),
    version: Type.Integer({ description: 'moves with every event; the ETag' }),
    submittedAt: Instant,
    acceptBy: Day,
    dueOn: Nullable(Day),
    tasks: Type.Array(TaskView),
    events: Type.Array(CaseEvent, { description: 'only those after ?after=' }),
    lastSeq: Type.Integer(),
    correction: Nullable(Correction),
    actions: Type.Array(OneOf(CASE_ACTIONS), { description: 'what the reader may do now' }),
    handover: OneOf(HANDOVERS),
    rating: Nullable(
      Type.Object({ stars: Type.Integer(), comment: Nullable(Type.String()), at: Instant }, closed),
    ),
    contact: Type.Object({ office: Type.String(), phone: Type.String() }, closed),
  },
  { ...closed, $id: 'CaseView' },
)

export const CaseBrief = Type.Object(
  {
    id: Id,
    number: Type.String(),
    topicId: Slug,
    topicTitle: Type.String(),
    state: OneOf(CASE_STATES),
    done: Type.Integer(),
    total: Type.Integer(),
    submittedAt: Instant,
    acceptBy: Day,
    dueOn: Nullable(Day),
    signal: OneOf(SIGNALS),
    applicant: Nullable(Type.String({ description: 'masked; staff lists only' })),
  },
  closed,
)
export const CasePage = Type.Object(
  { cases: Type.Array(CaseBrief), next: Nullable(Type.String()) },
  closed,
)

/** 签收: who took the results away; without a signature here it is on paper, kept on file. */
export const Taking = Type.Object(
  {
    by: OneOf(['applicant', 'agent'] as const),
    name: Type.String({ minLength: 2, maxLength: 50 }),
    signature: Type.Optional(Signature),
  },
  closed,
)

/** What the owner, or staff with a task in it, reads of the content of a case. */
export const CaseContent = Type.Object(
  {
    answers: Answers,
    form: Values,
    materials: Supplies,
    postTo: Type.Optional(Type.String()),
    taking: Type.Optional(Taking),
  },
  { ...closed, description: 'taking: as the window reads it' },
)

/** 重新申请: what a new draft can begin with, and the labels of what has no place in it now. */
export const CaseAgain = Type.Object(
  {
    topicId: Slug,
    topicVersion: Type.Integer({ minimum: 1 }),
    regionCode: RegionCode,
    answers: Answers,
    form: Values,
    materials: Supplies,
    dropped: Type.Array(Type.String()),
  },
  { ...closed, $id: 'CaseAgain' },
)

export const act = <T extends string>(name: T) => Type.Literal(name)
const PLAIN_CASE_ACTIONS = ['withdraw', 'confirm-receipt', 'accept', 'dispatch'] as const
export const CaseActionBody = Type.Union([
  Type.Object(
    {
      do: OneOf(PLAIN_CASE_ACTIONS),
      requestId: RequestId,
    },
    closed,
  ),
  Type.Object(
    { do: act('hand-over'), requestId: RequestId, taking: Type.Optional(Taking) },
    closed,
  ),
  Type.Object({ do: act('urge'), requestId: RequestId, itemId: Slug, note: Sentence }, closed),
  Type.Object(
    { do: act('refuse'), requestId: RequestId, reason: Sentence, remedy: Sentence },
    closed,
  ),
  Type.Object(
    {
      do: act('return'),
      requestId: RequestId,
      asks: Type.Array(Ask, { minItems: 1, maxItems: 50 }),
      override: Type.Optional(
        Type.String({ minLength: 5, maxLength: 500,
          description: 'legal reason for asking outside the notice, or a second time; counted' }),
      ),
    },
    closed,
  ),
  Type.Object(
    { do: act('resubmit'), requestId: RequestId, form: Values, materials: Supplies },
    closed,
  ),
  Type.Object(
    {
      do: act('choose-handover'), requestId: RequestId, handover: OneOf(HANDOVERS), postTo: PostTo,
    },
    closed,
  ),
])

export const Message = Type.Object(
  {
    id: Id,
    at: Instant,
    title: Type.String(),
    text: Type.String(),
    caseId: Nullable(Id),
    ticketId: Nullable(Id),
    read: Type.Boolean(),
    actingFor: Type.Optional(Type.Object(
      { mandateId: Id, name: Type.String() },
      { ...closed, description: 'meant for a child or a company one acts for; masked' },
    )),
  },
  closed,
)
export const Messages = Type.Object(
  { messages: Type.Array(Message), next: Nullable(Type.String()) },
  closed,
)

/** 结果: the document an item ends with. */
export const Result = Type.Object(
  {
    id: Id,
    caseId: Id,
    itemId: Slug,
    name: Type.String(),
    number: Type.String(),
    issuer: Type.String(),
    issuedAt: Instant,
    holder: Type.String(),
    values: Type.Array(Type.Object(
      { key: FieldKey, label: Type.String(), value: Type.String() }, closed,
    )),
    verifyCode: Type.String(),
    sample: Type.Boolean({ description: '样本: issued by a demonstration system' }),
    certificate: Nullable(Type.Composite([
      CertificateFacts,
      Type.Object({
        holder: Type.Object(
          { name: Type.String(), idKind: Type.String(), idNumber: Type.String() }, closed,
        ),
      }),
    ], closed)),
    revoked: Nullable(Type.Object({ at: Instant, reason: Type.String() }, closed)),
  },
  closed,
)
export const ResultActionBody = Type.Object(
  { do: act('revoke'), requestId: RequestId, reason: Sentence },
  closed,
)

export const NoticeView = Type.Object(
  {
    number: Type.String(),
    issuedAt: Instant,
    title: Type.String(),
    items: Type.Array(
      Type.Object(
        { name: Type.String(), department: Type.String(), days: Type.String(),
          fee: Type.String(), basis: Type.String() },
        closed,
      ),
    ),
    fields: Type.Array(Type.Object({ key: FieldKey, label: Type.String() }, closed)),
    materials: Type.Array(
      Type.Object({ key: FieldKey, name: Type.String(), content: Type.String() }, closed),
    ),
    onsite: Type.Array(Type.String()),
    deadlines: Type.Array(Type.String()),
  },
  closed,
)

export type SubmitCase = Static<typeof SubmitCase>
export type CaseView = Static<typeof CaseView>
export type CaseEvent = Static<typeof CaseEvent>
export type CaseBrief = Static<typeof CaseBrief>
export type CasePage = Static<typeof CasePage>
export type TaskView = Static<typeof TaskView>
export type CaseActionBody = Static<typeof CaseActionBody>
export type Ask = Static<typeof Ask>
export type Correction = Static<typeof Correction>
export type Signature = Static<typeof Signature>
export type Taking = Static<typeof Taking>
export type Handover = (typeof HANDOVERS)[number]
export type Result = Static<typeof Result>
export type ResultActionBody = Static<typeof ResultActionBody>
export type Messages = Static<typeof Messages>
export type NoticeView = Static<typeof NoticeView>
export type CaseContent = Static<typeof CaseContent>
export type CaseAgain = Static<typeof CaseAgain>
