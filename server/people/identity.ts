/** 实名核验: a name and an ID number, checked with the state's identity service, once. */
import type { Me } from '../../core/contract/session'
import { Refused } from '../../core/refusal'
import { judge, normalise } from '../../core/values'
import type { Citizen } from '../actor'
import { record } from '../audit/store'
import { personIndex, sealText } from '../crypto'
import type { Db, Tx } from '../db/pool'
import { isCode } from '../files'
import { takeOver } from '../mandates/principals'
import type { Platform } from '../platform'
import { countTry } from '../session/attempts'
import { meOf, openPerson } from './service'
import { verifyPerson } from './store'

const WINDOW_MS = 60 * 60_000
const MOST_TRIES = 5

interface Identity {
  name: string
  idNumber: string
}

/**
 * @throws {Refused} IDENTITY_MISMATCH; TOO_MANY_REQUESTS after 5 tries in an hour; NOT_ALLOWED with
 * `reason` if this account is verified as somebody else, or the ID number has another account;
 * OUTSIDE_DOWN
 */
export async function checkIdentity(
  platform: Platform,
  { citizen, given }: { citizen: Citizen; given: Identity },
): Promise<Me> {
  const { db } = platform
  const now = platform.now()
  const identity = {
    name: normalise('name', given.name),
    idNumber: normalise('idNumber', given.idNumber),
  }
  const { verified } = await openPerson(db.db, platform, citizen.id)
  if (verified) return verifiedBefore(db.db, platform, { citizen, identity })
  await countTry(db, { key: `identity:${citizen.id}`, most: MOST_TRIES, withinMs: WINDOW_MS, now })
  if (!(await matches(platform, identity))) {
    await record(db.db, { ...checked(platform, citizen), result: 'IDENTITY_MISMATCH' })
    throw new Refused('IDENTITY_MISMATCH')
  }
  return db.inTx((tx) => keep(tx, platform, { citizen, identity }))
}

async function verifiedBefore(
  db: Db,
  platform: Platform,
  { citizen, identity }: { citizen: Citizen; identity: Identity },
): Promise<Me> {
  const { name, idNumber } = await openPerson(db, platform, citizen.id)
  const same = name === identity.name && idNumber === identity.idNumber
  if (!same) throw new Refused('NOT_ALLOWED', { reason: 'verified-as-another' })
  await record(db, checked(platform, citizen))
  return meOf(db, platform, citizen.id)
}

async function matches({ outside }: Platform, { name, idNumber }: Identity): Promise<boolean> {
  const wrong = judge({ type: 'name' }, name) ?? judge({ type: 'idNumber' }, idNumber)
  return !wrong && (await outside.identity.check({ name, idNumber })).match
}

async function keep(
  tx: Tx,
  platform: Platform,
  { citizen, identity }: { citizen: Citizen; identity: Identity },
): Promise<Me> {
  const place = (column: string) => ({ table: 'people', column, rowId: citizen.id })
  const idIndex = personIndex(platform, identity.idNumber)
  if (!(await takeOver(tx, platform, { idIndex, personId: citizen.id }))) {
    throw new Refused('NOT_ALLOWED', { reason: 'verified-on-another-account' })
  }
  try {
    const kept = await verifyPerson(tx, {
      id: citizen.id,
      idIndex,
      idSealed: sealText(platform.keys, place('id_sealed'), identity.idNumber),
      nameSealed: sealText(platform.keys, place('name_sealed'), identity.name),
      at: platform.now(),
    })
    // Another check of this account was faster.
    if (!kept) return await verifiedBefore(tx, platform, { citizen, identity })
  } catch (error) {
    if (!isCode(error, '23505')) throw error
    throw new Refused('NOT_ALLOWED', { reason: 'verified-on-another-account' })
  }
  await record(tx, checked(platform, citizen))
  return meOf(tx, platform, citizen.id)
}

function checked(platform: Platform, citizen: Citizen) {
  return {
    at: platform.now(), by: citizen, personId: citizen.id, what: '实名核验',
    object: `person:${citizen.id}`, why: '本人操作',
  }
}
