/**
 * Forgetting photos: the row goes in the caller's transaction, the file after its commit, through
 * the outbox, however often the server is killed.
 */
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { openJson, openText, sealJson } from '../crypto'
import type { Db, Tx } from '../db/pool'
import { enqueue, hint } from '../outbox/store'
import type { Handler } from '../outbox/worker'
import type { Platform } from '../platform'

export const FORGET_MATERIAL = 'forget-material'

const Payload = Type.Object({ blobId: Type.Union([Type.String(), Type.Null()]) })
const placeOf = (id: string) =>
  ({ table: 'outbox', column: 'payload', rowId: `${FORGET_MATERIAL}/${id}` })

export interface OwnMaterial {
  id: string
  name: string
  type: string | null
  blobId: string | null
  ready: boolean
  createdAt: Date
  /** part of what was handed in with a case */
  inCase: boolean
}

/** All somebody has uploaded, oldest first; refused files are not kept and not listed. */
export async function materialsOf(
  db: Db,
  { keys }: Platform,
  personId: string,
): Promise<OwnMaterial[]> {
  const rows = await db.selectFrom('materials as m')
    .where('m.owner_id', '=', personId).where('m.state', '<>', 'refused')
    .select((eb) => [
      'm.id', 'm.name_sealed', 'm.type', 'm.blob_id as blobId', 'm.state',
      'm.created_at as createdAt',
      eb.exists(eb.selectFrom('case_materials as c').select('c.case_id')
        .whereRef('c.material_id', '=', 'm.id')).as('inCase'),
    ])
    .orderBy('m.created_at').orderBy('m.id').execute()
  return rows.map(({ name_sealed, state, ...row }) => {
    const place = { table: 'materials', column: 'name_sealed', rowId: row.id }
    return {
      ...row, name: openText(keys, place, name_sealed), ready: state === 'ready',
      inCase: Boolean(row.inCase),
    }
  })
}

/** Those of the photos that are in no case go, but for `keep`; answers how many there were. */
export async function forgetMaterials(
  tx: Tx,
  platform: Platform,
  { personId, keep }: { personId: string; keep: ReadonlySet<string> },
): Promise<number> {
  const gone = await tx.deleteFrom('materials as m')
    .where('m.owner_id', '=', personId)
    .where(({ not, exists, selectFrom }) => not(exists(
      selectFrom('case_materials as c').select('c.case_id')
        .whereRef('c.material_id', '=', 'm.id'))))
    .$if(keep.size > 0, (some) => some.where('m.id', 'not in', [...keep]))
    .returning(['m.id', 'm.blob_id', 'm.state'])
    .execute()
  const at = platform.now()
  await enqueue(tx, gone.map(({ id, blob_id: blobId }) => ({
    lane: FORGET_MATERIAL, topic: FORGET_MATERIAL, key: id, at, dueAt: at,
    payload: sealJson(platform.keys, placeOf(id), { blobId }),
  })))
  if (gone.length > 0) await hint(tx)
  return gone.filter(({ state }) => state !== 'refused').length
}

/** The outbox handler of FORGET_MATERIAL: equal content of somebody else keeps the file. */
export function forgetMaterialHandler({ db, keys, blobs }: Platform): Handler {
  return async ({ key, payload }) => {
    const { blobId } = Value.Parse(Payload, openJson(keys, placeOf(key), payload))
    await blobs.discard(key)
    if (blobId === null) return
    const other = await db.db.selectFrom('materials').select('id')
      .where('blob_id', '=', blobId).executeTakeFirst()
    if (!other) await blobs.remove(blobId)
  }
}
