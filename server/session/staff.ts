/** Sign-in of staff: password and one-time code in one call, so no half-session exists (S4). */
import { hash, verify } from '@node-rs/argon2'
import { verifySync } from 'otplib'
import type { Duty } from '../../core/duty'
import type { StaffRole, StaffSession, StaffSignIn } from '../../core/contract/session'
import { Refused } from '../../core/refusal'
import { record } from '../audit/store'
import { openText, personIndex, sealText } from '../crypto'
import type { Db, Tx } from '../db/pool'
import type { Platform } from '../platform'
import { countTry, forgetTries } from './attempts'
import { weakness } from './password'
import { openStaffSession } from './service'
import { endStaffSessions, findStaffByLogin, takeTotpStep } from './store'

const WINDOW_MS = 15 * 60_000
const MOST_TRIES = 5
const MOST_TRIES_AN_ADDRESS = 60
export const TOTP_STEP_S = 30
/** Of no account: an unknown login takes as long as a wrong password. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA' +
  '$FbaOVAu/EzLaWhF1lB+0LX7qkHpoD8mLD0sT9MlxFgU'

export interface NewStaff {
  login: string
  name: string
  role: StaffRole
  /** of department staff; null for all others */
  department: string | null
  region: string
  /** absent: every duty of the role */
  duties?: readonly Duty[]
  /** the password is good for one sign-in until then; absent: for good */
  passwordOnceUntil?: Date
  /** who they are: nobody handles their own case or their family's */
  idNumber?: string
  password: string
  /** base32 */
  totpSecret: string
}

/** Makes an account, or answers the existing one of this login unchanged. */
export async function addStaff(platform: Platform, given: NewStaff): Promise<string> {
  const { db } = platform.db
  const there = await db
    .selectFrom('staff')
    .where('login', '=', given.login)
    .select('id')
    .executeTakeFirst()
  return there?.id ?? insertStaff(db, platform, given)
}

/** @throws {RangeError} for a weak password (S5), saying why without quoting it */
export async function insertStaff(db: Db, platform: Platform, given: NewStaff): Promise<string> {
  const weak = weakness(given.password, given.login)
  if (weak) throw new RangeError(`the password of ${given.login} is weak: ${weak}`)
  const id = platform.newId()
  await db
    .insertInto('staff')
    .values({
      id,
      login: given.login,
      name: given.name,
      role: given.role,
      department_id: given.department,
      region_code: given.region,
      password_hash: await hash(given.password),
      totp_sealed: sealText(platform.keys, totpPlace(id), given.totpSecret),
      created_at: platform.now(),
      duties: given.duties ? [...given.duties] : null,
      id_index: given.idNumber ? personIndex(platform, given.idNumber) : null,
      password_once_until: given.passwordOnceUntil ?? null,
    })
    .execute()
  return id
}

/**
 * @throws {Refused} WRONG_PASSWORD, the same for an unknown login, a wrong password and a wrong or
 * used code; TOO_MANY_REQUESTS, counted by login and address so that nobody locks another out (S3);
 * NEW_PASSWORD for a password that is good for one sign-in, which sets another; WEAK_PASSWORD (S5)
 */
export async function staffSignIn(
  platform: Platform,
  given: StaffSignIn & { address: string },
): Promise<StaffSession> {
  const { db } = platform
  const now = platform.now()
  const { login, address } = given
  const own = `staff:${login}\t${address}`
  const window = { withinMs: WINDOW_MS, now }
  await countTry(db, { ...window, key: `staff-ip:${address}`, most: MOST_TRIES_AN_ADDRESS })
  await countTry(db, { ...window, key: own, most: MOST_TRIES })
  const staff = await findStaffByLogin(db.db, login)
  const rightPassword = await verify(staff?.password_hash ?? NOBODYS_HASH, given.password)
  const secret = staff && openText(platform.keys, totpPlace(staff.id), staff.totp_sealed)
  const step = secret && totpStep(secret, given.totp, now)
  if (!staff || !rightPassword || !step) throw new Refused('WRONG_PASSWORD')
  const chosen = await chosenPassword({ staff, given, now })
  const session = await db.inTx(async (tx) => {
    if (!(await takeTotpStep(tx, { staffId: staff.id, step }))) throw new Refused('WRONG_PASSWORD')
    await noteSignIn(tx, { staff, at: now, chosen })
    const member = {
      id: staff.id, name: staff.name, role: staff.role,
      department: staff.department_id, region: staff.region_code, duties: staff.duties,
    }
    const { role: kind, ...actor } = member
    await record(tx, {
      at: now, by: { kind, ...actor }, personId: null,
      what: chosen ? '登录并修改密码' : '登录', object: 'session', why: '工作人员登录',
    })
    return openStaffSession(tx, platform, member)
  })
  await forgetTries(db, own)
  return session
}

type StaffRow = NonNullable<Awaited<ReturnType<typeof findStaffByLogin>>>

/** The hash of the password somebody chose with this sign-in; undefined: they keep theirs. */
async function chosenPassword(
  { staff, given: { password, newPassword }, now }: {
    staff: StaffRow
    given: StaffSignIn
    now: Date
  },
): Promise<string | undefined> {
  const until = staff.password_once_until
  if (until && until <= now) throw new Refused('WRONG_PASSWORD')
  if (newPassword === undefined) {
    if (until) throw new Refused('NEW_PASSWORD')
    return undefined
  }
  if (newPassword === password || weakness(newPassword, staff.login)) {
    throw new Refused('WEAK_PASSWORD')
  }
  return hash(newPassword)
}

/** A new password ends the sessions made with the old one. */
async function noteSignIn(
  tx: Tx,
  { staff: { id }, at, chosen }: { staff: StaffRow; at: Date; chosen: string | undefined },
): Promise<void> {
  const password = chosen ? { password_hash: chosen, password_once_until: null } : {}
  await tx.updateTable('staff').set({ signed_in_at: at, ...password }).where('id', '=', id)
    .execute()
  if (chosen) await endStaffSessions(tx, id)
}

/** The time step a code belongs to, one step of clock drift allowed; undefined if it is wrong. */
function totpStep(secret: string, code: string, now: Date): number | undefined {
  const epoch = Math.floor(now.getTime() / 1000)
  const found = verifySync({ secret, token: code, epoch, epochTolerance: TOTP_STEP_S })
  return found.valid ? Math.floor(epoch / TOTP_STEP_S) + found.delta : undefined
}

/** Where the secret of an account's authenticator lies. */
export function totpPlace(staffId: string) {
  return { table: 'staff', column: 'totp_sealed', rowId: staffId }
}
