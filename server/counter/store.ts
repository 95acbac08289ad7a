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

/** The one this request of a clerk opened. */
export function openedBy(
  db: Db,
  { staffId, requestId }: { staffId: string; requestId: string },
): Promise<CounterRow> {
  return db.selectFrom('counters').selectAll()
    .where('staff_id', '=', staffId).where('request_id', '=', requestId).executeTakeFirstOrThrow()
}

/** The clerk's own, keyed: nobody enters for themselves. */
export async function staffIndexOf(db: Db, staffId: string): Promise<Buffer | null> {
  const row = await db.selectFrom('staff').select('id_index').where('id', '=', staffId)
    .executeTakeFirst()
  return row?.id_index ?? null
}
