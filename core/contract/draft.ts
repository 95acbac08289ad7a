/** 草稿: what a citizen has filled in so far; the server's copy is the draft of record. */
import { type Static, Type } from '@sinclair/typebox'
import {
  Answers, FieldKey, Id, Instant, Nullable, RegionCode, RequestId, Values, closed,
} from './wire'

const suppliesOf = (leastPhotos: number) => Type.Record(
  FieldKey,
  Type.Union([
    Type.Object(
      { by: Type.Literal('photos'), ids: Type.Array(Id, { minItems: leastPhotos, maxItems: 20 }) },
      closed,
    ),
    Type.Object(
      { by: Type.Literal('certificate'), certificateId: Type.String({ maxLength: 100 }) },
      closed,
    ),
    Type.Object({ by: Type.Literal('declaration') }, closed),
  ]),
  { ...closed, maxProperties: 300 },
)
export const Supplies = suppliesOf(1)

export const DraftBody = Type.Object(
  {
    requestId: RequestId,
    topicVersion: Type.Integer({ minimum: 1 }),
    regionCode: Nullable(RegionCode),
    answers: Answers,
    form: Values,
    /** while drafting, every photo of a material may have been taken away again */
    materials: suppliesOf(0),
    page: Type.String({ maxLength: 100, description: 'where to resume' }),
  },
  closed,
)

/** PUT carries the revision it was based on; another device's newer one is DRAFT_CONFLICT. */
export const DraftPut = Type.Object(
  { draft: DraftBody, basedOn: Type.Integer({ minimum: 0 }) },
  closed,
)
export const Draft = Type.Object(
  {
    topicId: Type.String(),
    revision: Type.Integer(),
    savedAt: Instant,
    keptUntil: Instant,
    draft: DraftBody,
  },
  closed,
)
export const DraftSaved = Type.Object(
  { revision: Type.Integer(), savedAt: Instant, keptUntil: Instant },
  closed,
)

/** 接办码: by it a clerk takes up this draft, once. Only how long it lives is told again. */
export const PickUp = Type.Object({ madeAt: Instant, expiresAt: Instant }, closed)
export const PickUpState = Type.Object({ open: Nullable(PickUp) }, closed)
export const PickUpCode = Type.Object(
  { code: Type.String({ pattern: '^\\d{8}$' }), madeAt: Instant, expiresAt: Instant },
  closed,
)

export type DraftBody = Static<typeof DraftBody>
export type Draft = Static<typeof Draft>
export type DraftSaved = Static<typeof DraftSaved>
export type PickUp = Static<typeof PickUp>
export type PickUpState = Static<typeof PickUpState>
export type PickUpCode = Static<typeof PickUpCode>
