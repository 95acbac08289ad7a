/** 电子监察: signals and what is done about them, overdue work, figures. */
import { type Static, Type } from '@sinclair/typebox'
import { LEVELS, SIGNAL_ACTIONS, SIGNAL_STATES, CONTACT_ROLE_IDS } from '../escalation'
import { DIMENSIONS } from '../figures'
import {
  Day, Id, Instant, Nullable, OneOf, RegionCode, RequestId, Sentence, Slug, closed,
} from './wire'

const count = (description: string) => Type.Integer({ minimum: 0, description })

export const SignalBrief = Type.Object(
  {
    id: Id,
    caseId: Id,
    n: Type.Integer({ description: 'number of the task in its case' }),
    number: Type.String({ description: 'case number' }),
    topicId: Slug,
    topicTitle: Type.String(),
    itemId: Slug,
    itemName: Type.String(),
    departmentId: Slug,
    regionCode: RegionCode,
    unit: Type.String(),
    level: OneOf(LEVELS),
    state: OneOf(SIGNAL_STATES),
    raisedAt: Instant,
    dueOn: Nullable(Day),
    daysOver: Type.Integer({ description: 'working days past the due day; 0 if the task ended' }),
    told: Type.Array(OneOf(CONTACT_ROLE_IDS), { description: 'on whom an SMS was sent' }),
    taskState: Type.String(),
    orderBy: Nullable(Day),
    orderLate: Type.Boolean({ description: 'the day of the order is past without an explanation' }),
    actions: Type.Array(OneOf(SIGNAL_ACTIONS)),
  },
  closed,
)
export const SignalPage = Type.Object(
  { signals: Type.Array(SignalBrief), next: Nullable(Type.String()) },
  closed,
)
export const SignalDetail = Type.Composite(
  [
    SignalBrief,
    Type.Object({
      events: Type.Array(
        Type.Object(
          {
            at: Instant, by: Type.String(), is: Type.String(),
            note: Nullable(Type.String()), orderBy: Nullable(Day),
          },
          closed,
        ),
      ),
    }),
  ],
  closed,
)

export const SignalActionBody = Type.Union([
  Type.Object({ do: Type.Literal('order'), requestId: RequestId, note: Sentence, by: Day }, closed),
  Type.Object({ do: Type.Literal('explain'), requestId: RequestId, note: Sentence }, closed),
  Type.Object(
    { do: Type.Literal('close'), requestId: RequestId, note: Type.Optional(Sentence) },
    closed,
  ),
])

export const Overdue = Type.Object(
  {
    departments: Type.Array(
      Type.Object(
        {
          departmentId: Slug, regionCode: RegionCode, unit: Type.String(),
          overdue: count('tasks past their day'),
          red: count('of these, told as 红牌'),
          oldest: Nullable(Day),
          ordersLate: count('orders not answered by their day'),
        },
        closed,
      ),
    ),
  },
  closed,
)

export const FIGURES_BY = [...DIMENSIONS, 'day', 'month'] as const
export type FiguresBy = (typeof FIGURES_BY)[number]

/** Of a topic, region, day or month cases are counted; of an item or a department tasks. */
export const FigureRow = Type.Object(
  {
    id: Type.String({ description: "'' where a ticket names none" }),
    name: Type.String(),
    accepted: count('accepted, or started'),
    finished: count('ended with a decision'),
    onTime: count('of these, on or before the promised day'),
    onTimeShare: Nullable(Type.Number({ description: '0 to 1' })),
    averageDays: Nullable(Type.Number({ description: 'working days' })),
    refused: count('不予受理, or 不予办理'),
    withdrawn: count('withdrawn or cancelled'),
    rounds: count('corrections asked in what ended'),
    roundsPerCase: Nullable(Type.Number()),
    deviations: Nullable(count('asked outside the notice or a second time; of cases only')),
    rated: count('ratings'),
    lowRated: count('of these, one or two stars'),
    averageStars: Nullable(Type.Number()),
    inquiries: count('咨询'), assistances: count('帮办代办'), unresolved: count('办不成事'),
  },
  closed,
)
export const SupervisionFigures = Type.Object(
  {
    countedAt: Nullable(Instant),
    from: Day,
    to: Day,
    by: OneOf(FIGURES_BY),
    whole: FigureRow,
    rows: Type.Array(FigureRow),
  },
  closed,
)

export type SignalBrief = Static<typeof SignalBrief>
export type SignalPage = Static<typeof SignalPage>
export type SignalDetail = Static<typeof SignalDetail>
export type SignalActionBody = Static<typeof SignalActionBody>
export type Overdue = Static<typeof Overdue>
export type FigureRow = Static<typeof FigureRow>
export type SupervisionFigures = Static<typeof SupervisionFigures>
