/**
 * 委托: its life.
 *
 *   proved by a certificate ──▶ live ──▶ ended by its day, or revoked by either side
 *   offered ──code taken──────▶ live        └── a lapsed or revoked code opens nothing
 *
 * Both sides have agreed before it is live; both are told when it begins and when it is revoked.
 */
import { shanghaiDate } from '../../core/clock'
import type { AddProved, Mandates, MandateView, Provable } from '../../core/contract/mandate'
import { MANDATE_TEXT, needsGuardianConsent } from '../../core/mandate'
import { Refused } from '../../core/refusal'
import { mask } from '../../core/values'
import type { Citizen } from '../actor'
import { look } from '../audit/look'
import { record } from '../audit/store'
import { personIndex } from '../crypto'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { principalOf } from './principals'
import { type Proved, provedFor } from './proof'
import {
  type MandateRow, actedBy, findBond, findMandate, givenBy, heldBy, insertMandate, openIdsOf,
  holdersOf, revoke, unreadOf,
} from './store'
import { BEGUN, REVOKED, tellBoth } from './tell'
import { maskedNames, viewOf } from './view'

const todayOf = ({ now }: Platform) => shanghaiDate(now().toISOString())

/** Whom somebody acts for, and who acts for them or for those they stand for. */
export async function listMandates(platform: Platform, citizen: Citizen): Promise<Mandates> {
  const { db } = platform.db
  const { id: reader } = citizen
  await look(platform, {
    by: citizen, personId: reader, what: '查看委托', object: `person:${reader}`,
  })
  const mine = await actedBy(db, reader)
  const held = await heldBy(db, { agentId: reader, today: todayOf(platform) })
  const wards = [...new Set(held.map(({ principal_id }) => principal_id))]
  const given = await givenBy(db, { principalIds: [reader, ...wards], not: reader })
  const all = [...mine, ...given]
  const names = await maskedNames(db, platform, all.flatMap((row) =>
    [row.principal_id, row.agent_id]))
  const unread = await unreadOf(db, wards)
  const live = new Set(held.map(({ id }) => id))
  return {
    mine: mine.map((row) => viewOf(platform, {
      row, reader, names, unread: live.has(row.id) ? unread.get(row.principal_id) : 0,
    })),
    given: given.map((row) => viewOf(platform, { row, reader, names })),
  }
}

/** @throws {Refused} IDENTITY_REQUIRED, OUTSIDE_DOWN */
export async function provable(platform: Platform, citizen: Citizen): Promise<Provable> {
  const found = await provedFor(platform, citizen, '添加孩子或企业')
  const today = todayOf(platform)
  const held = await heldBy(platform.db.db, { agentId: citizen.id, today })
  const indexes = found.map(({ idNumber }) => personIndex(platform, idNumber))
  const rows = indexes.length > 0 ? await platform.db.db.selectFrom('people')
    .select(['id', 'id_index']).where('id_index', 'in', indexes).execute() : []
  const isAdded = ({ idNumber, kind }: Proved) => {
    const index = personIndex(platform, idNumber)
    const principal = rows.find(({ id_index }) => id_index?.equals(index))?.id
    return held.some((row) => row.kind === kind && row.principal_id === principal)
  }
  return {
    children: found.flatMap((one) => (one.kind === 'child' && one.bornOn !== undefined ? [{
      certificateId: one.certificateId, name: mask('name', one.name), bornOn: one.bornOn,
      until: one.until, proof: one.proof, under14: needsGuardianConsent(one.bornOn, today),
      added: isAdded(one),
    }] : [])),
    companies: found.flatMap((one) => (one.kind === 'company' ? [{
      certificateId: one.certificateId, name: one.name, until: one.until, proof: one.proof,
      added: isAdded(one),
    }] : [])),
  }
}

/**
 * A guardian adds a child, a legal representative a company; adding twice is one bond.
 * @throws {Refused} MANDATE_UNPROVED; REASON_REQUIRED without a guardian's consent (PIPL §31);
 * IDENTITY_REQUIRED, OUTSIDE_DOWN
 */
