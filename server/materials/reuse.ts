/** 我的材料: photos of one's own that an earlier case used and that may serve again. */
import type { MyMaterial } from '../../core/contract/material'
import { labelOf } from '../../core/form'
import { keyParts } from '../../core/rows'
import type { Citizen } from '../actor'
import { look } from '../audit/look'
import { openContent } from '../cases/content'
import type { Platform } from '../platform'
import { loadTopic } from '../topics/service'
import { type FiledRow, filedBy, heldOf } from './store'

/** An older photo may show a document that is no longer valid: it is taken anew. */
const OFFERED_DAYS = 365
const DAY_MS = 86_400_000

/**
 * Newest first; one that is still held. Not those of a case that was refused, nor of a material
 * that is being asked for again: they did not serve.
 */
export async function myMaterials(platform: Platform, citizen: Citizen): Promise<MyMaterial[]> {
  const { db, now } = platform
  const since = new Date(now().getTime() - OFFERED_DAYS * DAY_MS)
  const rows = await filedBy(db.db, { personId: citizen.id, since })
  const found = (await Promise.all(rows.map((row) => photosOf(platform, row)))).flat()
  const held = await heldOf(db.db, {
    personId: citizen.id, ids: found.flatMap(({ ids }) => ids),
  })
  await look(platform, {
    by: citizen, personId: citizen.id, what: '查看本人上传', object: 'materials', why: '本人操作',
  })
  return found.filter(({ ids }) => ids.every((id) => held.has(id)))
}

async function photosOf(platform: Platform, row: FiledRow): Promise<MyMaterial[]> {
  const { materials } = openContent(platform.keys, row.caseId, row.sealed)
  const topic = await loadTopic(platform, { id: row.topicId, version: row.topicVersion })
  const asked = new Set(row.asked)
  return Object.entries(materials).flatMap(([key, supply]) => {
    const { key: bare, role, row: n } = keyParts(key)
    const material = topic.materials.find((one) => one.key === bare)
    if (!material || supply.by !== 'photos' || asked.has(key)) return []
    const label = topic.roles.find(({ id }) => id === role)?.label ?? role
    return [{
      kind: material.id,
      name: material.name,
      whose: labelOf(label, n),
      ids: [...supply.ids],
      usedOn: row.submittedAt.toISOString(),
      usedIn: topic.title,
    }]
  })
}
