import { createHash, randomBytes, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { CHUNK_BYTES } from '../../core/contract/material'
import { type SignedIn, startHarness } from './harness'

const harness = await startHarness()
const { call } = harness
const [topic] = harness.platform.catalogue.topics
if (!topic) throw new Error('the catalogue has no topic')

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const start = (who: SignedIn, bytes: Buffer, more: object = {}) =>
  call(who, {
    method: 'POST', url: '/v1/materials',
    payload: { sha256: hash(bytes), size: bytes.length, name: '照片.jpg', ...more },
  })
const chunk = (who: SignedIn, id: string, n: number, bytes: Buffer) =>
  call(who, {
    method: 'PUT', url: `/v1/materials/${id}/chunks/${n}`, payload: bytes,
    headers: { 'content-type': 'application/octet-stream' },
  })
const part = (bytes: Buffer, n: number) => bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES)
const finish = (who: SignedIn, id: string) =>
  call(who, { method: 'POST', url: `/v1/materials/${id}/finish` })
const file = (who: SignedIn | undefined, id: string) =>
  call(who, { method: 'GET', url: `/v1/materials/${id}/file` })

/** A photo as phones take them: noise, so that it is large, with a place in its EXIF. */
async function photo(side: number): Promise<Buffer> {
  const raw = { width: side, height: side, channels: 3 } as const
  return sharp(randomBytes(side * side * 3), { raw })
    .withExif({ IFD0: { Make: 'Sentinel' }, IFD3: { GPSLatitude: '39/1 28/1 0/1' } })
    .jpeg().toBuffer()
}

async function upload(who: SignedIn, bytes: Buffer): Promise<string> {
  const { id, chunks } = (await start(who, bytes)).json<{ id: string; chunks: number }>()
  for (let n = 0; n < chunks; n++) await chunk(who, id, n, part(bytes, n))
  const done = await finish(who, id)
  expect(done.json()).toMatchObject({ id, state: 'ready' })
  return id
}

describe('an upload', () => {
  it('R7: resumes where it was cut, in any order, and is re-encoded (S37, S41)', async () => {
    const who = await harness.citizen()
    const bytes = await photo(1300)
    const begun = (await start(who, bytes)).json()
    expect(begun.chunks).toBeGreaterThan(2)
    expect((await chunk(who, begun.id, 1, part(bytes, 1))).json()).toEqual({ received: 1 })
    expect((await chunk(who, begun.id, 1, part(bytes, 1))).json()).toEqual({ received: 1 })
    const cut = await finish(who, begun.id)
    expect(cut.json()).toMatchObject({ code: 'CHUNK_MISMATCH' })
    expect(cut.json().detail.missing).not.toContain(1)
    const resumed = (await start(who, bytes)).json()
    expect(resumed).toMatchObject({ id: begun.id, received: [1], state: 'receiving' })
    for (let n = begun.chunks - 1; n >= 0; n--) await chunk(who, begun.id, n, part(bytes, n))
    const done = await finish(who, begun.id)
    expect(done.json()).toMatchObject({ state: 'ready', type: 'image/jpeg' })
    expect((await finish(who, begun.id)).statusCode).toBe(200)
    expect((await start(who, bytes)).json()).toMatchObject({ id: begun.id, state: 'ready' })
    const stored = (await file(who, begun.id)).rawPayload
    expect((await sharp(stored).metadata()).exif).toBeUndefined()
    expect(stored.includes('Sentinel')).toBe(false)
  })

  it('is served as an attachment that can do nothing (S40)', async () => {
    const who = await harness.citizen()
    const { headers } = await file(who, await upload(who, await photo(60)))
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    expect(headers['content-disposition']).toMatch(/^attachment; filename="material-[\w-]+\.jpg"$/)
  })

  it('with other bytes than promised starts over', async () => {
    const who = await harness.citizen()
    const [wanted, given] = [randomBytes(1000), randomBytes(1000)]
    const { id } = (await start(who, wanted)).json()
    await chunk(who, id, 0, given)
    expect((await finish(who, id)).json())
      .toEqual({ code: 'CHUNK_MISMATCH', detail: { missing: [0] } })
    expect((await call(who, { method: 'GET', url: `/v1/materials/${id}` })).json())
      .toMatchObject({ state: 'receiving', received: [] })
  })

  it('whose parts were lost asks for them again', async () => {
    const who = await harness.citizen()
    const bytes = randomBytes(CHUNK_BYTES + 9)
    const { id } = (await start(who, bytes)).json()
    for (const n of [0, 1]) {
      await chunk(who, id, n, bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES))
    }
    await harness.platform.blobs.discard(id)
    await harness.platform.blobs.putChunk(id, 1, bytes.subarray(CHUNK_BYTES))
    expect((await finish(who, id)).json().detail).toEqual({ missing: [0] })
    expect((await start(who, bytes)).json()).toMatchObject({ id, received: [1] })
  })

  it.each([
    ['a web page', Buffer.from('<html><script>alert(1)</script></html>'), 'BAD_FILE'],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'BAD_FILE'],
    ['HEIC', Buffer.from('000000186674797068656963000000006d696631', 'hex'), 'HEIC_UNSUPPORTED'],
    ['half a photo', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), 'BAD_FILE'],
  ])('S37, S40: refuses %s, and takes it up anew', async (_name, bytes, code) => {
    const who = await harness.citizen()
    const { id } = (await start(who, bytes)).json()
    await chunk(who, id, 0, bytes)
    expect((await finish(who, id)).json().code).toBe(code)
    expect((await file(who, id)).statusCode).toBe(404)
    expect((await start(who, bytes)).json().id).not.toBe(id)
  })

  it('S38: keeps to sizes and numbers', async () => {
    const who = await harness.citizen()
    const bytes = randomBytes(CHUNK_BYTES + 1)
    expect((await start(who, bytes, { size: 10 * 1024 * 1024 + 1 })).statusCode).toBe(413)
    const { id } = (await start(who, bytes)).json()
    expect((await chunk(who, id, 0, bytes)).statusCode).toBe(413)
    expect((await chunk(who, id, 1, part(bytes, 0))).statusCode).toBe(409)
    expect((await chunk(who, id, 2, part(bytes, 1))).statusCode).toBe(409)
    await harness.asOwner(`insert into materials (id, owner_id, state, sha256, size, name_sealed,
      chunks, created_at) select gen_random_uuid(), $1, 'refused', n::text, 1, '', 1, $2
      from generate_series(1, 99) n`, [who.id, harness.clock.now])
    expect((await start(who, randomBytes(9))).json().code).toBe('TOO_MANY_FILES')
    harness.pass(86_400_000 + 1)
    const tomorrow = await harness.citizen({ phone: who.phone, verified: false })
    expect((await start(tomorrow, randomBytes(9))).statusCode).toBe(200)
  })
})

