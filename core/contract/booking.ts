/** 预约取号. */
import { type Static, Type } from '@sinclair/typebox'
import { WINDOW_KINDS } from './hall'
import { Day, Id, Instant, Nullable, OneOf, RequestId, Sentence, Slug, closed } from './wire'

const Time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'Beijing time' })
const count = (maximum: number) => Type.Integer({ minimum: 0, maximum })

/** catalogue/booking.yaml */
export const BookingSource = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    status: Type.Union([Type.Literal('draft'), Type.Literal('confirmed')]),
    source: Sentence,
    checkedOn: Day,
    slotMinutes: Type.Integer({ minimum: 5, maximum: 240 }),
    daysAhead: count(60),
    leadMinutes: count(1440),
    perSlot: Type.Object(
      { service: count(50), inquiry: count(50), agent: count(50), unresolved: count(50) },
      closed,
    ),
    remindFrom: Time,
  },
  closed,
)

export const SlotsQuery = Type.Object(
  {
    hall: Slug,
    kind: OneOf(WINDOW_KINDS),
    from: Type.Optional(Day),
  },
  closed,
)

export const Slots = Type.Object(
  {
    hallId: Slug,
    kind: OneOf(WINDOW_KINDS),
    minutes: Type.Integer(),
    days: Type.Array(
      Type.Object(
        {
          day: Day,
          slots: Type.Array(Type.Object({ time: Time, left: Type.Integer() }, closed)),
        },
        closed,
      ),
      { description: 'only days with slots' },
    ),
  },
  closed,
)

export const BookingBody = Type.Object(
  {
    requestId: RequestId,
    hallId: Slug,
    windowKind: OneOf(WINDOW_KINDS),
    slot: Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}T([01]\\d|2[0-3]):[0-5]\\d$', description: 'Beijing time',
    }),
    topicId: Type.Optional(Slug),
  },
  closed,
)

export const Booking = Type.Object(
  {
    id: Id,
    number: Type.String({ description: 'typed or scanned at the ticket machine' }),
    hallId: Slug,
    hallName: Type.String(),
    address: Type.String(),
    sample: Type.Boolean(),
    windowKind: OneOf(WINDOW_KINDS),
    day: Day,
    from: Time,
    to: Time,
    topicId: Nullable(Slug),
    topicTitle: Nullable(Type.String()),
    state: OneOf(['open', 'over', 'cancelled'] as const),
    madeAt: Instant,
  },
  closed,
)
export const Bookings = Type.Object({ bookings: Type.Array(Booking) }, closed)

export type BookingSource = Static<typeof BookingSource>
export type Slots = Static<typeof Slots>
export type BookingBody = Static<typeof BookingBody>
export type Booking = Static<typeof Booking>
export type Bookings = Static<typeof Bookings>
