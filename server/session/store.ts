import type { StaffRole } from '../../core/contract/session'
import type { Duty } from '../../core/duty'
import type { Counter } from '../actor'
import { coalesce, perOwner } from '../db/coalesce'
import type { Database, Db, Statement, Tx } from '../db/pool'

export interface SessionRow {
  createdAt: Date
  seenAt: Date
  expiresAt: Date
  personId: string | null
  verifiedAt: Date | null
  staff: {
    id: string
    name: string
    role: StaffRole
    department: string | null
    region: string
    duties: Duty[] | null
  } | null
  /** opened at the window */
  counter?: Counter | null
}

/** What a session keeps when it gets a fresh token. */
export interface SessionFacts {
  id: string
  device: string
  /** last time a fresh code proved who acts (S9) */
  confirmedAt: Date | null
}

/** The session behind a token and who it is; a disabled clerk's is gone at once (S28). */
export async function findSession(
  db: Db,
  tokenHash: Buffer,
): Promise<(SessionRow & SessionFacts) | undefined> {
  const row = await db
    .selectFrom('sessions as t')
    .leftJoin('people as p', 'p.id', 't.person_id')
    .leftJoin('staff as s', 's.id', 't.staff_id')
    .where('t.token_hash', '=', tokenHash)
    .where('s.disabled_at', 'is', null)
    .select([
      't.created_at as createdAt', 't.seen_at as seenAt', 't.expires_at as expiresAt',
      't.person_id as personId', 'p.verified_at as verifiedAt', 's.id as staffId', 's.name',
      's.role', 's.department_id as department', 's.region_code as region', 't.id', 't.device',
      't.confirmed_at as confirmedAt', 's.duties',
    ])
    .executeTakeFirst()
  if (!row) return undefined
  const { staffId: id, name, role, department, region, duties, ...session } = row
  const known = id !== null && name !== null && role !== null && region !== null
  return { ...session, staff: known ? { id, name, role, department, region, duties } : null }
}

const SESSIONS: Statement = {
  name: 'sessions',
  text: `
select t.token_hash as "tokenHash", t.created_at as "createdAt", t.seen_at as "seenAt",
       t.expires_at as "expiresAt", t.person_id as "personId", p.verified_at as "verifiedAt",
       case when s.id is not null then jsonb_build_object('id', s.id, 'name', s.name,
         'role', s.role, 'department', s.department_id, 'region', s.region_code,
         'duties', s.duties) end as staff,
       case when k.id is not null then jsonb_build_object('id', k.id, 'purpose', k.purpose,
         'requestId', coalesce(k.draft_id, k.id), 'draftId', k.draft_id,
         'staffId', k.staff_id, 'staffName', clerk.name, 'topicId', k.topic_id,
         'regionCode', k.region_code, 'caseId', coalesce(k.case_id, c.id)) end as counter
  from sessions t
  left join people p on p.id = t.person_id
  left join staff s on s.id = t.staff_id
  left join counters k on k.id = t.counter_id
  left join staff clerk on clerk.id = k.staff_id
  left join cases c on c.applicant_id = t.person_id and c.request_id = coalesce(k.draft_id, k.id)
 where t.token_hash = any($1::bytea[]) and s.disabled_at is null and clerk.disabled_at is null`,
}

const finders = perOwner((database: Database) => coalesce({
  most: 50, atOnce: 1,
  run: async (hashes: readonly Buffer[]) => {
    const rows = await database.run<SessionRow & { tokenHash: Buffer }>(SESSIONS, [hashes])
    const byHash = new Map(rows.map(({ tokenHash, ...row }) => [tokenHash.toString('hex'), row]))
    return hashes.map((hash) => byHash.get(hash.toString('hex')))
  },
}))

/** `findSession` of a call's token, read after it was given, together with those of other calls. */
export function findSessionTogether(
  database: Database,
  tokenHash: Buffer,
): Promise<SessionRow | undefined> {
  return finders(database)(tokenHash)
}

export async function insertSession(
  db: Db,
  row: {
    tokenHash: Buffer
    personId?: string
    staffId?: string
    createdAt: Date
    seenAt: Date
    expiresAt: Date
    counterId?: string
  } & Partial<SessionFacts>,
): Promise<void> {
  await db
    .insertInto('sessions')
    .values({
      id: row.id,
      device: row.device,
      confirmed_at: row.confirmedAt ?? null,
      token_hash: row.tokenHash,
      person_id: row.personId ?? null,
      staff_id: row.staffId ?? null,
      created_at: row.createdAt,
      seen_at: row.seenAt,
      expires_at: row.expiresAt,
      counter_id: row.counterId ?? null,
    })
    .execute()
}

export async function touchSession(db: Db, tokenHash: Buffer, at: Date): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ seen_at: at })
    .where('token_hash', '=', tokenHash)
    .execute()
}

/** False if it was gone already. */
export async function deleteSession(db: Db, tokenHash: Buffer): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Signs a member of staff out everywhere, at the next call. */
export async function endStaffSessions(tx: Tx, staffId: string): Promise<void> {
  await tx.deleteFrom('sessions').where('staff_id', '=', staffId).execute()
}

export async function insertOtp(
  db: Db,
  row: {
    challenge: string
    phoneIndex: Buffer
    codeHash: Buffer
    createdAt: Date
    expiresAt: Date
  },
): Promise<void> {
  await db
    .insertInto('otps')
    .values({
      challenge: row.challenge,
      phone_index: row.phoneIndex,
      code_hash: row.codeHash,
      created_at: row.createdAt,
      expires_at: row.expiresAt,
    })
    .execute()
}

/**
 * Takes one of the tries of a code that still lives; committed before the code is compared, so
 * that parallel guesses cannot share a try.
 */
export async function takeOtpTry(
  db: Db,
  q: { challenge: string; phoneIndex: Buffer; mostTries: number; now: Date },
): Promise<Buffer | undefined> {
  const row = await db
    .updateTable('otps')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('challenge', '=', q.challenge)
    .where('phone_index', '=', q.phoneIndex)
    .where('used_at', 'is', null)
    .where('tries', '<', q.mostTries)
    .where('expires_at', '>', q.now)
    .returning('code_hash')
    .executeTakeFirst()
  return row?.code_hash
}

/** True for exactly one caller: a code counts once. */
export async function useOtp(db: Db, challenge: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('otps')
    .set({ used_at: at })
    .where('challenge', '=', challenge)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function findStaffByLogin(db: Db, login: string) {
  return db
    .selectFrom('staff')
    .where('login', '=', login)
    .where('disabled_at', 'is', null)
    .selectAll()
    .executeTakeFirst()
}

/** True if no sign-in has used this time step or a later one: a code counts once. */
export async function takeTotpStep(
  db: Db,
  q: { staffId: string; step: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('staff')
    .set({ totp_last: String(q.step) })
    .where('id', '=', q.staffId)
    .where('totp_last', '<', String(q.step))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