describe('S17, S20: a photo is read by', () => {
  it('its owner and, once filed, window and departments that need it; nobody else', async () => {
    const who = await harness.citizen()
    const id = await upload(who, await photo(60))
    const use = topic.materials.find(({ key }) => {
      const needing = topic.items.filter((item) => item.materials.some((one) => one.key === key))
      return needing.length < topic.items.length
    })
    const inUse = topic.items.find((item) => item.materials.some(({ key }) => key === use?.key))
    const unneeding = topic.items.find((item) =>
      item.department !== inUse?.department && !topic.items.some((one) =>
        one.department === item.department && one.materials.some(({ key }) => key === use?.key)))
    if (!use || !inUse || !unneeding) throw new Error('no such material in this topic')
    const readers = {
      stranger: await harness.citizen(),
      window: await harness.window('653101'),
      otherWindow: await harness.window('653121'),
      department: await harness.department(inUse.department),
      otherRegion: await harness.department(inUse.department, '653121'),
      unneeding: await harness.department(unneeding.department),
      supervisor: await harness.supervisor(),
    }
    harness.world.ownSystems.add(inUse.department).add(unneeding.department)
    const look = async () => {
      const seen: Record<string, number> = { owner: (await file(who, id)).statusCode }
      for (const [name, reader] of Object.entries(readers)) {
        seen[name] = (await file(reader, id)).statusCode
      }
      const url = `/v1/materials/${id}/file`
      for (const department of [inUse.department, unneeding.department]) {
        const { statusCode } = await harness.signed(department, { method: 'GET', url })
        seen[department === inUse.department ? 'system' : 'otherSystem'] = statusCode
      }
      return seen
    }
    const nobody = {
      owner: 200, stranger: 404, window: 404, otherWindow: 404, department: 404, otherRegion: 404,
      unneeding: 404, supervisor: 403, system: 404, otherSystem: 404,
    }
    expect(await look()).toEqual(nobody)
    const caseId = randomUUID()
    await harness.asOwner(`insert into cases (id, number, applicant_id, request_id, request_hash,
      topic_id, topic_version, region_code, state, version, handover, content_sealed, submitted_at,
      accept_by) values ($1::uuid, $1::text, $2, gen_random_uuid(), '', $3, $4, '653101',
      'handling', 1,
      'electronic', '', now(), now())`, [caseId, who.id, topic.id, topic.version])
    await harness.asOwner('insert into case_materials values ($1, $2, $3)', [caseId, use.key, id])
    expect(await look()).toEqual({ ...nobody, window: 200 })
    for (const [n, item] of [inUse, unneeding].entries()) {
      await harness.asOwner(`insert into tasks (case_id, n, item_id, department_id, region_code,
        state, started_at) values ($1, $2, $3, $4, '653101', 'received', now())`,
      [caseId, n, item.id, item.department])
    }
    expect(await look()).toEqual({ ...nobody, window: 200, department: 200, system: 200 })
    const why = await harness.asOwner(
      "select count(*) as n from audit where person_id = $1 and what = '查看材料照片'", [who.id])
    expect(Number(why[0]!.n)).toBe(4)
    const url = `/v1/materials/${id}/file`
    const nothing = await file(readers.stranger, randomUUID())
    expect((await file(readers.stranger, id)).body).toBe(nothing.body)
    expect((await call(undefined, { method: 'GET', url })).statusCode).toBe(401)
  })
})
