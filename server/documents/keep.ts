/** A signed document is made once; afterwards everybody is given the same bytes. */
import type { Selectable } from 'kysely'
import { open, seal as sealBytes, sha256 } from '../crypto'
import type { Documents } from '../db/seal-tables'
import type { Platform } from '../platform'
import { type Sheet, drawSheet } from '../print/sheet'
import { sealOf } from '../seal/open'
import { signDocument } from '../seal/pdf'

type Kept = Selectable<Documents>

export interface Wanted {
  caseId: string
  /** of the document within its case */
  name: string
  resultId?: string
  sheet: () => Promise<Sheet>
}

const SIGNED = '本文件带有电子签名，改动任何一处即失效；可以在核验页面上传本文件核对。'
const UNSIGNED = '本文件没有电子签名，以办件页面上的内容为准。'
const SIGNER = '喀什地区“一件事一次办”'

const boundTo = (id: string) => `documents.blob:${id}`

/** Without a seal the document says that it bears none, and is not kept. */
export async function signedOnce(
  platform: Platform,
  { caseId, name, resultId, sheet }: Wanted,
): Promise<Buffer> {
  const { db: { db }, keys, blobs } = platform
  const find = () => db.selectFrom('documents').selectAll()
    .where('case_id', '=', caseId).where('name', '=', name).executeTakeFirst()
  const before = await find()
  if (before) return bytesOf(platform, before)
  const [seal, content, at] = [await sealOf(platform), await sheet(), platform.now()]
  const doc = await drawSheet({
    ...content,
    sections: [...content.sections, {
      title: '电子签名', blocks: [{ is: 'text', text: seal ? SIGNED : UNSIGNED }],
    }],
  })
  if (!seal) return Buffer.from(await doc.save())
  const bytes = await signDocument(doc, seal, {
    at, name: SIGNER,
    reason: content.mark ? `${content.title}（${content.mark.stamp}）` : content.title,
  })
  const id = platform.newId()
  // Sealed once more under its own id, so that no upload of the same file shares the blob.
  const blob = await blobs.put(sealBytes(keys, boundTo(id), bytes))
  await db.insertInto('documents')
    .values({
      id, case_id: caseId, name, result_id: resultId ?? null, blob_id: blob.id,
      sha256: sha256(bytes), made_at: at,
    })
    .onConflict((conflict) => conflict.columns(['case_id', 'name']).doNothing()).execute()
  const kept = await find()
  if (!kept) throw new Error(`document ${name} of case ${caseId} is not there after it was kept`)
  // Somebody else was first, and theirs counts.
  if (kept.id !== id) await blobs.remove(blob.id)
  return bytesOf(platform, kept)
}

async function bytesOf({ blobs, keys }: Platform, { id, blob_id }: Kept): Promise<Buffer> {
  return open(keys, boundTo(id), await blobs.get(blob_id))
}

/** The document with exactly these bytes, if we have made one. */
export function findByBytes({ db: { db } }: Platform, bytes: Buffer): Promise<Kept | undefined> {
  return db.selectFrom('documents').selectAll().where('sha256', '=', sha256(bytes))
    .executeTakeFirst()
}
