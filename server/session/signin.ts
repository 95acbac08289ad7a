/** The ways a citizen signs in (S1–S3, S7): a code by SMS, or WeChat. */
import { randomInt } from 'node:crypto'
import type { DeviceKind } from '../../core/contract/me'
import type { OtpReply, Session, SignIn } from '../../core/contract/session'
import { Refused } from '../../core/refusal'
import { record } from '../audit/store'
import { blindIndex, sameSecret, token } from '../crypto'
import { phoneIndexOf, personByPhone, personByWechat } from '../people/service'
import type { Platform } from '../platform'
import { countTry } from './attempts'
import { openCitizenSession } from './service'
import { queueSms } from './sms'
import { insertOtp, takeOtpTry, useOtp } from './store'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const CODE_LIVES_MS = 5 * MINUTE_MS
const RESEND_MS = MINUTE_MS
const MOST_TRIES = 5
const MOST_SENDS_A_DAY = 10
/** Many citizens share an address of their mobile network; the general limit is far above this. */
const MOST_SENDS_AN_ADDRESS = 60
const MOST_SIGN_INS_AN_ADDRESS = 60
const ADDRESS_WINDOW_MS = 10 * MINUTE_MS

/**
 * Sends a code to a phone.
 * @param use  what it is good for, said in the message; absent: signing in
 * @throws {Refused} TOO_MANY_REQUESTS
 */
export async function requestOtp(
  platform: Platform,
  { phone, address, use }: { phone: string; address: string; use?: string },
): Promise<OtpReply> {
  const { db } = platform
  const now = platform.now()
  const phoneIndex = phoneIndexOf(platform, phone)
  const named = phoneIndex.toString('hex')
  const perAddress = { key: `otp-ip:${address}`, most: MOST_SENDS_AN_ADDRESS, now }
  await countTry(db, { ...perAddress, withinMs: ADDRESS_WINDOW_MS })
  await countTry(db, { key: `otp-wait:${named}`, most: 1, withinMs: RESEND_MS, now })
  await countTry(db, { key: `otp-day:${named}`, most: MOST_SENDS_A_DAY, withinMs: DAY_MS, now })
  const code = randomInt(1_000_000).toString().padStart(6, '0')
  const challenge = token()
  const expiresAt = new Date(now.getTime() + CODE_LIVES_MS)
  const codeHash = codeHashOf(platform, { challenge, phone, otp: code })
  await db.inTx(async (tx) => {
    await insertOtp(tx, { challenge, phoneIndex, codeHash, createdAt: now, expiresAt })
    const purpose = use ? `用于${use}，` : ''
    const text = `验证码 ${code}，${purpose}5 分钟内有效。如非本人操作，请忽略，切勿告诉他人。`
    await queueSms(tx, platform, { key: challenge, phone, text, until: expiresAt })
  })
  return { challenge, resendAfter: RESEND_MS / 1000, expiresIn: CODE_LIVES_MS / 1000 }
}

/**
 * Signs a citizen in; whoever is new gets an account.
 * @throws {Refused} WRONG_CODE, TOO_MANY_REQUESTS, OUTSIDE_DOWN
 */
export async function signIn(
  platform: Platform,
  { given, address, device }: { given: SignIn; address: string; device: DeviceKind },
): Promise<Session> {
  await countTry(platform.db, {
    key: `sign-in-ip:${address}`, most: MOST_SIGN_INS_AN_ADDRESS, withinMs: ADDRESS_WINDOW_MS,
    now: platform.now(),
  })
  return given.kind === 'sms'
    ? signInBySms(platform, given, device)
    : signInByWechat(platform, given.code, device)
}

/** A code as it was typed, and what it belongs to. */
export interface GivenOtp {
  phone: string
  challenge: string
  otp: string
}

/**
 * Whether a code is right, at the price of one of its tries; `useOtp` then makes it count.
 * @throws {Refused} WRONG_CODE
 */
export async function checkOtp(platform: Platform, given: GivenOtp): Promise<void> {
  const { challenge, phone } = given
  const now = platform.now()
  const phoneIndex = phoneIndexOf(platform, phone)
  const wanted = await takeOtpTry(platform.db.db, {
    challenge, phoneIndex, mostTries: MOST_TRIES, now,
  })
  if (!wanted || !sameSecret(wanted, codeHashOf(platform, given))) throw new Refused('WRONG_CODE')
}

async function signInBySms(
  platform: Platform,
  given: Extract<SignIn, { kind: 'sms' }>,
  device: DeviceKind,
): Promise<Session> {
  const { challenge, phone } = given
  const now = platform.now()
  await checkOtp(platform, given)
  return platform.db.inTx(async (tx) => {
    if (!(await useOtp(tx, challenge, now))) throw new Refused('WRONG_CODE')
    const personId = await personByPhone(tx, platform, phone)
    await record(tx, { ...signedIn(personId), at: now, why: '短信验证码登录' })
    // The code is as fresh as one asked for a single act.
    return openCitizenSession(tx, platform, personId, { device, confirmedAt: now })
  })
}

async function signInByWechat(
  platform: Platform,
  code: string,
  device: DeviceKind,
): Promise<Session> {
  const openId = await platform.outside.wechat.openIdOf(code)
  return platform.db.inTx(async (tx) => {
    const personId = await personByWechat(tx, platform, openId)
    await record(tx, { ...signedIn(personId), at: platform.now(), why: '微信登录' })
    return openCitizenSession(tx, platform, personId, { device })
  })
}

function signedIn(personId: string) {
  const by = { kind: 'citizen', id: personId, verified: false } as const
  return { by, personId, what: '登录', object: 'session' }
}

/** Bound to phone and challenge, keyed: a leaked table does not give codes away (S1). */
function codeHashOf(
  { config }: Platform,
  { challenge, phone, otp }: GivenOtp,
): Buffer {
  return blindIndex(config.keys.index, 'otp', `${challenge}\0${phone}\0${otp}`)
}
