/**
 * Materials on the local disk, sealed at rest. A blob's id is the keyed hash of its content, so
 * equal content is stored once and a file name gives nothing away. Files hold at most some 10 MB
 * and are opened whole: AES-GCM only vouches for bytes after the last of them was read (R21).
 */
import { createHash } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { blindIndex, type KeyRing, open, seal, sha256, token } from './crypto'
import { exists, isCode, syncFolder } from './files'

export interface BlobStoreConfig {
  /** e.g. DATA_DIR/materials */
  folder: string
  ring: KeyRing
  /** names the blobs; must outlive every rotation of `ring` */
  indexKey: Uint8Array
}

export interface StoredBlob {
  /** 64 hex digits */
  id: string
  /** of the content, in hex */
  sha256: string
  sizeBytes: number
}

export interface BlobStore {
  /** On return the bytes survive a power cut. Writing the same content again repairs its file. */
  put(content: Uint8Array): Promise<StoredBlob>
  /** @throws BlobMissing, SealBroken */
  get(id: string): Promise<Buffer>
  /** Equal content is one blob: remove only when no row refers to it. Missing is fine. */
  remove(id: string): Promise<void>
  /** One part of an upload; sending it again replaces it. On return it survives a power cut. */
  putChunk(uploadId: string, n: number, content: Uint8Array): Promise<void>
  /** The numbers of the parts that have arrived, ascending: what a resuming phone need not send. */
  chunksOf(uploadId: string): Promise<number[]>
  /** Parts 0 … count-1 in order. @throws ChunkMissing, SealBroken */
  assemble(uploadId: string, count: number): Promise<{ content: Buffer; sha256: string }>
  /** Forgets the parts of an upload; none is fine. */
  discard(uploadId: string): Promise<void>
  /** Forgets uploads whose last part came before `before`; answers how many. */
  sweep(before: Date): Promise<number>
}

export class BlobMissing extends Error {
  override name = 'BlobMissing'
}

export class ChunkMissing extends Error {
  override name = 'ChunkMissing'
  constructor(readonly numbers: number[]) {
    super(`missing parts: ${numbers.join(', ')}`)
  }
}

const BLOB_ID = /^[0-9a-f]{64}$/
const UPLOAD_ID = /^[0-9A-Za-z_-]{8,64}$/
const MOST_CHUNKS = 10_000

export function openBlobStore({ folder, ring, indexKey }: BlobStoreConfig): BlobStore {
  const pathOf = (id: string) => {
    if (!BLOB_ID.test(id)) throw new RangeError('not a blob id')
    return join(folder, id.slice(0, 2), id.slice(2, 4), id)
  }
  const stagingOf = (uploadId: string) => {
    if (!UPLOAD_ID.test(uploadId)) throw new RangeError('not an upload id')
    return join(folder, 'staging', uploadId)
  }
  const chunksOf = (uploadId: string) => listChunks(stagingOf(uploadId))
  return {
    put: async (content) => {
      const digest = sha256(content).toString('hex')
      const id = blindIndex(indexKey, 'blob', digest).toString('hex')
      await writeDurably(pathOf(id), seal(ring, `blob:${id}`, content))
      return { id, sha256: digest, sizeBytes: content.byteLength }
    },
    get: async (id) => {
      const sealed = await readIfThere(pathOf(id))
      if (!sealed) throw new BlobMissing(id)
      return open(ring, `blob:${id}`, sealed)
    },
    remove: async (id) => {
      const path = pathOf(id)
      if (!(await exists(path))) return
      await fs.rm(path, { force: true })
      await syncFolder(dirname(path))
    },
    putChunk: (uploadId, n, content) => {
      if (!Number.isInteger(n) || n < 0 || n >= MOST_CHUNKS) throw new RangeError('not a part')
      const path = join(stagingOf(uploadId), String(n))
      return writeDurably(path, seal(ring, `chunk:${uploadId}/${n}`, content))
    },
    chunksOf,
    assemble: async (uploadId, count) => {
      const there = new Set(await chunksOf(uploadId))
      const missing = Array.from({ length: count }, (_, n) => n).filter((n) => !there.has(n))
      if (missing.length > 0) throw new ChunkMissing(missing)
      const whole: Buffer[] = []
      const hash = createHash('sha256')
      for (let n = 0; n < count; n++) {
        const sealed = await fs.readFile(join(stagingOf(uploadId), String(n)))
        const chunk = open(ring, `chunk:${uploadId}/${n}`, sealed)
        hash.update(chunk)
        whole.push(chunk)
      }
      return { content: Buffer.concat(whole), sha256: hash.digest('hex') }
    },
    discard: (uploadId) => fs.rm(stagingOf(uploadId), { recursive: true, force: true }),
    sweep: (before) => sweepStaging(join(folder, 'staging'), before),
  }
}

/** The file is there whole under its name, or not at all; never half of it. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  await makeFolders(dirname(path))
  const unfinished = `${path}.${token()}.tmp`
  const file = await fs.open(unfinished, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } catch (error) {
    await fs.rm(unfinished, { force: true })
    throw error
  } finally {
    await file.close()
  }
  await fs.rename(unfinished, path)
  await syncFolder(dirname(path))
}

async function makeFolders(folder: string): Promise<void> {
  const firstMade = await fs.mkdir(folder, { recursive: true, mode: 0o700 })
  for (let made = folder; firstMade && made.startsWith(firstMade); made = dirname(made)) {
    await syncFolder(dirname(made))
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await fs.readFile(path)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

async function listChunks(folder: string): Promise<number[]> {
  const names = (await exists(folder)) ? await fs.readdir(folder) : []
  return names.filter((name) => /^\d+$/.test(name)).map(Number).sort((a, b) => a - b)
}

async function sweepStaging(staging: string, before: Date): Promise<number> {
  const uploads = (await exists(staging)) ? await fs.readdir(staging) : []
  let swept = 0
  for (const upload of uploads) {
    const folder = join(staging, upload)
    if ((await fs.stat(folder)).mtimeMs >= before.getTime()) continue
    await fs.rm(folder, { recursive: true, force: true })
    swept++
  }
  return swept
}
