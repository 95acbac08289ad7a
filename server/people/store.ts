import type { Selectable } from 'kysely'
import type { Db } from '../db/pool'
import type { People } from '../db/schema'

export type PersonRow = Selectable<People>

export async function findPerson(db: Db, id: string): Promise<PersonRow | undefined> {
  return db.selectFrom('people').where('id', '=', id).selectAll().executeTakeFirst()
}

export async function insertPerson(
  db: Db,
  row: {
    id: string
    phoneIndex?: Buffer
    phoneSealed?: Buffer
    wechatIndex?: Buffer
    createdAt: Date
  },
): Promise<void> {
  await db
    .insertInto('people')
    .values({
      id: row.id,
      phone_index: row.phoneIndex ?? null,
      phone_sealed: row.phoneSealed ?? null,
      wechat_index: row.wechatIndex ?? null,
      created_at: row.createdAt,
    })
    // Two first sign-ins at once: both then find the one that was first.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function findPersonBy(
  db: Db,
  q: { column: 'phone_index' | 'wechat_index' | 'id_index'; index: Buffer },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('people')
    .where(q.column, '=', q.index)
    .select('id')
    .executeTakeFirst()
  return row?.id
}

export async function changePerson(
  db: Db,
  { id, region, elder }: { id: string; region?: string; elder?: boolean },
): Promise<void> {
  await db
    .updateTable('people')
    .set((eb) => ({
      region_code: region ?? eb.ref('region_code'),
      elder: elder ?? eb.ref('elder'),
    }))
    .where('id', '=', id)
    .execute()
}

/** False if this person was verified meanwhile. @throws on an ID number of another person: 23505 */
export async function verifyPerson(
  db: Db,
  row: { id: string; idIndex: Buffer; idSealed: Buffer; nameSealed: Buffer; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('people')
    .set({
      id_index: row.idIndex,
      id_sealed: row.idSealed,
      name_sealed: row.nameSealed,
      verified_at: row.at,
    })
    .where('id', '=', row.id)
    .where('verified_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** @throws on a phone of another account: 23505 */
export async function setPhone(
  db: Db,
  { id, phoneIndex, phoneSealed }: { id: string; phoneIndex: Buffer; phoneSealed: Buffer },
): Promise<void> {
  await db.updateTable('people')
    .set({ phone_index: phoneIndex, phone_sealed: phoneSealed }).where('id', '=', id).execute()
}
