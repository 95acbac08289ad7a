import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../db/pool'
import type { DB } from '../db/schema'

export type MandateRow = Selectable<DB['mandates']>
export type NewMandate = Insertable<DB['mandates']>

interface Live {
  agentId: string
  /** calendar day in Asia/Shanghai */
  today: string
}

/**
 * Mandates in force on a day: agreed, not revoked, within their term; also what one hangs on; and
 * neither side has closed the account.
 */
function inForce(db: Db, today: string) {
  return db.selectFrom('mandates as m')
    .innerJoin('people as p', 'p.id', 'm.principal_id')
    .leftJoin('mandates as v', 'v.id', 'm.via_id')
    .where('m.agent_id', 'is not', null).where('m.revoked_at', 'is', null)
    .where('m.starts_on', '<=', today).where('m.ends_on', '>=', today)
    .where('p.closed_at', 'is', null)
    .where((eb) => eb.or([
      eb('m.via_id', 'is', null),
      eb.and([eb('v.revoked_at', 'is', null), eb('v.ends_on', '>=', today)]),
    ]))
}

export async function liveMandate(db: Db, q: Live & { id: string }) {
  const row = await inForce(db, q.today).where('m.id', '=', q.id)
    .where('m.agent_id', '=', q.agentId).selectAll('m').select('p.verified_at')
    .executeTakeFirst()
  return row && { ...row, verified: row.verified_at !== null }
}

/** Those of an agent who stand for ones without an account: a guardian, a representative. */
export function heldBy(db: Db, { agentId, today }: Live) {
  return inForce(db, today).where('m.agent_id', '=', agentId)
    .where('m.kind', 'in', ['child', 'company']).selectAll('m').execute()
}

/** Who is told in place of somebody without an account. */
export async function holdersOf(
  db: Db,
  { principalId, today }: { principalId: string; today: string },
): Promise<string[]> {
  const rows = await inForce(db, today).where('m.principal_id', '=', principalId)
    .where('m.kind', 'in', ['child', 'company']).select('m.agent_id').distinct().execute()
  return rows.flatMap(({ agent_id }) => agent_id ?? [])
}

const LISTED = 200

/** Where somebody acts, newest first. Index: mandates_agent. */
export function actedBy(db: Db, agentId: string): Promise<MandateRow[]> {
  return db.selectFrom('mandates').selectAll().where('agent_id', '=', agentId)
    .orderBy('made_at', 'desc').orderBy('id').limit(LISTED).execute()
}

/** Where somebody else acts for any of these, newest first. Index: mandates_principal. */
export function givenBy(
  db: Db,
  { principalIds, not }: { principalIds: readonly string[]; not: string },
): Promise<MandateRow[]> {
  return db.selectFrom('mandates').selectAll().where('principal_id', 'in', principalIds)
    .where((eb) => eb.or([eb('agent_id', 'is', null), eb('agent_id', '<>', not)]))
    .orderBy('made_at', 'desc').orderBy('id').limit(LISTED).execute()
}

export async function insertMandate(tx: Tx, row: NewMandate): Promise<MandateRow> {
  return tx.insertInto('mandates').values(row).returningAll().executeTakeFirstOrThrow()
}

export function findMandate(db: Db, id: string): Promise<MandateRow | undefined> {
  return db.selectFrom('mandates').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Locked until the transaction ends, so that a code is taken once. */
export function lockMandate(tx: Tx, id: string): Promise<MandateRow | undefined> {
  return tx.selectFrom('mandates').selectAll().where('id', '=', id).forUpdate()
    .executeTakeFirst()
}

export function findByCode(db: Db, codeHash: Buffer): Promise<MandateRow | undefined> {
  return db.selectFrom('mandates').selectAll().where('code_hash', '=', codeHash)
    .executeTakeFirst()
}

/** Whether this guardian or representative is bound already, so that adding twice is one bond. */
export function findBond(
  db: Db,
  q: Live & { principalId: string; kind: 'child' | 'company' },
) {
  return inForce(db, q.today).where('m.agent_id', '=', q.agentId)
    .where('m.principal_id', '=', q.principalId).where('m.kind', '=', q.kind)
    .selectAll('m').executeTakeFirst()
}

export async function agree(
  tx: Tx,
  { id, agentId, at, text }: { id: string; agentId: string; at: Date; text: number },
): Promise<MandateRow> {
  return tx.updateTable('mandates')
    .set({
      agent_id: agentId, agreed_at: at, agreed_text: text, code_hash: null, code_until: null,
    })
    .where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

/** Ends them, and what hangs on them. Answers those that were not over before. */
export async function revoke(
  tx: Tx,
  { ids, at, by }: { ids: readonly string[]; at: Date; by: string | null },
): Promise<MandateRow[]> {
  if (ids.length === 0) return []
  return tx.updateTable('mandates')
    .set({ revoked_at: at, revoked_by: by, code_hash: null, code_until: null })
    .where((eb) => eb.or([eb('id', 'in', ids), eb('via_id', 'in', ids)]))
    .where('revoked_at', 'is', null).returningAll().execute()
}

/** Every mandate of somebody that is not revoked, on either side. */
export async function openIdsOf(db: Db, personId: string): Promise<string[]> {
  const rows = await db.selectFrom('mandates').select('id').where('revoked_at', 'is', null)
    .where((eb) => eb.or([
      eb('principal_id', '=', personId), eb('agent_id', '=', personId),
      eb('made_by', '=', personId),
    ])).execute()
  return rows.map(({ id }) => id)
}

/** Unread messages of ones without an account, by principal. */
export async function unreadOf(
  db: Db,
  principalIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (principalIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; n: number }>`
    select person_id as id, count(*)::int as n from messages
     where person_id = any(${principalIds}::uuid[]) and read_at is null
     group by person_id`.execute(db)
  return new Map(rows.map(({ id, n }) => [id, n]))
}