export async function addProved(
  platform: Platform,
  { citizen, given }: { citizen: Citizen; given: AddProved },
): Promise<MandateView> {
  const { kind, certificateId, consent } = given
  if (kind === 'child' && !consent.guardian) throw new Refused('REASON_REQUIRED')
  const all = await provedFor(platform, citizen, kind === 'child' ? '添加孩子' : '添加企业')
  const proved = all.find((one) => one.kind === kind && one.certificateId === certificateId)
  if (!proved) throw new Refused('MANDATE_UNPROVED')
  const { db } = platform
  const row = await db.inTx((tx) => bind(tx, platform, { citizen, proved }))
  const names = await maskedNames(db.db, platform, [row.principal_id, row.agent_id])
  return viewOf(platform, { row, reader: citizen.id, names })
}

async function bind(
  tx: Tx,
  platform: Platform,
  { citizen, proved }: { citizen: Citizen; proved: Proved },
): Promise<MandateRow> {
  const { kind, proof, until } = proved
  const principalId = await principalOf(tx, platform, proved)
  // Locked: two taps at once are one bond.
  await tx.selectFrom('people').select('id').where('id', '=', principalId).forUpdate().execute()
  const today = todayOf(platform)
  const at = platform.now()
  const there = await findBond(tx, { agentId: citizen.id, principalId, kind, today })
  if (there) return there
  const row = await insertMandate(tx, {
    id: platform.newId(), principal_id: principalId, agent_id: citizen.id, made_by: citizen.id,
    kind, topics: null, acts: 'file', starts_on: today, ends_on: until, via_id: null, proof,
    code_hash: null, code_until: null, made_at: at, made_text: MANDATE_TEXT, agreed_at: at,
    agreed_text: MANDATE_TEXT, guardian_at: kind === 'child' ? at : null, revoked_by: null,
  })
  await record(tx, {
    at, by: citizen, personId: principalId, object: `mandate:${row.id}`,
    what: kind === 'child' ? '添加为可以代办的孩子' : '添加为可以代办的企业', why: `凭“${proof}”`,
  })
  await tellBoth(tx, platform, { rows: [row], told: BEGUN })
  return row
}

/**
 * Who may end a mandate: the agent, the principal, and of what was entrusted by code whoever stands
 * for the principal. One guardian does not end the other's bond.
 * @throws {Refused} NOT_FOUND
 */
export async function sidesOf(platform: Platform, id: string): Promise<string[]> {
  const { db } = platform.db
  const row = await findMandate(db, id)
  if (!row) throw new Refused('NOT_FOUND')
  const { agent_id, principal_id: principalId, made_by, proof } = row
  const holders = proof === null
    ? await holdersOf(db, { principalId, today: todayOf(platform) }) : []
  return [agent_id, principalId, made_by, ...holders].flatMap((one) => one ?? [])
}

/** Ends a mandate at once; the caller has made sure that it is one of its sides. */
export async function revokeMandate(
  platform: Platform,
  { citizen, id }: { citizen: Citizen; id: string },
): Promise<Mandates> {
  await platform.db.inTx((tx) =>
    endMandates(tx, platform, { ids: [id], by: citizen, why: '本人操作' }))
  return listMandates(platform, citizen)
}

async function endMandates(
  tx: Tx,
  platform: Platform,
  { ids, by, why }: { ids: readonly string[]; by: Citizen; why: string },
): Promise<void> {
  const at = platform.now()
  const ended = await revoke(tx, { ids, at, by: by.id })
  for (const row of ended) {
    await record(tx, {
      at, by, personId: row.principal_id, what: '结束委托', object: `mandate:${row.id}`, why,
    })
  }
  await tellBoth(tx, platform, { rows: ended, told: REVOKED })
}

/** Closing an account ends what it gave and what it was given; the rows stay as evidence. */
export async function endMandatesOf(tx: Tx, platform: Platform, citizen: Citizen): Promise<void> {
  const ids = await openIdsOf(tx, citizen.id)
  await endMandates(tx, platform, { ids, by: citizen, why: '注销账户' })
}
