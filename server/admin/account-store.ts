import { type Selectable, type Updateable, sql } from 'kysely'
import type { StaffRole } from '../../core/contract/session'
import type { Db, Tx } from '../db/pool'
import type { Staff } from '../db/schema'

export type AccountRow = Pick<Selectable<Staff>,
  'id' | 'login' | 'name' | 'role' | 'department_id' | 'region_code' | 'duties' | 'disabled_at' |
  'created_at' | 'password_once_until' | 'signed_in_at'>

const COLUMNS = [
  'id', 'login', 'name', 'role', 'department_id', 'region_code', 'duties', 'disabled_at',
  'created_at', 'password_once_until', 'signed_in_at',
] as const

/** One page by login. Indexes: the unique key, staff_logins. */
export function accountRows(
  db: Db,
  q: { role?: StaffRole; disabled?: boolean; after?: string; limit: number },
): Promise<AccountRow[]> {
  return db.selectFrom('staff').select(COLUMNS)
    .$if(q.role !== undefined, (some) => some.where('role', '=', q.role ?? 'window'))
    .$if(q.disabled !== undefined, (some) =>
      some.where('disabled_at', q.disabled ? 'is not' : 'is', null))
    .$if(q.after !== undefined, (some) => some.where('login', '>', q.after ?? ''))
    .orderBy('login').limit(q.limit).execute()
}

export function accountByLogin(db: Db, login: string): Promise<AccountRow | undefined> {
  return db.selectFrom('staff').select(COLUMNS).where('login', '=', login).executeTakeFirst()
}

export function accountById(db: Db, id: string): Promise<AccountRow | undefined> {
  return db.selectFrom('staff').select(COLUMNS).where('id', '=', id).executeTakeFirst()
}

/** Of two who make an account of this login at once, the second finds the first one's. */
export async function reserveLogin(tx: Tx, login: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`login:${login}`}, 0))`.execute(tx)
}

/** Nobody else changes it until the end of the transaction. */
export function lockAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  return tx.selectFrom('staff').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function saveAccount(tx: Tx, id: string, change: Updateable<Staff>): Promise<void> {
  await tx.updateTable('staff').set(change).where('id', '=', id).execute()
}
