/** Who is behind a token, and the life of a session (S10, S11). Every session is made here (S7). */
import type { Session, StaffSession } from '../../core/contract/session'
import { Refused } from '../../core/refusal'
import { IDLE_MINUTES } from '../../core/session-life'
import type { Actor } from '../actor'
import { record } from '../audit/store'
import { token, tokenHash } from '../crypto'
import type { Db } from '../db/pool'
import { draftKeyOf } from '../people/draft-key'
import { meOf } from '../people/service'
import type { Platform } from '../platform'
import {
  deleteSession, findSession, findSessionTogether, insertSession, type SessionFacts, touchSession,
} from './store'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
export const IDLE_MS = { citizen: IDLE_MINUTES * MINUTE_MS, staff: 15 * MINUTE_MS }
const ABSOLUTE_MS = { citizen: 12 * HOUR_MS, staff: 8 * HOUR_MS, counter: 2 * HOUR_MS }
const SEEN_EVERY_MS = MINUTE_MS

export interface SignedIn {
  actor: Actor
  sessionHash: Buffer
}

/** @throws {Refused} NOT_SIGNED_IN for a token that is unknown, idle for too long or too old */
export async function actorOf({ db, now }: Platform, given: string): Promise<SignedIn> {
  const sessionHash = tokenHash(given)
  const session = await db.repeatable(() => findSessionTogether(db, sessionHash))
  const at = now()
  const idleMs = session?.staff ? IDLE_MS.staff : IDLE_MS.citizen
  const idleSince = session ? at.getTime() - session.seenAt.getTime() : Infinity
  if (!session || idleSince > idleMs || session.expiresAt <= at) throw new Refused('NOT_SIGNED_IN')
  if (idleSince >= SEEN_EVERY_MS) await touchSession(db.db, sessionHash, at)
  const { personId: id, verifiedAt, staff, counter } = session
  if (id) {
    const citizen: Actor = { kind: 'citizen', id, verified: verifiedAt !== null }
    return { actor: counter ? { ...citizen, counter } : citizen, sessionHash }
  }
  if (!staff) throw new Refused('NOT_SIGNED_IN')
  const { role, ...member } = staff
  return { actor: { kind: role, ...member }, sessionHash }
}

/** A new session of a citizen, in the sign-in's transaction. */
export async function openCitizenSession(
  db: Db,
  platform: Platform,
  personId: string,
  facts: Partial<SessionFacts> = {},
): Promise<Session> {
  const at = platform.now()
  const expiresAt = new Date(at.getTime() + ABSOLUTE_MS.citizen)
  return issue(db, platform, { ...facts, personId, createdAt: at, expiresAt })
}

/** A new session of a clerk, in the sign-in's transaction. */
export async function openStaffSession(
  db: Db,
  { now }: Platform,
  staff: StaffSession['staff'],
): Promise<StaffSession> {
  const at = now()
  const expiresAt = new Date(at.getTime() + ABSOLUTE_MS.staff)
  const secret = token()
  await insertSession(db, {
    tokenHash: tokenHash(secret), staffId: staff.id, createdAt: at, seenAt: at, expiresAt,
  })
  return { token: secret, expiresAt: expiresAt.toISOString(), staff }
}

export const counterSessionEnd = (openedAt: Date) =>
  new Date(openedAt.getTime() + ABSOLUTE_MS.counter)

/**
 * A session a clerk opens for a citizen at the window; one opened before for the same is dead.
 * @param openedAt  from then on it lasts two hours, however often it is opened again
 */
export async function openCounterSession(
  db: Db,
  { now }: Platform,
  { counterId, personId, openedAt }: { counterId: string; personId: string; openedAt: Date },
): Promise<{ token: string; expiresAt: string }> {
  const at = now()
  const expiresAt = counterSessionEnd(openedAt)
  const secret = token()
  await endCounterSession(db, counterId)
  await insertSession(db, {
    tokenHash: tokenHash(secret), personId, counterId, createdAt: at, seenAt: at, expiresAt,
  })
  return { token: secret, expiresAt: expiresAt.toISOString() }
}

/** Its token is dead at the next call. */
export async function endCounterSession(db: Db, counterId: string): Promise<void> {
  await db.deleteFrom('sessions').where('counter_id', '=', counterId).execute()
}

/** A fresh token for a session; the old one is dead. The absolute end stays where it was (S11). */
export async function renew(platform: Platform, sessionHash: Buffer): Promise<Session> {
  return platform.db.inTx(async (tx) => {
    const session = await findSession(tx, sessionHash)
    if (!session?.personId || !(await deleteSession(tx, sessionHash))) {
      throw new Refused('NOT_SIGNED_IN')
    }
    const { personId, createdAt, expiresAt, id, device, confirmedAt } = session
    await record(tx, {
      at: platform.now(), by: { kind: 'citizen', id: personId, verified: false }, personId,
      what: '继续登录', object: 'session', why: '本人操作',
    })
    const facts = { id, device, confirmedAt }
    return issue(tx, platform, { personId, createdAt, expiresAt, ...facts })
  })
}

/** The token is dead at the next request (S10). */
export async function signOut(platform: Platform, { actor, sessionHash }: SignedIn): Promise<void> {
  await platform.db.inTx(async (tx) => {
    await deleteSession(tx, sessionHash)
    const personId = actor.kind === 'citizen' ? actor.id : null
    await record(tx, {
      at: platform.now(), by: actor, personId, what: '退出登录', object: 'session', why: '本人操作',
    })
  })
}

async function issue(
  db: Db,
  platform: Platform,
  session: { personId: string; createdAt: Date; expiresAt: Date } & Partial<SessionFacts>,
): Promise<Session> {
  const secret = token()
  await insertSession(db, { ...session, tokenHash: tokenHash(secret), seenAt: platform.now() })
  return {
    token: secret,
    expiresAt: session.expiresAt.toISOString(),
    draftKey: draftKeyOf(platform, session.personId),
    me: await meOf(db, platform, session.personId),
  }
}
