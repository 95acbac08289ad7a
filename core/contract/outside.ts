/**
 * The wire between us and a department's own system. Both directions are signed: headers
 * `x-key-id`, `x-timestamp` (unix seconds), `x-nonce`, `x-signature` =
 * hex HMAC-SHA256(secret, `METHOD\npath\ntimestamp\nnonce\nsha256hex(body)`); ±5 minutes, a nonce
 * counts once (S49).
 */
import { type Static, Type } from '@sinclair/typebox'
import {
  Day, FieldKey, Id, Instant, Nullable, RegionCode, Slug, Values, closed,
} from './wire'

/** A task sent to a department: only the fields and materials its item needs. */
export const OutsideTask = Type.Object(
  {
    taskId: Type.String({ description: 'caseId.n' }),
    number: Type.String({ description: 'case number-item number' }),
    itemId: Slug,
    itemName: Type.String(),
    department: Slug,
    regionCode: RegionCode,
    dueOn: Nullable(Day),
    round: Type.Integer({ description: '0 at first; +1 after each correction round' }),
    form: Values,
    materials: Type.Array(
      Type.Object(
        {
          key: FieldKey,
          name: Type.String(),
          certificateId: Nullable(Type.String()),
          files: Type.Array(
            Type.Object({ id: Id, type: Type.String(), sha256: Type.String(), url: Type.String() },
              closed),
          ),
        },
        closed,
      ),
    ),
    results: Type.Array(
      Type.Object({ itemId: Slug, name: Type.String(), number: Type.String(), values: Values },
        closed),
      { description: 'results of earlier items that this one uses' },
    ),
    feedback: Type.String({ description: 'path to answer to' }),
    sentAt: Instant,
  },
  closed,
)

/** Sent instead when a case is withdrawn. */
export const OutsideCancel = Type.Object(
  { taskId: Type.String(), cancelled: Type.Literal(true), reason: Type.String(), sentAt: Instant },
  closed,
)

export const FeedbackReceived = Type.Object({ state: Type.String() }, closed)

export type OutsideTask = Static<typeof OutsideTask>
export type OutsideCancel = Static<typeof OutsideCancel>
