import type { Insertable, Selectable } from 'kysely'
import type { Counters } from '../db/counter-tables'
import type { Db, Tx } from '../db/pool'

export type CounterRow = Selectable<Counters>
export type NewCounter = Insertable<Counters>

export function insertCounter(tx: Tx, row: NewCounter): Promise<CounterRow> {
  return tx.insertInto('counters').values(row).returningAll().executeTakeFirstOrThrow()
}

export function findCounter(db: Db, id: string): Promise<CounterRow | undefined> {
  return db.selectFrom('counters').selectAll().where('id', '=', id).executeTakeFirst()
}

/** It goes on on the citizen's phone. */
export async function markMoved(tx: Tx, { id, at }: { id: string; at: Date }): Promise<void> {
  await tx.updateTable('counters').set({ moved_at: at }).where('id', '=', id).execute()
}

/** The one this request of a clerk opened. */
export function openedBy(
  db: Db,
  { staffId, requestId }: { staffId: string; requestId: string },
): Promise<CounterRow | undefined> {
  return db.selectFrom('counters').selectAll()
    .where('staff_id', '=', staffId).where('request_id', '=', requestId).executeTakeFirst()
}

/** The clerk's own, keyed: nobody enters for themselves. */
export async function staffIndexOf(db: Db, staffId: string): Promise<Buffer | null> {
  const row = await db.selectFrom('staff').select('id_index').where('id', '=', staffId)
    .executeTakeFirst()
  return row?.id_index ?? null
}

const LISTED = 100

/** What a clerk opened to file, newest first, with the case it became. */
export function openedSince(db: Db, { staffId, since }: { staffId: string; since: Date }) {
  return db.selectFrom('counters as k').innerJoin('people as r', 'r.id', 'k.person_id')
    // The applicant may have taken the row over into an account of their own since.
    .innerJoin('people as p', (join) => join.on((eb) =>
      eb('p.id', '=', eb.fn.coalesce('r.merged_into', 'r.id'))))
    .leftJoin('cases as c', (join) => join.onRef('c.applicant_id', '=', 'p.id')
      .on((eb) => eb('c.request_id', '=', eb.fn.coalesce('k.draft_id', 'k.id'))))
    .where('k.staff_id', '=', staffId).where('k.purpose', '=', 'file')
    .where('k.opened_at', '>', since)
    .orderBy('k.opened_at', 'desc').orderBy('k.id', 'desc').limit(LISTED)
    .select([
      'k.id', 'k.opened_at', 'k.topic_id', 'p.id as person_id', 'k.queue_ticket', 'k.moved_at',
      'p.name_sealed', 'c.id as caseId', 'c.number',
    ]).execute()
}
