/** 未送达: what did not reach a department's own system, as the department sees it. */
import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, Nullable, OneOf, RegionCode, RequestId, Sentence, closed } from './wire'
import { TASK_STATES } from './case'

const LetterId = Type.Integer({ minimum: 1, maximum: 2 ** 53 - 1 })
export const MOST_REVIVED = 100

export const Letter = Type.Object(
  {
    id: LetterId,
    caseId: Id,
    n: Type.Integer(),
    number: Type.String({ description: 'case number-item' }),
    name: Type.String({ description: 'of the item' }),
    regionCode: RegionCode,
    taskState: OneOf(TASK_STATES),
    what: OneOf(['task', 'cancel'] as const),
    state: OneOf(['dead', 'waiting'] as const),
    attempts: Type.Integer({ minimum: 0 }),
    createdAt: Instant,
    nextAt: Nullable(Instant),
    deadAt: Nullable(Instant),
    reason: Nullable(Type.String({ description: 'of the last failure; no personal data' })),
    revivable: Type.Boolean({ description: 'by whoever asked' }),
  },
  closed,
)

/** Given up, or failed and to be tried again; newest first. */
export const LetterPage = Type.Object(
  { letters: Type.Array(Letter), next: Nullable(Type.String()) },
  closed,
)

export const LettersReviveBody = Type.Object(
  {
    requestId: RequestId,
    reason: Sentence,
    ids: Type.Array(LetterId, { minItems: 1, maxItems: MOST_REVIVED, uniqueItems: true }),
  },
  closed,
)

export type Letter = Static<typeof Letter>
export type LetterPage = Static<typeof LetterPage>
export type LettersReviveBody = Static<typeof LettersReviveBody>
