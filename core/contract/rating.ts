/** 好差评: what is asked, what was said, and how a low one is put right. */
import { type Static, Type } from '@sinclair/typebox'
import {
  ANSWER_KINDS, RECTIFICATION_ACTIONS, RECTIFICATION_STATES,
} from '../rectification'
import {
  Day, Id, Instant, Nullable, OneOf, RegionCode, RequestId, Sentence, Slug, closed,
} from './wire'

const Stars = Type.Integer({ minimum: 1, maximum: 5, description: '5 非常满意 … 1 非常不满意' })
const Comment = Type.String({ maxLength: 500 })
const Days = Type.Integer({ minimum: 1, maximum: 400 })

const Indicator = Type.Object(
  {
    id: Slug,
    label: Type.String({ minLength: 1, maxLength: 20 }),
    whole: Type.Optional(
      Type.Literal(true, { description: 'is the level of the rating itself' }),
    ),
  },
  closed,
)

/** catalogue/rating.yaml */
export const RatingSource = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    status: Type.Union([Type.Literal('draft'), Type.Literal('confirmed')]),
    source: Sentence,
    checkedOn: Day,
    withinDays: Days,
    indicators: Type.Array(Indicator, { minItems: 1, maxItems: 10 }),
    rectification: Type.Object(
      {
        contactDays: Days,
        answerDays: Days,
        stopDays: Days,
        replyDays: Days,
        rounds: Type.Integer({ minimum: 1, maximum: 5 }),
      },
      { ...closed, description: 'working days' },
    ),
    publish: Type.Object(
      { smallestGroup: Type.Integer({ minimum: 2, maximum: 100 }), days: Days },
      closed,
    ),
  },
  closed,
)

/** A case, its items, or both at once; each is rated once. */
export const RatingBody = Type.Object(
  {
    requestId: RequestId,
    stars: Type.Optional(Stars),
    comment: Type.Optional(Comment),
    indicators: Type.Optional(Type.Record(Slug, Stars, { ...closed, maxProperties: 10 })),
    items: Type.Optional(
      Type.Array(
        Type.Object({ itemId: Slug, stars: Stars, comment: Type.Optional(Comment) }, closed),
        { minItems: 1, maxItems: 100 },
      ),
    ),
  },
  { ...closed, minProperties: 2 },
)

const Given = {
  stars: Type.Integer(),
  comment: Nullable(Type.String()),
  at: Instant,
}

const Answer = Type.Object(
  { kind: OneOf(ANSWER_KINDS), text: Type.String(), by: Type.String(), at: Instant },
  closed,
)

/** 整改 as the citizen sees it. */
export const RectificationView = Type.Object(
  {
    id: Id,
    itemId: Nullable(Slug),
    /** the rated office, or the item */
    about: Type.String(),
    by: Type.String({ description: 'who has to put it right' }),
    state: OneOf(RECTIFICATION_STATES),
    round: Type.Integer(),
    contactBy: Day,
    answerBy: Day,
    late: Type.Boolean(),
    answer: Nullable(Answer),
    outcome: Nullable(OneOf(['satisfied', 'unsatisfied', 'lapse'] as const)),
    actions: Type.Array(OneOf(RECTIFICATION_ACTIONS)),
  },
  closed,
)

/** Everything about the rating of one case. */
export const RatingView = Type.Object(
  {
    caseId: Id,
    until: Nullable(Day),
    open: Type.Boolean({ description: 'something may still be rated' }),
    form: Type.Object(
      { version: Type.Integer(), indicators: Type.Array(Indicator) },
      closed,
    ),
    rating: Nullable(
      Type.Object({ ...Given, indicators: Type.Record(Slug, Type.Integer()) }, closed),
    ),
    items: Type.Array(
      Type.Object(
        { itemId: Slug, name: Type.String(), department: Type.String(),
          rating: Nullable(Type.Object(Given, closed)) },
        closed,
      ),
    ),
    rectifications: Type.Array(RectificationView),
  },
  closed,
)

/** 整改 in a list of those who handle or supervise it. */
export const RectificationBrief = Type.Object(
  {
    id: Id,
    caseId: Id,
    number: Type.String({ description: 'case number' }),
    topicTitle: Type.String(),
    about: Type.String(),
    by: Type.String(),
    regionCode: RegionCode,
    stars: Type.Integer(),
    state: OneOf(RECTIFICATION_STATES),
    round: Type.Integer(),
    contactBy: Day,
    answerBy: Day,
    stopBy: Day,
    signal: OneOf(['none', 'yellow', 'red'] as const),
    late: Type.Boolean(),
    applicant: Type.String({ description: 'masked' }),
  },
  closed,
)
export const RectificationPage = Type.Object(
  { rectifications: Type.Array(RectificationBrief), next: Nullable(Type.String()) },
  closed,
)

export const RectificationDetail = Type.Composite(
  [
    RectificationBrief,
    Type.Object({
      comment: Nullable(Type.String()),
      events: Type.Array(
        Type.Object(
          { at: Instant, by: Type.String(), is: Type.String(), note: Nullable(Type.String()) },
          closed,
        ),
      ),
      actions: Type.Array(OneOf(RECTIFICATION_ACTIONS)),
    }),
  ],
  closed,
)

const STAFF_NOTED = ['contact', 'confirm', 'return'] as const
export const RectificationActionBody = Type.Union([
  Type.Object({ do: OneOf(STAFF_NOTED), requestId: RequestId, note: Sentence }, closed),
  Type.Object(
    { do: Type.Literal('answer'), requestId: RequestId, kind: OneOf(ANSWER_KINDS), note: Sentence },
    closed,
  ),
])
export const RectificationReply = Type.Object(
  {
    do: OneOf(['satisfied', 'unsatisfied'] as const),
    requestId: RequestId,
    note: Type.Optional(Comment),
  },
  closed,
)

export type RatingSource = Static<typeof RatingSource>
export type RatingBody = Static<typeof RatingBody>
export type RatingView = Static<typeof RatingView>
export type RectificationView = Static<typeof RectificationView>
export type RectificationBrief = Static<typeof RectificationBrief>
export type RectificationPage = Static<typeof RectificationPage>
export type RectificationDetail = Static<typeof RectificationDetail>
export type RectificationActionBody = Static<typeof RectificationActionBody>
export type RectificationReply = Static<typeof RectificationReply>
