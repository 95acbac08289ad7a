/**
 * 政务服务大厅: where one can go, when it is open, which windows it has.
 *
 * 三级十二同 (任务17): a county states only what is its own, namely address, phone, hours and window;
 * everything else of an item is the prefecture's, so the shapes here have no place for it.
 */
import { type Static, Type } from '@sinclair/typebox'
import { RegionCode, Slug, closed } from './wire'

const words = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const Time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'Beijing time' })
const Span = Type.Array(Time, {
  minItems: 2, maxItems: 2, description: 'opens, closes; the closing minute is already closed',
})
const MonthDay = Type.String({ pattern: '^(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })
const Weekday = Type.Integer({
  minimum: 1, maximum: 5, description: '1 Monday to 5 Friday; weekends are the work calendar\'s',
})
const Season = Type.Object(
  { from: MonthDay, spans: Type.Array(Span, { minItems: 1, maxItems: 4 }) },
  closed,
)

/** Whether the spans make sense is for hoursFaults of core/hours.ts. */
export const HallHoursSchema = Type.Object(
  {
    summer: Season,
    winter: Season,
    closed: Type.Optional(
      Type.Array(Weekday, {
        maxItems: 4, uniqueItems: true, description: 'rests though other offices work',
      }),
    ),
    evenings: Type.Optional(
      Type.Array(Type.Object({ weekday: Weekday, span: Span }, closed), {
        description: '错时延时服务, on working days only',
      }),
    ),
  },
  closed,
)

/** 办事, 咨询, 帮办代办, “办不成事”反映 (任务7). */
export const WINDOW_KINDS = ['service', 'inquiry', 'agent', 'unresolved'] as const

const WindowSchema = Type.Object(
  {
    no: Type.String({ pattern: '^[0-9A-Z][0-9A-Z-]{0,5}$' }),
    kind: Type.Union(WINDOW_KINDS.map((kind) => Type.Literal(kind))),
    floor: Type.Optional(words(10)),
    perSlot: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 50, description: 'people booked into one slot' }),
    ),
  },
  closed,
)

const sample = Type.Boolean({ description: 'invented, for demonstration' })

export const HallSchema = Type.Object(
  {
    id: Slug,
    name: words(50),
    address: words(100),
    phone: words(20),
    /** GCJ-02, as Chinese maps and WeChat draw it; degrees */
    at: Type.Optional(Type.Object(
      {
        latitude: Type.Number({ minimum: 3, maximum: 54 }),
        longitude: Type.Number({ minimum: 73, maximum: 136 }),
      },
      closed,
    )),
    hours: HallHoursSchema,
    windows: Type.Array(WindowSchema, { minItems: 1, maxItems: 200 }),
    sample,
  },
  closed,
)

/** What a county may state of an item. `sample` tells of these data, it is not one of them. */
export const LocalFieldsSchema = Type.Object(
  {
    address: Type.Optional(words(100)),
    phone: Type.Optional(words(20)),
    hours: Type.Optional(HallHoursSchema),
    window: Type.Optional(
      Type.String({ minLength: 1, maxLength: 30, description: 'no. at the hall, or its name' }),
    ),
    sample,
  },
  { ...closed, minProperties: 2 },
)

/** catalogue/local/<code>.yaml */
export const LocalSource = Type.Object(
  {
    region: RegionCode,
    zone: Type.Optional(
      Type.Object(
        { id: Slug, name: words(30) },
        { ...closed, description: 'an authority without a code of its own, filed under `region`' },
      ),
    ),
    status: Type.Union([Type.Literal('draft'), Type.Literal('confirmed')]),
    source: words(200),
    checkedOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    halls: Type.Array(HallSchema, { minItems: 1 }),
    items: Type.Record(Slug, LocalFieldsSchema, { ...closed, description: 'by item id' }),
  },
  closed,
)

export type HallHours = Static<typeof HallHoursSchema>
export type Hall = Static<typeof HallSchema>
export type WindowKind = (typeof WINDOW_KINDS)[number]
export type LocalFields = Static<typeof LocalFieldsSchema>
export type LocalSource = Static<typeof LocalSource>
