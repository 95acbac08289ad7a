/** 预约取号: a place in a half hour at the windows of a hall. */
import { addDays, shanghaiDate } from '../../core/clock'
import {
  type Slot, capacityOf, hasBegun, isBookable, slotEnd, slotsOn, ticketNumber,
} from '../../core/booking'
import type { Booking, BookingBody, Bookings, Slots } from '../../core/contract/booking'
import type { Hall, WindowKind } from '../../core/contract/hall'
import { Refused } from '../../core/refusal'
import type { Citizen } from '../actor'
import { record } from '../audit/store'
import { isFirst } from '../cases/request'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import {
  type BookingRow, type RequestOf, addBooking, bookingMadeBy, bookingsOf, cancel, findBooking,
  holdPerson, holdSlot, isBookedOn, takenBySlot, takenSeats,
} from './store'

/** How many days the answer to one question covers. */
const DAYS_A_PAGE = 15

/** @throws {Refused} NOT_FOUND */
function hallOf({ catalogue }: Platform, id: string): Hall {
  const hall = catalogue.local.flatMap(({ halls }) => halls).find((one) => one.id === id)
  if (!hall) throw new Refused('NOT_FOUND')
  return hall
}

/** The slots of a kind of window that can be booked now, with the places left in each. */
export async function slotsOf(
  platform: Platform,
  { hall: hallId, kind, from }: { hall: string; kind: WindowKind; from: string | undefined },
): Promise<Slots> {
  const { booking: rules, calendar } = platform.catalogue
  const hall = hallOf(platform, hallId)
  const capacity = capacityOf(hall, kind, rules)
  const nowIso = platform.now().toISOString()
  const today = shanghaiDate(nowIso)
  const first = from && from > today ? from : today
  const span = Math.min(rules.daysAhead + 1, DAYS_A_PAGE)
  const until = addDays(first, span - 1)
  const taken = await takenBySlot(platform.db.db, { hallId, kind, from: first, until })
  const days = Array.from({ length: capacity > 0 ? span : 0 }, (_, n) => addDays(first, n))
    .map((day) => ({
      day,
      slots: slotsOn(hall.hours, day, { calendar, minutes: rules.slotMinutes })
        .filter((time) => isBookable(hall, { day, time }, { nowIso, calendar, rules }))
        .map((time) => ({
          time, left: Math.max(0, capacity - (taken.get(`${day}T${time}`) ?? 0)),
        })),
    }))
  return {
    hallId, kind, minutes: rules.slotMinutes, days: days.filter(({ slots }) => slots.length > 0),
  }
}

/**
 * Books a place; the same request id is the same booking.
 * @throws {Refused} IDENTITY_REQUIRED, NOT_FOUND, SLOT_GONE, SLOT_FULL, ALREADY_BOOKED
 */
export async function makeBooking(
  platform: Platform,
  { by, body }: { by: Citizen; body: BookingBody },
): Promise<Booking> {
  if (!by.verified) throw new Refused('IDENTITY_REQUIRED')
  const { requestId, windowKind: kind, hallId, topicId } = body
  const hall = hallOf(platform, hallId)
  const [day = '', time = ''] = body.slot.split('T')
  if (topicId && !titleOf(platform, topicId)) throw new Refused('NOT_FOUND')
  return platform.db.inTx(async (tx) => {
    if (!await isFirst(tx, platform, { by, requestId, request: { book: body } })) {
      return toBooking(platform, await mustFind(tx, { personId: by.id, requestId }))
    }
    const capacity = openPlaces(platform, { hall, kind, slot: { day, time } })
    // Always in this order: a person's bookings, then those of a slot, one after the other.
    await holdPerson(tx, by.id)
    if (await isBookedOn(tx, { personId: by.id, hallId, day })) throw new Refused('ALREADY_BOOKED')
    const slot = { hallId, kind, day, time }
    await holdSlot(tx, slot)
    const taken = new Set(await takenSeats(tx, slot))
    const seat = Array.from({ length: capacity }, (_, n) => n + 1).find((one) => !taken.has(one))
    if (seat === undefined) throw new Refused('SLOT_FULL')
    const [id, at] = [platform.newId(), platform.now()]
    const row: BookingRow = {
      id, person_id: by.id, request_id: requestId, hall_id: hallId, window_kind: kind, day, time,
      seat, topic_id: topicId ?? null, created_at: at, cancelled_at: null,
      // Who books for today or tomorrow need not be reminded of it.
      reminded_at: day <= addDays(shanghaiDate(at.toISOString()), 1) ? at : null,
    }
    await addBooking(tx, row)
    await record(tx, {
      at, by, personId: by.id, what: '预约取号', object: `booking:${id}`, why: '本人操作',
    })
    return toBooking(platform, row)
  })
}

