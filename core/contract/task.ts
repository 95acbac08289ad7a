/** 事项办件: the work list of a department, one task, and what may be done with it. */
import { type Static, Type } from '@sinclair/typebox'
import { PAUSE_REASONS, TASK_ACTIONS } from '../task'
import { Ask, Extension, SIGNALS, TASK_STATES, act } from './case'
import {
  Day, FieldKey, Id, Instant, Nullable, OneOf, RegionCode, RequestId, Sentence, Slug, Values,
  closed,
} from './wire'

export const TaskActionBody = Type.Union([
  Type.Object(
    { do: OneOf(['receive', 'resume', 'send-back', 'extend'] as const), requestId: RequestId },
    closed,
  ),
  Type.Object(
    {
      do: act('review'),
      requestId: RequestId,
      propose: OneOf(['approve', 'reject'] as const),
      gives: Type.Optional(Values),
      number: Type.Optional(Type.String({ maxLength: 60 })),
      reason: Type.Optional(Sentence),
    },
    closed,
  ),
  Type.Object(
    {
      do: act('approve'),
      requestId: RequestId,
      gives: Type.Optional(Values),
      number: Type.Optional(Type.String({ maxLength: 60 })),
    },
    closed,
  ),
  Type.Object({ do: act('reject'), requestId: RequestId, reason: Sentence }, closed),
  Type.Object(
    {
      do: act('request-correction'),
      requestId: RequestId,
      asks: Type.Array(Ask, { minItems: 1, maxItems: 20 }),
    },
    closed,
  ),
  Type.Object(
    {
      do: act('pause'),
      requestId: RequestId,
      reason: OneOf(Object.keys(PAUSE_REASONS) as (keyof typeof PAUSE_REASONS)[]), // const keys
      note: Sentence,
    },
    closed,
  ),
  Type.Object({ do: act('propose-extension'), requestId: RequestId, ...Extension }, closed),
])

/** A task as its department sees it: only what the item needs (S20). */
export const TaskBrief = Type.Object(
  {
    caseId: Id,
    n: Type.Integer(),
    number: Type.String({ description: 'case number-item' }),
    itemId: Slug,
    name: Type.String(),
    regionCode: RegionCode,
    state: OneOf(TASK_STATES),
    dueOn: Nullable(Day),
    signal: OneOf(SIGNALS),
    handler: Nullable(
      Type.Object(
        { name: Type.String(), at: Nullable(Instant) },
        { ...closed, description: 'who took the last step, and when' },
      ),
    ),
    applicant: Type.String({ description: 'masked' }),
  },
  closed,
)
export const TaskPage = Type.Object(
  { tasks: Type.Array(TaskBrief), next: Nullable(Type.String()) },
  closed,
)
export const TaskDetail = Type.Composite(
  [
    TaskBrief,
    Type.Object({
      form: Values,
      materials: Type.Array(
        Type.Object(
          {
            key: FieldKey,
            name: Type.String(),
            by: Type.String(),
            ids: Type.Array(Id),
            certificateId: Nullable(Type.String()),
          },
          closed,
        ),
      ),
      asks: Type.Array(Ask),
      actions: Type.Array(OneOf(TASK_ACTIONS), { description: 'what the reader may do now' }),
      gives: Type.Array(FieldKey, { description: 'what an approval has to give' }),
      result: Nullable(
        Type.Object(
          {
            id: Id,
            name: Type.String(),
            number: Type.String(),
            issuedAt: Instant,
            revoked: Nullable(Type.Object({ at: Instant, reason: Type.String() }, closed)),
            revocable: Type.Boolean({ description: 'by the reader' }),
          },
          { ...closed, description: 'what its approval issued' },
        ),
      ),
      extension: Nullable(
        Type.Object(
          { days: Type.Integer(), law: Type.String(), article: Type.String() },
          { ...closed, description: 'the most the law lets be added' },
        ),
      ),
      twoPeople: Type.Boolean({ description: 'one proposes, another decides' }),
      proposal: Nullable(
        Type.Object(
          {
            propose: OneOf(['approve', 'reject', 'extend'] as const),
            extension: Nullable(Type.Object(Extension, closed)),
            gives: Values,
            number: Nullable(Type.String()),
            reason: Nullable(Type.String()),
            by: Type.String({ description: 'name of the handler' }),
          },
          closed,
        ),
      ),
    }),
  ],
  closed,
)

/** How many wait in each state, up to MOST_COUNTED (core/counted): the tabs of a work list. */
export const StateCounts = Type.Object(
  { counts: Type.Record(Type.String(), Type.Integer()) },
  { ...closed, $id: 'StateCounts' },
)

export type TaskActionBody = Static<typeof TaskActionBody>
export type TaskDetail = Static<typeof TaskDetail>
export type StateCounts = Static<typeof StateCounts>
export type TaskPage = Static<typeof TaskPage>
