/**
 * Photographed materials: in parts, resumable, keyed by content.
 *
 *   start ──▶ receiving ──finish──▶ ready
 *                          └──────▶ refused (by content; may be sent anew)
 */
import {
  CHUNK_BYTES, MAX_FILE_BYTES, type Upload, type UploadStart,
} from '../../core/contract/material'
import { type RefusalCode, Refused } from '../../core/refusal'
import type { Citizen } from '../actor'
import { record } from '../audit/store'
import { ChunkMissing } from '../blobs'
import { openText, sealText } from '../crypto'
import { acceptMaterial, type MaterialRefusal, MaterialRefused } from '../images'
import type { Platform } from '../platform'
import {
  addChunk, findMaterial, findSame, insertMaterial, keepChunks, type MaterialRow, settleMaterial,
  usageOf,
} from './store'

const DAY_MS = 86_400_000
const MOST_A_DAY = 100
/** Quota of one person: some sixty photos of the largest size (S38). */
const MOST_BYTES = 60 * MAX_FILE_BYTES

const REFUSED_AS: Record<MaterialRefusal, RefusalCode> = {
  EMPTY: 'BAD_FILE',
  TOO_LARGE: 'TOO_LARGE',
  TYPE_NOT_ALLOWED: 'BAD_FILE',
  HEIC_UNSUPPORTED: 'HEIC_UNSUPPORTED',
  TOO_MANY_PIXELS: 'TOO_MANY_PIXELS',
  BROKEN: 'BAD_FILE',
  PDF_ACTIVE_CONTENT: 'BAD_FILE',
  PDF_LOCKED: 'BAD_FILE',
}

/**
 * Begins an upload, or answers the one of the same file, however far it has come.
 * @throws {Refused} TOO_LARGE; TOO_MANY_FILES beyond 100 a day or the quota
 */
export async function startUpload(
  platform: Platform,
  { citizen, given }: { citizen: Citizen; given: UploadStart },
): Promise<Upload> {
  if (given.size > MAX_FILE_BYTES) throw new Refused('TOO_LARGE')
  const { db, keys } = platform
  const same = { ownerId: citizen.id, sha256: given.sha256 }
  const there = await findSame(db.db, same)
  if (there) return viewOf(platform, there)
  const at = platform.now()
  const id = platform.newId()
  return db.inTx(async (tx) => {
    const since = new Date(at.getTime() - DAY_MS)
    const { begun, bytes } = await usageOf(tx, { ownerId: citizen.id, since })
    if (begun >= MOST_A_DAY || bytes + given.size > MOST_BYTES) throw new Refused('TOO_MANY_FILES')
    await insertMaterial(tx, {
      ...same, id, size: given.size, nameSealed: sealText(keys, namePlace(id), given.name),
      chunks: Math.ceil(given.size / CHUNK_BYTES), createdAt: at,
      mandateId: citizen.acting?.mandateId ?? null,
    })
    const row = await findSame(tx, same)
    if (!row) throw new Refused('NOT_FOUND')
    await record(tx, { ...logged(platform, row), by: citizen, what: '开始上传材料' })
    return viewOf(platform, row)
  })
}

/** @throws {Refused} NOT_FOUND */
export async function materialOf({ db }: Platform, id: string): Promise<MaterialRow> {
  const row = await findMaterial(db.db, id)
  if (!row) throw new Refused('NOT_FOUND')
  return row
}

/**
 * Stores one part; sending it again changes nothing. Answers how many parts are here.
 * @throws {Refused} CHUNK_MISMATCH for a part that does not belong or has not its full length
 */
export async function putChunk(
  { db, blobs }: Platform,
  row: MaterialRow,
  { n, bytes }: { n: number; bytes: Buffer },
): Promise<number> {
  const last = n === row.chunks - 1
  const length = last ? row.size - n * CHUNK_BYTES : CHUNK_BYTES
  if (n >= row.chunks || bytes.length !== length) throw new Refused('CHUNK_MISMATCH', { n })
  if (row.state === 'ready') return row.chunks
  if (row.state === 'refused') throw new Refused('BAD_FILE')
  await blobs.putChunk(row.id, n, bytes)
  return addChunk(db.db, { id: row.id, n })
}

/**
 * Checks the whole, encodes pictures anew and keeps the result. Repeating it changes nothing.
 * @throws {Refused} CHUNK_MISMATCH with the missing parts, or with all if they do not make the
 * promised file; BAD_FILE, HEIC_UNSUPPORTED, TOO_MANY_PIXELS for what cannot be used
 */
export async function finishUpload(
  platform: Platform,
  { citizen, row }: { citizen: Citizen; row: MaterialRow },
): Promise<Upload> {
  const { blobs, db } = platform
  if (row.state === 'ready') return viewOf(platform, row)
  if (row.state === 'refused') throw new Refused('BAD_FILE')
  const content = await assemble(platform, row)
  const entry = { ...logged(platform, row), by: citizen, what: '上传材料' }
  try {
    const accepted = await acceptMaterial(content)
    const { id: blobId } = await blobs.put(accepted.bytes)
    await db.inTx(async (tx) => {
      const outcome = { state: 'ready', type: accepted.type, blobId } as const
      if (await settleMaterial(tx, { id: row.id, at: platform.now(), ...outcome })) {
        await record(tx, entry)
      }
    })
  } catch (error) {
    if (!(error instanceof MaterialRefused)) throw error
    const code = REFUSED_AS[error.code]
    await db.inTx(async (tx) => {
      const outcome = { state: 'refused', refused: error.code } as const
      await settleMaterial(tx, { id: row.id, at: platform.now(), ...outcome })
      await record(tx, { ...entry, result: code })
    })
    await blobs.discard(row.id)
    throw new Refused(code, { why: error.code })
  }
  await blobs.discard(row.id)
  return viewOf(platform, await materialOf(platform, row.id))
}

async function assemble({ blobs, db }: Platform, row: MaterialRow): Promise<Buffer> {
  try {
    const { content, sha256 } = await blobs.assemble(row.id, row.chunks)
    if (sha256 === row.sha256 && content.length === row.size) return content
  } catch (error) {
    if (!(error instanceof ChunkMissing)) throw error
    await keepChunks(db.db, { id: row.id, received: await blobs.chunksOf(row.id) })
    throw new Refused('CHUNK_MISMATCH', { missing: error.numbers })
  }
  await keepChunks(db.db, { id: row.id, received: [] })
  await blobs.discard(row.id)
  throw new Refused('CHUNK_MISMATCH', { missing: Array.from({ length: row.chunks }, (_, n) => n) })
}

/** How an upload stands; a refused one says so. */
export function viewOf({ keys }: Platform, row: MaterialRow): Upload {
  return {
    id: row.id,
    state: row.state,
    chunkBytes: CHUNK_BYTES,
    chunks: row.chunks,
    received: [...row.received].sort((a, b) => a - b),
    ...(row.type ? { type: row.type } : {}),
    name: openText(keys, namePlace(row.id), row.nameSealed),
    createdAt: row.createdAt.toISOString(),
  }
}

function namePlace(id: string) {
  return { table: 'materials', column: 'name_sealed', rowId: id }
}

function logged({ now }: Platform, { id, ownerId }: MaterialRow) {
  return { at: now(), personId: ownerId, object: `material:${id}`, why: '本人操作' }
}
