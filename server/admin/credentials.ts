/** What an account is handed over with: good for one sign-in, and shown once. */
import { randomInt } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { generateSecret } from 'otplib'
import type { Credentials } from '../../core/contract/admin'
import { sealText } from '../crypto'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { totpPlace } from '../session/staff'
import { type AccountRow, saveAccount } from './account-store'

/** Time to hand it over; whoever does not use it comes again. */
const PASSWORD_ONCE_MS = 72 * 3_600_000
/** Without look-alikes: it is read from a screen and typed. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const PASSWORD_LENGTH = 16
const ISSUER = '一件事工作台'

export function newCredentials(login: string): Credentials {
  const password = Array.from({ length: PASSWORD_LENGTH }, () =>
    LETTERS[randomInt(LETTERS.length)]).join('')
  const totpSecret = generateSecret()
  const label = encodeURIComponent(`${ISSUER}:${login}`)
  const issuer = encodeURIComponent(ISSUER)
  return {
    password, totpSecret, totpUri: `otpauth://totp/${label}?secret=${totpSecret}&issuer=${issuer}`,
  }
}

export const onceUntil = ({ now }: Platform) => new Date(now().getTime() + PASSWORD_ONCE_MS)

/** In place of those an account has. The caller ends its sessions. */
export async function renewCredentials(
  tx: Tx,
  platform: Platform,
  { id, login }: AccountRow,
): Promise<Credentials> {
  const credentials = newCredentials(login)
  await saveAccount(tx, id, {
    password_hash: await hash(credentials.password),
    totp_sealed: sealText(platform.keys, totpPlace(id), credentials.totpSecret),
    totp_last: '0',
    password_once_until: onceUntil(platform),
  })
  return credentials
}
