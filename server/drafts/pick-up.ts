/**
 * 接办码: by it a clerk takes up, at the window, what a citizen began on the phone. The code is told
 * once and stored keyed; it opens one draft of the person whose ID card the clerk holds, once.
 */
import { randomInt } from 'node:crypto'
import type { PickUpCode, PickUpState } from '../../core/contract/draft'
import { MOST_WRONG_PICK_UPS, PICK_UP_DIGITS, PICK_UP_LIVES_MS } from '../../core/pick-up'
import { Refused } from '../../core/refusal'
import type { Citizen, StaffMember } from '../actor'
import { look } from '../audit/look'
import { record } from '../audit/store'
import { blindIndex, sameSecret } from '../crypto'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { countTry, forgetTries } from '../session/attempts'
import {
  countWrong, deletePickUp, findPickUp, lockPickUp, type PickUpRow, putPickUp,
} from './pick-up-store'
import { findDraft, lockDraft } from './store'

const HOUR_MS = 3_600_000
const MOST_A_DAY = 20

interface Whose {
  citizen: Citizen
  topicId: string
}

/** What a clerk types: for whom, for what. */
export interface PickingUp {
  personId: string
  topicId: string
  code: string
}

/**
 * A new code; an earlier one of this draft is dead.
 * @throws {Refused} IDENTITY_REQUIRED, NOT_FOUND while the draft is not on the server,
 * TOO_MANY_REQUESTS
 */
export async function makePickUp(platform: Platform, whose: Whose): Promise<PickUpCode> {
  const { citizen, topicId } = whose
  if (!citizen.verified) throw new Refused('IDENTITY_REQUIRED')
  const now = platform.now()
  const key = { personId: citizen.id, topicId }
  if (!(await findDraft(platform.db.db, { ...key, now }))) throw new Refused('NOT_FOUND')
  await countTry(platform.db, {
    key: `pick-up-code:${citizen.id}`, most: MOST_A_DAY, withinMs: 24 * HOUR_MS, now,
  })
  const code = String(randomInt(10 ** PICK_UP_DIGITS)).padStart(PICK_UP_DIGITS, '0')
  const expiresAt = new Date(now.getTime() + PICK_UP_LIVES_MS)
  await platform.db.inTx(async (tx) => {
    if (!(await lockDraft(tx, key))) throw new Refused('NOT_FOUND')
    const hash = hashOf(platform, { ...key, code })
    await putPickUp(tx, { ...key, hash, madeAt: now, expiresAt })
    await record(tx, { ...logged(platform, whose), what: '拿接办码' })
  })
  return { code, madeAt: now.toISOString(), expiresAt: expiresAt.toISOString() }
}

/** Whether one is out, and how long. @throws {Refused} NOT_FOUND without a draft on the server */
export async function readPickUp(platform: Platform, whose: Whose): Promise<PickUpState> {
  const { db: { db }, now } = platform
  const key = { personId: whose.citizen.id, topicId: whose.topicId }
  if (!(await findDraft(db, { ...key, now: now() }))) throw new Refused('NOT_FOUND')
  await look(platform, { ...logged(platform, whose), what: '查看接办码' })
  const row = await findPickUp(db, key)
  return {
    open: row && isOpen(row, now())
      ? { madeAt: row.made_at.toISOString(), expiresAt: row.expires_at.toISOString() }
      : null,
  }
}

/** Withdraws it; none is fine. */
export async function dropPickUp(platform: Platform, whose: Whose): Promise<void> {
  await platform.db.inTx(async (tx) => {
    await deletePickUp(tx, { personId: whose.citizen.id, topicId: whose.topicId })
    await record(tx, { ...logged(platform, whose), what: '撤回接办码' })
  })
}

/**
 * Looks a code over before anything is opened by it. Wrong ones count against the clerk and against
 * the code, also when nothing comes of the opening.
 * @param given  without a person where the ID number has no account
 * @throws {Refused} PICK_UP_CODE, whatever is wrong with it; TOO_MANY_REQUESTS after 5 wrong ones
 * of a clerk in an hour
 */
export async function checkPickUp(
  platform: Platform,
  by: StaffMember,
  { personId, ...given }: Omit<PickingUp, 'personId'> & { personId: string | undefined },
): Promise<void> {
  const { db, now } = platform
  const key = `pick-up:${by.id}`
  await countTry(db, { key, most: MOST_WRONG_PICK_UPS, withinMs: HOUR_MS, now: now() })
  const fits = personId !== undefined &&
    await db.inTx((tx) => fitsOrCounts(tx, platform, { personId, ...given }))
  if (!fits) {
    await record(db.db, {
      at: now(), by, personId: personId ?? null, what: '核对接办码', result: 'PICK_UP_CODE',
      object: `draft:${given.topicId}`, why: '窗口代办',
    })
    throw new Refused('PICK_UP_CODE', { field: 'pickUpCode' })
  }
  await forgetTries(db, key)
}

async function fitsOrCounts(tx: Tx, platform: Platform, given: PickingUp): Promise<boolean> {
  const row = await lockPickUp(tx, given)
  if (!row || !isOpen(row, platform.now())) return false
  if (sameSecret(row.code_hash, hashOf(platform, given))) return true
  await countWrong(tx, given)
  return false
}

/**
 * Uses the code up, in the transaction of what it opens.
 * @returns the request id of the draft it was for
 * @throws {Refused} PICK_UP_CODE if it was used or withdrawn meanwhile
 */
export async function takePickUp(tx: Tx, platform: Platform, given: PickingUp): Promise<string> {
  const now = platform.now()
  const row = await lockPickUp(tx, given)
  const draft = await findDraft(tx, { ...given, now })
  if (!row || !draft || !isOpen(row, now)
    || !sameSecret(row.code_hash, hashOf(platform, given))) {
    throw new Refused('PICK_UP_CODE', { field: 'pickUpCode' })
  }
  await deletePickUp(tx, given)
  return draft.requestId
}

const isOpen = ({ expires_at: end, wrong }: PickUpRow, now: Date) =>
  end > now && wrong < MOST_WRONG_PICK_UPS

function hashOf({ config }: Platform, { personId, topicId, code }: PickingUp): Buffer {
  return blindIndex(config.keys.index, 'pick_up_codes.code', `${personId}/${topicId}/${code}`)
}

function logged({ now }: Platform, { citizen, topicId }: Whose) {
  const why = '本人操作'
  return { at: now(), by: citizen, personId: citizen.id, object: `draft:${topicId}`, why }
}
