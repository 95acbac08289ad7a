/** 我的信息: how much of each kind is held of a person, and erasing what needs no closing. */
import { CASE_ENDED } from '../../core/case'
import type { Erasable, Erased, MyHoldings } from '../../core/contract/me'
import type { HoldingKind } from '../../core/holdings'
import { Refused } from '../../core/refusal'
import type { Citizen } from '../actor'
import { look } from '../audit/look'
import { record } from '../audit/store'
import type { Db, Tx } from '../db/pool'
import { draftsOf } from '../drafts/service'
import { deleteDraftsOf } from '../drafts/store'
import { forgetMaterials, materialsOf } from '../materials/forget'
import type { Platform } from '../platform'
import { confirmedUntil } from '../session/confirm'
import { countsOf, openCaseRows, openTicketRows } from './holdings-store'
import { findPerson } from './store'

export async function readHoldings(
  platform: Platform,
  { citizen, sessionHash }: { citizen: Citizen; sessionHash: Buffer },
): Promise<MyHoldings> {
  const { db } = platform.db
  await look(platform, {
    by: citizen, personId: citizen.id, what: '查看持有的信息', object: `person:${citizen.id}`,
  })
  const person = await findPerson(db, citizen.id)
  if (!person) throw new Refused('NOT_FOUND')
  const [rows, materials, used, until] = await Promise.all([
    countsOf(db, citizen.id), materialsOf(db, platform, citizen.id),
    photosInDrafts(db, platform, citizen), confirmedUntil(db, platform, sessionHash),
  ])
  const counts: Record<HoldingKind, number> = {
    ...rows, account: 1, identity: person.verified_at ? 1 : 0, photos: materials.length,
  }
  return {
    counts,
    unusedPhotos: materials.filter(({ id, inCase }) => !inCase && !used.has(id)).length,
    openCases: await openCasesOf(db, platform, citizen.id),
    openTickets: await openTicketRows(db, citizen.id),
    confirmBy: person.phone_sealed ? 'sms' : 'wechat',
    confirmedUntil: until?.toISOString() ?? null,
  }
}

/** The cases of a person that are still under way. */
export async function openCasesOf(
  db: Db,
  { catalogue }: Platform,
  personId: string,
): Promise<MyHoldings['openCases']> {
  const rows = await openCaseRows(db, { personId, ended: [...CASE_ENDED] })
  return rows.map(({ id, number, topicId }) => ({
    id, number, topicTitle: catalogue.topics.find((topic) => topic.id === topicId)?.title ?? '',
  }))
}

/** Deletes all drafts, with the signatures asked for them, or all photos that nothing uses. */
export async function erase(
  platform: Platform,
  { citizen, what }: { citizen: Citizen; what: Erasable },
): Promise<Erased> {
  return platform.db.inTx(async (tx) => {
    const count = what === 'drafts'
      ? await eraseDrafts(tx, citizen.id)
      : await forgetMaterials(tx, platform, {
        personId: citizen.id, keep: await photosInDrafts(tx, platform, citizen),
      })
    await record(tx, {
      at: platform.now(), by: citizen, personId: citizen.id, object: `person:${citizen.id}`,
      what: what === 'drafts' ? '删除全部草稿' : '删除没有用到的照片', why: '本人操作',
    })
    return { count }
  })
}

/** A draft's open signing holds the same content, so it goes too. */
export async function eraseDrafts(tx: Tx, personId: string): Promise<number> {
  await tx.deleteFrom('signings').where('applicant_id', '=', personId)
    .where('closed_at', 'is', null).execute()
  return deleteDraftsOf(tx, personId)
}

async function photosInDrafts(
  db: Db,
  platform: Platform,
  citizen: Citizen,
): Promise<Set<string>> {
  const drafts = await draftsOf(db, platform, citizen)
  return new Set(drafts.flatMap(({ draft }) =>
    Object.values(draft.materials).flatMap((given) => (given.by === 'photos' ? given.ids : []))))
}
