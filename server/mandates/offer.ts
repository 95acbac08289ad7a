/** By code: the principal says for what, how far and until when; whoever takes the code agrees. */
import { randomInt } from 'node:crypto'
import { shanghaiDate } from '../../core/clock'
import type { MandateView, Offer, Offered, OfferMandate } from '../../core/contract/mandate'
import { isPlainDate } from '../../core/day'
import {
  CODE_ALPHABET, CODE_LENGTH, CODE_LIVES_MS, MANDATE_TEXT, MOST_WRONG_CODES, codeOf, latestEnd,
  readMandateCode, termProblem,
} from '../../core/mandate'
import { Refused } from '../../core/refusal'
import type { Citizen } from '../actor'
import { look } from '../audit/look'
import { record } from '../audit/store'
import { blindIndex } from '../crypto'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { countTry, forgetTries } from '../session/attempts'
import { mustConfirmed } from '../session/confirm'
import { type MandateRow, agree, findByCode, heldBy, insertMandate, lockMandate } from './store'
import { BEGUN, tellBoth } from './tell'
import { maskedNames, stateOf, topicsOf, viewOf } from './view'

const HOUR_MS = 3600_000
const MOST_OFFERS_A_DAY = 20

const hashOf = ({ config }: Platform, code: string) =>
  blindIndex(config.keys.index, 'mandates.code', code)

/**
 * @throws {Refused} CONFIRM_REQUIRED (S9), IDENTITY_REQUIRED, MANDATE_TERM, MALFORMED for a topic
 * there is not, NOT_FOUND for a `via` one does not stand for, TOO_MANY_REQUESTS
 */
export async function offerMandate(
  platform: Platform,
  { citizen, sessionHash, given }: {
    citizen: Citizen
    sessionHash: Buffer
    given: OfferMandate
  },
): Promise<Offered> {
  const { db } = platform
  if (!citizen.verified) throw new Refused('IDENTITY_REQUIRED')
  await mustConfirmed(db.db, platform, sessionHash)
  refuseUnknownTopics(platform, given.topics)
  const now = platform.now()
  const today = shanghaiDate(now.toISOString())
  const via = given.via === undefined ? undefined
    : await mustHold(db.db, { citizen, id: given.via, today })
  const latest = [latestEnd(today), ...(via ? [via.ends_on] : [])].sort()[0] ?? today
  if (!isPlainDate(given.endsOn) || termProblem(given.endsOn, { today, latest })) {
    throw new Refused('MANDATE_TERM', { latest })
  }
  await countTry(db, {
    key: `mandate-offer:${citizen.id}`, most: MOST_OFFERS_A_DAY, withinMs: 24 * HOUR_MS, now,
  })
  const code = codeOf(Array.from({ length: CODE_LENGTH }, () => randomInt(CODE_ALPHABET.length)))
  const row = await db.inTx(async (tx) => {
    const made = await insertMandate(tx, {
      id: platform.newId(), principal_id: via?.principal_id ?? citizen.id, agent_id: null,
      made_by: citizen.id, kind: given.kind, topics: given.topics && [...given.topics],
      acts: given.acts, starts_on: today, ends_on: given.endsOn, via_id: via?.id ?? null,
      proof: null, code_hash: hashOf(platform, code),
      code_until: new Date(now.getTime() + CODE_LIVES_MS), made_at: now,
      made_text: MANDATE_TEXT, agreed_text: null, revoked_by: null,
    })
    await record(tx, {
      at: now, by: citizen, personId: made.principal_id, what: '委托别人代办',
      object: `mandate:${made.id}`, why: '本人操作',
    })
    return made
  })
  const names = await maskedNames(db.db, platform, [row.principal_id])
  return { mandate: viewOf(platform, { row, reader: citizen.id, names }), code }
}

function refuseUnknownTopics({ catalogue }: Platform, topics: readonly string[] | null): void {
  const unknown = topics?.find((id) => !catalogue.topics.some((topic) => topic.id === id))
  if (unknown !== undefined) throw new Refused('MALFORMED', { field: 'topics', problem: 'unknown' })
}

async function mustHold(
  db: Db,
  { citizen, id, today }: { citizen: Citizen; id: string; today: string },
): Promise<MandateRow> {
  const held = await heldBy(db, { agentId: citizen.id, today })
  const via = held.find((row) => row.id === id)
  if (!via) throw new Refused('NOT_FOUND')
  return via
}

/**
 * What a code asks and for whom, before anything is agreed.
 * @throws {Refused} MANDATE_CODE, whatever is wrong with it; TOO_MANY_REQUESTS after 5 wrong ones
 * in an hour; IDENTITY_REQUIRED
 */
export async function openCode(
  platform: Platform,
  { citizen, code }: { citizen: Citizen; code: string },
): Promise<Offer> {
  const row = await mustFind(platform, { citizen, code })
  const { db } = platform.db
  await look(platform, {
    by: citizen, personId: row.principal_id, what: '查看委托邀请', object: `mandate:${row.id}`,
    why: '凭代办码',
  })
  const names = await maskedNames(db, platform, [row.principal_id])
  return {
    id: row.id, kind: row.kind, topics: topicsOf(platform, row), acts: row.acts,
    startsOn: row.starts_on, endsOn: row.ends_on, principal: names.get(row.principal_id) ?? '',
    codeUntil: (row.code_until ?? row.made_at).toISOString(),
  }
}

/** The agent agrees; from now on it holds. Throws as `openCode`. */
export async function takeCode(
  platform: Platform,
  { citizen, code }: { citizen: Citizen; code: string },
): Promise<MandateView> {
  const { id } = await mustFind(platform, { citizen, code })
  const at = platform.now()
  const { db } = platform
  const row = await db.inTx(async (tx) => {
    const locked = await lockMandate(tx, id)
    // Another phone was faster, or it was revoked meanwhile.
    if (!locked || stateOf(platform, locked) !== 'offered' || locked.agent_id) {
      throw new Refused('MANDATE_CODE')
    }
    const agreed = await agree(tx, { id, agentId: citizen.id, at, text: MANDATE_TEXT })
    await record(tx, {
      at, by: citizen, personId: agreed.principal_id, what: '接受委托', object: `mandate:${id}`,
      why: '凭代办码',
    })
    await tellBoth(tx, platform, { rows: [agreed], told: BEGUN })
    return agreed
  })
  const names = await maskedNames(db.db, platform, [row.principal_id, row.agent_id])
  return viewOf(platform, { row, reader: citizen.id, names })
}

async function mustFind(
  platform: Platform,
  { citizen, code }: { citizen: Citizen; code: string },
): Promise<MandateRow> {
  if (!citizen.verified) throw new Refused('IDENTITY_REQUIRED')
  const key = `mandate:${citizen.id}`
  await countTry(platform.db, {
    key, most: MOST_WRONG_CODES, withinMs: HOUR_MS, now: platform.now(),
  })
  const plain = readMandateCode(code)
  const row = plain && await findByCode(platform.db.db, hashOf(platform, plain))
  if (!row || stateOf(platform, row) !== 'offered') throw new Refused('MANDATE_CODE')
  await forgetTries(platform.db, key)
  // One's own: nobody acts for themselves, nor for a ward in another's place.
  if ([row.principal_id, row.made_by].includes(citizen.id)) {
    throw new Refused('NOT_ALLOWED', { reason: 'own' })
  }
  return row
}
