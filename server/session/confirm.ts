/**
 * A fresh proof of who acts, before acts that cannot be undone or give everything away (S9): a code
 * to the account's own phone. It holds for five minutes, in the session that proved it.
 */
import type { Confirm, Confirmed } from '../../core/contract/me'
import type { OtpReply } from '../../core/contract/session'
import { Refused } from '../../core/refusal'
import type { Citizen } from '../actor'
import { record } from '../audit/store'
import type { Db, Tx } from '../db/pool'
import { openPerson, personOfWechat } from '../people/service'
import type { Platform } from '../platform'
import { checkOtp, requestOtp } from './signin'
import { useOtp } from './store'

const FRESH_MS = 5 * 60_000

interface Mine {
  citizen: Citizen
  sessionHash: Buffer
}

/** Sends the code. @throws {Refused} NOT_ALLOWED with `reason` where the account has no phone */
export async function requestConfirm(
  platform: Platform,
  { citizen, address }: { citizen: Citizen; address: string },
): Promise<OtpReply> {
  const { phone } = await openPerson(platform.db.db, platform, citizen.id)
  if (!phone) throw new Refused('NOT_ALLOWED', { reason: 'no-phone' })
  const reply = await requestOtp(platform, { phone, address, use: '确认本人操作' })
  await record(platform.db.db, { ...logged(platform, citizen), what: '请求确认本人操作' })
  return reply
}

/** @throws {Refused} WRONG_CODE; NOT_ALLOWED for WeChat where there is a phone; OUTSIDE_DOWN */
export async function confirmMe(
  platform: Platform,
  { citizen, sessionHash, given }: Mine & { given: Confirm },
): Promise<Confirmed> {
  const proof = given.kind === 'sms'
    ? await bySms(platform, citizen, given)
    : await byWechat(platform, citizen, given.code)
  const at = platform.now()
  return platform.db.inTx(async (tx) => {
    await proof(tx)
    await tx.updateTable('sessions').set({ confirmed_at: at })
      .where('token_hash', '=', sessionHash).execute()
    await record(tx, { ...logged(platform, citizen), what: '确认本人操作' })
    return { confirmedUntil: new Date(at.getTime() + FRESH_MS).toISOString() }
  })
}

/** Till when the session needs no new proof; null if it does. */
export async function confirmedUntil(
  db: Db,
  { now }: Platform,
  sessionHash: Buffer,
): Promise<Date | null> {
  const row = await db.selectFrom('sessions').where('token_hash', '=', sessionHash)
    .select('confirmed_at').executeTakeFirst()
  const until = row?.confirmed_at && new Date(row.confirmed_at.getTime() + FRESH_MS)
  return until && until > now() ? until : null
}

/** @throws {Refused} CONFIRM_REQUIRED */
export async function mustConfirmed(
  db: Db,
  platform: Platform,
  sessionHash: Buffer,
): Promise<void> {
  if (!(await confirmedUntil(db, platform, sessionHash))) throw new Refused('CONFIRM_REQUIRED')
}

async function bySms(
  platform: Platform,
  citizen: Citizen,
  { otp, challenge }: Extract<Confirm, { kind: 'sms' }>,
): Promise<(tx: Tx) => Promise<void>> {
  const { phone } = await openPerson(platform.db.db, platform, citizen.id)
  if (!phone) throw new Refused('WRONG_CODE')
  await checkOtp(platform, { phone, otp, challenge })
  return async (tx) => {
    if (!(await useOtp(tx, challenge, platform.now()))) throw new Refused('WRONG_CODE')
  }
}

/** Where the account has no phone, who holds its WeChat is as near as one gets. */
async function byWechat(
  platform: Platform,
  citizen: Citizen,
  code: string,
): Promise<(tx: Tx) => Promise<void>> {
  const { phone } = await openPerson(platform.db.db, platform, citizen.id)
  if (phone) throw new Refused('NOT_ALLOWED', { reason: 'has-phone' })
  const openId = await platform.outside.wechat.openIdOf(code)
  const holder = await personOfWechat(platform.db.db, platform, openId)
  if (holder !== citizen.id) throw new Refused('WRONG_CODE')
  return async () => undefined
}

function logged(platform: Platform, citizen: Citizen) {
  const why = '本人操作'
  return { at: platform.now(), by: citizen, personId: citizen.id, object: 'session', why }
}
