/** Pieces shared by every noun's request and reply schemas. */
import { type TSchema, Type } from '@sinclair/typebox'
import { REFUSALS, type RefusalCode } from '../refusal'

export const closed = { additionalProperties: false } as const

export const Id = Type.String({ format: 'uuid' })
export const Instant = Type.String({ format: 'date-time', description: 'ISO 8601 with offset' })
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Asia/Shanghai' })
export const Slug = Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' })
/** `role.element`, or `role.row.element` of a list. */
export const FieldKey = Type.String({
  pattern: '^[a-z][A-Za-z0-9-]*(\\.[1-9]\\d{0,2})?\\.[a-z][A-Za-z0-9-]*$',
})
export const RegionCode = Type.String({ pattern: '^\\d{6}$' })
export const Sentence = Type.String({ minLength: 1, maxLength: 500 })
/** A key made by the client before it sends: a retry carries the same one. */
export const RequestId = Type.String({ format: 'uuid', description: 'client-made' })

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const OneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))))

export const Values = Type.Record(FieldKey, Type.String({ maxLength: 1000 }), {
  ...closed, maxProperties: 3000,
})
export const Answers = Type.Record(Slug, Type.String({ maxLength: 200 }), {
  ...closed, maxProperties: 100,
})

export const Problems = Type.Array(
  Type.Object({ field: Type.String(), code: Type.String(), text: Type.String() }, closed),
)

export const Refusal = Type.Object(
  {
    code: OneOf(Object.keys(REFUSALS) as RefusalCode[]), // keys of a const object
    detail: Type.Record(Type.String(), Type.Unknown()),
  },
  { ...closed, $id: 'Refusal' },
)

export const Ok = Type.Object({ ok: Type.Literal(true) }, closed)
