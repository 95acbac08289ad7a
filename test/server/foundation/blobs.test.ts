import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { BlobMissing, ChunkMissing, openBlobStore } from '../../../server/blobs'
import { SealBroken, sha256 } from '../../../server/crypto'

const folder = await mkdtemp(join(tmpdir(), 'one-thing-blobs-'))
afterAll(() => rm(folder, { recursive: true }))
const ring = { current: 1, keys: new Map([[1, randomBytes(32)]]) }
const store = openBlobStore({ folder, ring, indexKey: randomBytes(32) })

async function files(under = folder): Promise<string[]> {
  const entries = await readdir(under, { recursive: true, withFileTypes: true })
  const found = entries.filter((entry) => entry.isFile())
  return found.map(({ parentPath, name }) => join(parentPath, name))
}

describe('stored materials', () => {
  it('come back as put, equal content once, nothing readable on the disk (S52)', async () => {
    const content = Buffer.from('出生医学证明 canary-4711')
    const one = await store.put(content)
    const digest = sha256(content).toString('hex')
    expect(one).toMatchObject({ sha256: digest, sizeBytes: content.length })
    expect(await store.put(content)).toEqual(one)
    expect(await store.get(one.id)).toEqual(content)
    expect(one.id).not.toBe(one.sha256)
    expect(await files()).toHaveLength(1)
    for (const file of await files()) {
      expect((await readFile(file)).includes('canary-4711')).toBe(false)
      expect(file).not.toContain(one.sha256)
    }
    await store.remove(one.id)
    await store.remove(one.id)
    await expect(store.get(one.id)).rejects.toThrow(BlobMissing)
  })

  it('never come back with a bit flipped, nor as another file (R21)', async () => {
    const one = await store.put(randomBytes(2000))
    const other = await store.put(randomBytes(2000))
    const path = (await files()).find((file) => file.endsWith(one.id)) ?? ''
    const sealed = await readFile(path)
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length * 8 - 1), async (bit) => {
        const altered = Buffer.from(sealed)
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        await writeFile(path, altered)
        await expect(store.get(one.id)).rejects.toThrow(SealBroken)
      }),
      { numRuns: 100 },
    )
    const others = (await files()).find((file) => file.endsWith(other.id)) ?? ''
    await writeFile(path, await readFile(others))
    await expect(store.get(one.id)).rejects.toThrow(SealBroken)
  })

  it.each(['../../etc/passwd', '', 'A'.repeat(64), `${'a'.repeat(64)}/..`])(
    'have no path made of %j',
    async (id) => {
      await expect(store.get(id)).rejects.toThrow(RangeError)
    },
  )
})

describe('an upload in parts (R7)', () => {
  it('is whole whatever the order, the repeats and the cuts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        async (parts, picks) => {
          const upload = `upload-${randomBytes(6).toString('hex')}`
          const sent = new Set<number>()
          for (let cuts = 0; cuts < parts.length; cuts++) {
            const n = picks.next().value % parts.length
            await store.putChunk(upload, n, parts[n] ?? new Uint8Array())
            sent.add(n)
            if (picks.next().value % 2) {
              await store.putChunk(upload, n, parts[n] ?? new Uint8Array())
            }
            expect(new Set(await store.chunksOf(upload))).toEqual(sent)
          }
          for (let n = 0; n < parts.length; n++) {
            if (!sent.has(n)) await store.putChunk(upload, n, parts[n] ?? new Uint8Array())
          }
          const { content, sha256: digest } = await store.assemble(upload, parts.length)
          const whole = Buffer.concat(parts)
          expect(content.equals(whole)).toBe(true)
          expect(digest).toBe(sha256(whole).toString('hex'))
          await store.discard(upload)
          expect(await store.chunksOf(upload)).toEqual([])
        },
      ),
      { numRuns: 10 },
    )
  })

  it('says which parts are missing, and is sealed on the disk', async () => {
    await store.putChunk('upload-gap', 0, Buffer.from('canary-0815'))
    await store.putChunk('upload-gap', 2, Buffer.from('z'))
    expect(await store.chunksOf('upload-gap')).toEqual([0, 2])
    await expect(store.assemble('upload-gap', 4)).rejects.toThrow(new ChunkMissing([1, 3]))
    for (const file of await files(join(folder, 'staging'))) {
      expect((await readFile(file)).includes('canary-0815')).toBe(false)
    }
  })

  it('is forgotten when it was abandoned', async () => {
    await store.putChunk('upload-left', 0, Buffer.from('x'))
    expect(await store.sweep(new Date(0))).toBe(0)
    expect(await store.sweep(new Date('2200-01-01'))).toBeGreaterThan(0)
    expect(await store.chunksOf('upload-left')).toEqual([])
  })

  it.each(['../../../etc', 'a/b', '', '.', 'upload id'])('is not named %j', async (name) => {
    expect(() => store.putChunk(name, 0, Buffer.from('x'))).toThrow(RangeError)
  })
})
