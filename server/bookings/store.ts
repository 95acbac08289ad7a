import { type Selectable, sql } from 'kysely'
import type { WindowKind } from '../../core/contract/hall'
import type { Db, Tx } from '../db/pool'
import type { Bookings } from '../db/schema-after'

export type BookingRow = Selectable<Bookings>

interface SlotOf {
  hallId: string
  kind: WindowKind
  day: string
  time: string
}

const MOST_SHOWN = 30

/** One person's bookings are made one after the other. */
export async function holdPerson(tx: Tx, personId: string): Promise<void> {
  await tx.selectFrom('people').select('id').where('id', '=', personId).forUpdate().execute()
}

/** Places of one slot are given out one after the other, whoever asks of whichever server. */
export async function holdSlot(tx: Tx, { hallId, kind, day, time }: SlotOf): Promise<void> {
  const name = `booking ${hallId} ${kind} ${day} ${time}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx)
}

/** Index: bookings_seat. */
export async function takenSeats(tx: Tx, { hallId, kind, day, time }: SlotOf): Promise<number[]> {
  const rows = await tx.selectFrom('bookings').select('seat')
    .where('hall_id', '=', hallId).where('window_kind', '=', kind)
    .where('day', '=', day).where('time', '=', time).where('cancelled_at', 'is', null).execute()
  return rows.map(({ seat }) => seat)
}

/** Places taken by `dayTtime`. Index: bookings_seat. */
export async function takenBySlot(
  db: Db,
  q: { hallId: string; kind: WindowKind; from: string; until: string },
): Promise<Map<string, number>> {
  const rows = await db.selectFrom('bookings')
    .where('hall_id', '=', q.hallId).where('window_kind', '=', q.kind)
    .where('day', '>=', q.from).where('day', '<=', q.until).where('cancelled_at', 'is', null)
    .groupBy(['day', 'time'])
    .select((eb) => ['day', 'time', eb.fn.countAll<number>().as('count')]).execute()
  return new Map(rows.map(({ day, time, count }) => [`${day}T${time}`, count]))
}

/** Index: bookings_one_a_day. */
export async function isBookedOn(
  tx: Tx,
  { personId, hallId, day }: { personId: string; hallId: string; day: string },
): Promise<boolean> {
  const row = await tx.selectFrom('bookings').select('id').where('person_id', '=', personId)
    .where('hall_id', '=', hallId).where('day', '=', day).where('cancelled_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

export async function addBooking(tx: Tx, row: BookingRow): Promise<void> {
  await tx.insertInto('bookings').values(row).execute()
}

export function findBooking(db: Db, id: string, lock = false): Promise<BookingRow | undefined> {
  const query = db.selectFrom('bookings').selectAll().where('id', '=', id)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export interface RequestOf {
  personId: string
  requestId: string
}

export function bookingMadeBy(
  db: Db,
  { personId, requestId }: RequestOf,
): Promise<BookingRow | undefined> {
  return db.selectFrom('bookings').selectAll().where('person_id', '=', personId)
    .where('request_id', '=', requestId).executeTakeFirst()
}

export async function cancel(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('bookings').set({ cancelled_at: at }).where('id', '=', id).execute()
}

/** Latest day first. Index: bookings_person. */
export function bookingsOf(db: Db, personId: string): Promise<BookingRow[]> {
  return db.selectFrom('bookings').selectAll().where('person_id', '=', personId)
    .orderBy('day', 'desc').orderBy('time', 'desc').orderBy('id').limit(MOST_SHOWN).execute()
}