/** @throws {Refused} SLOT_GONE */
function openPlaces(
  { catalogue: { booking: rules, calendar }, now }: Platform,
  { hall, kind, slot }: { hall: Hall; kind: WindowKind; slot: Slot },
): number {
  const capacity = capacityOf(hall, kind, rules)
  const nowIso = now().toISOString()
  if (capacity === 0 || !isBookable(hall, slot, { nowIso, calendar, rules })) {
    throw new Refused('SLOT_GONE')
  }
  return capacity
}

async function mustFind(tx: Tx, made: RequestOf): Promise<BookingRow> {
  const row = await bookingMadeBy(tx, made)
  if (!row) throw new Refused('NOT_FOUND')
  return row
}

/** Until it begins; a second time changes nothing. @throws {Refused} NOT_FOUND, SLOT_GONE */
export async function cancelBooking(
  platform: Platform,
  { id, by }: { id: string; by: Citizen },
): Promise<Booking> {
  return platform.db.inTx(async (tx) => {
    const row = await findBooking(tx, id, true)
    if (!row) throw new Refused('NOT_FOUND')
    if (row.cancelled_at) return toBooking(platform, row)
    const at = platform.now()
    if (hasBegun(row, at.toISOString())) throw new Refused('SLOT_GONE')
    await cancel(tx, id, at)
    await record(tx, {
      at, by, personId: row.person_id, what: '取消预约', object: `booking:${id}`, why: '本人操作',
    })
    return toBooking(platform, { ...row, cancelled_at: at })
  })
}

/** What a person has booked, the next first, then what is over. */
export async function myBookings(platform: Platform, personId: string): Promise<Bookings> {
  const rows = await bookingsOf(platform.db.db, personId)
  const bookings = rows.map((row) => toBooking(platform, row))
  const open = bookings.filter(({ state }) => state === 'open').reverse()
  return { bookings: [...open, ...bookings.filter(({ state }) => state !== 'open')] }
}

const titleOf = ({ catalogue }: Platform, topicId: string) =>
  catalogue.topics.find(({ id }) => id === topicId)?.title

function toBooking(platform: Platform, row: BookingRow): Booking {
  const { catalogue, now } = platform
  // A hall may have closed for good since.
  const hall = catalogue.local.flatMap(({ halls }) => halls).find(({ id }) => id === row.hall_id)
  const begun = hasBegun(row, now().toISOString())
  return {
    id: row.id,
    number: ticketNumber(row.window_kind, row.time, row.seat),
    hallId: row.hall_id,
    hallName: hall?.name ?? '',
    address: hall?.address ?? '',
    sample: hall?.sample ?? false,
    windowKind: row.window_kind,
    day: row.day,
    from: row.time,
    to: slotEnd(row.time, catalogue.booking.slotMinutes),
    topicId: row.topic_id,
    topicTitle: row.topic_id ? titleOf(platform, row.topic_id) ?? null : null,
    state: row.cancelled_at ? 'cancelled' : begun ? 'over' : 'open',
    madeAt: row.created_at.toISOString(),
  }
}
