/** What the three administrators see and do (三员分立): how the house runs, never a case. */
import { type Static, Type } from '@sinclair/typebox'
import { Instant, Nullable, OneOf, RequestId, Sentence, closed } from './wire'

const count = (description: string) => Type.Integer({ minimum: 0, description })

export const DELIVERY_STATES = ['dead', 'waiting'] as const

/** One way out of the house: a department's system, the SMS gateway, WeChat. */
export const Lane = Type.Object(
  {
    id: Type.String({ description: 'e.g. department:health' }),
    name: Type.String(),
    waiting: count('not delivered yet'),
    retrying: count('of these, failed at least once'),
    dead: count('given up after all attempts'),
    oldestAt: Nullable(Instant),
  },
  closed,
)
export const Lanes = Type.Object({ lanes: Type.Array(Lane) }, closed)

/** A job of the outbox without what it carries. */
export const Delivery = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    lane: Type.String(),
    laneName: Type.String(),
    what: Type.String(),
    state: OneOf([...DELIVERY_STATES, 'done']),
    attempts: count('this life'),
    createdAt: Instant,
    nextAt: Nullable(Instant),
    deadAt: Nullable(Instant),
    reason: Nullable(Type.String({ description: 'of the last failure; no personal data' })),
  },
  closed,
)
export const DeliveryPage = Type.Object(
  { deliveries: Type.Array(Delivery), next: Nullable(Type.String()) },
  closed,
)

export const ReviveBody = Type.Object({ requestId: RequestId, reason: Sentence }, closed)
export const LaneReviveBody = Type.Object(
  { requestId: RequestId, reason: Sentence, lane: Type.String({ minLength: 1, maxLength: 100 }) },
  closed,
)
export const Revived = Type.Object({ revived: count('dead letters given new attempts') }, closed)

export type Lane = Static<typeof Lane>
export type Lanes = Static<typeof Lanes>
export type DeliveryState = (typeof DELIVERY_STATES)[number]
export type Delivery = Static<typeof Delivery>
export type DeliveryPage = Static<typeof DeliveryPage>
export type ReviveBody = Static<typeof ReviveBody>
export type LaneReviveBody = Static<typeof LaneReviveBody>
export type Revived = Static<typeof Revived>
