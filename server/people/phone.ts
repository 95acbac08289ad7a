/** A new phone number: a code to the new one, and either a code to the old one or the identity. */
import type { Static } from '@sinclair/typebox'
import type { PhoneChange } from '../../core/contract/me'
import type { Me } from '../../core/contract/session'
import { Refused } from '../../core/refusal'
import { normalise } from '../../core/values'
import type { Citizen } from '../actor'
import { record } from '../audit/store'
import { sealText } from '../crypto'
import { isCode } from '../files'
import type { Platform } from '../platform'
import { countTry } from '../session/attempts'
import { mustConfirmed } from '../session/confirm'
import { endSessions } from '../session/devices'
import { checkOtp } from '../session/signin'
import { queueSms } from '../session/sms'
import { useOtp } from '../session/store'
import { meOf, openPerson, phoneIndexOf } from './service'
import { setPhone } from './store'

const WINDOW_MS = 60 * 60_000
const MOST_TRIES = 5

interface Change {
  citizen: Citizen
  sessionHash: Buffer
  given: Static<typeof PhoneChange>
}

/**
 * All other devices are signed out, and the old number is told.
 * @throws {Refused} CONFIRM_REQUIRED without a fresh code to the old phone or the identity;
 * IDENTITY_MISMATCH, TOO_MANY_REQUESTS; WRONG_CODE; PHONE_TAKEN
 */
export async function changePhone(
  platform: Platform,
  { citizen, sessionHash, given }: Change,
): Promise<Me> {
  const before = await openPerson(platform.db.db, platform, citizen.id)
  if (given.identity) await matchIdentity(platform, { citizen, identity: given.identity })
  else await mustConfirmed(platform.db.db, platform, sessionHash)
  await checkOtp(platform, given)
  const { phone, challenge } = given
  const at = platform.now()
  const place = { table: 'people', column: 'phone_sealed', rowId: citizen.id }
  try {
    return await platform.db.inTx(async (tx) => {
      if (!(await useOtp(tx, challenge, at))) throw new Refused('WRONG_CODE')
      await setPhone(tx, {
        id: citizen.id, phoneIndex: phoneIndexOf(platform, phone),
        phoneSealed: sealText(platform.keys, place, phone),
      })
      await endSessions(tx, { personId: citizen.id, except: sessionHash })
      await record(tx, {
        at, by: citizen, personId: citizen.id, what: '更换手机号', object: `person:${citizen.id}`,
        why: '本人操作',
      })
      if (before.phone) {
        const text = '您的一件事账户已更换手机号。如非本人操作，请马上拨打 12345。'
        await queueSms(tx, platform, { key: platform.newId(), phone: before.phone, text })
      }
      return meOf(tx, platform, citizen.id)
    })
  } catch (error) {
    if (!isCode(error, '23505')) throw error
    throw new Refused('PHONE_TAKEN')
  }
}

/** Against what the state's identity service said when this account was verified. */
async function matchIdentity(
  platform: Platform,
  { citizen, identity }: { citizen: Citizen; identity: { name: string; idNumber: string } },
): Promise<void> {
  const key = `phone-identity:${citizen.id}`
  await countTry(platform.db, { key, most: MOST_TRIES, withinMs: WINDOW_MS, now: platform.now() })
  const { verified, name, idNumber } = await openPerson(platform.db.db, platform, citizen.id)
  const same = normalise('name', identity.name) === name
    && normalise('idNumber', identity.idNumber) === idNumber
  if (!verified || !same) throw new Refused('IDENTITY_MISMATCH')
}
