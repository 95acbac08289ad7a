/** Whether what a citizen refers to is really theirs and there: uploads and e-certificates. */
import type { Supply } from '../../core/materials'
import type { Plan } from '../../core/plan'
import { Refused } from '../../core/refusal'
import type { Problem } from '../../core/validate'
import { openText } from '../crypto'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'

type Supplies = Readonly<Record<string, Supply>>

export function photoIds(supplies: Supplies): string[] {
  return Object.values(supplies).flatMap((supply) => (supply.by === 'photos' ? supply.ids : []))
}

/** A row per photo of a case: it decides who may read the photo. */
export function photoRows(supplies: Supplies): { key: string; id: string }[] {
  return Object.entries(supplies).flatMap(([key, supply]) =>
    supply.by === 'photos' ? [...new Set(supply.ids)].map((id) => ({ key, id })) : [])
}

/** Of these uploads, those that are this person's and whole. */
export async function readyPhotos(
  db: Db,
  { ownerId, ids }: { ownerId: string; ids: readonly string[] },
): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('materials').select('id').where('id', 'in', ids)
    .where('owner_id', '=', ownerId).where('state', '=', 'ready').execute()
  return rows.map(({ id }) => id)
}

export function photoProblems(supplies: Supplies, ready: readonly string[]): Problem[] {
  return Object.entries(supplies)
    .filter(([, supply]) => supply.by === 'photos' && supply.ids.some((id) => !ready.includes(id)))
    .map(([field]) => ({ field, code: 'MISSING', text: '这份材料的照片没有传完，请重新上传。' }))
}

/** Whose certificates may stand for a photo: the person, as their identity was checked. */
export interface Sealed {
  id: string
  name_sealed: Buffer | null
  id_sealed: Buffer | null
}

/**
 * Certificates must be obtainable now: of the right kind, of the right holder, not expired.
 * @param today  calendar day in Asia/Shanghai
 * @throws {Refused} OUTSIDE_DOWN, IDENTITY_REQUIRED
 */
export async function certificateProblems(
  platform: Platform,
  { plan, supplies, person, today, purpose }:
    { plan: Plan; supplies: Supplies; person: Sealed; today: string; purpose: string },
): Promise<Problem[]> {
  const used = Object.entries(supplies)
    .flatMap(([key, supply]) => (supply.by === 'certificate' ? [{ key, supply }] : []))
  if (used.length === 0) return []
  const shared = await platform.outside.certificates.of(identityOf(platform, person), purpose)
  return used.filter(({ key, supply }) => {
    const material = plan.materials.find((one) => one.key === key)
    const found = shared.find(({ id }) => id === supply.certificateId)
    return !material || !found || found.type !== material.certificate ||
      (material.relation !== undefined && found.holder !== material.relation) ||
      (found.validUntil !== null && found.validUntil < today)
  }).map(({ key }) => ({
    field: key, code: 'MISSING', text: '没有查到这份电子证照，请改为拍照上传。',
  }))
}

function identityOf({ keys }: Platform, { id, name_sealed, id_sealed }: Sealed) {
  if (!name_sealed || !id_sealed) throw new Refused('IDENTITY_REQUIRED')
  const place = (column: string) => ({ table: 'people', column, rowId: id })
  return {
    name: openText(keys, place('name_sealed'), name_sealed),
    idNumber: openText(keys, place('id_sealed'), id_sealed),
  }
}
