import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Session } from '@core/contract/session'
import { phone } from './taro'

const TOPIC = 'some-topic'
const KEY = 'mother.id-card'
const session = (draftKey = '0123456789abcdef0123456789abcdef'): Session => ({
  token: 't', expiresAt: '2026-12-01T00:00:00Z', draftKey: btoa(draftKey),
  me: {
    id: '00000000-0000-4000-8000-000000000001', name: '样例', idNumber: null, phone: null,
    verified: true, region: null, elder: false,
  },
})

let runs = 0

/** A run of the app: every module anew, as after a kill; only what the phone keeps stays. */
async function start(who = session()) {
  vi.resetModules()
  const [drafts, uploads, kept, account] = await Promise.all([
    import('@/stores/drafts'), import('@/stores/uploads'), import('@/stores/kept-photos'),
    import('@/stores/account'),
  ])
  const { phone: again } = await import('./taro')
  // the phone is one and the same; a run that was killed neither writes nor sends any more
  runs += 1
  const run = runs
  again.files = phone.files = new Map(phone.files)
  again.stored = phone.stored = new Map(phone.stored)
  again.full = phone.full
  again.answer = (call) => (run === runs ? phone.answer(call) : new Promise(() => undefined))
  await account.enter(who)
  await drafts.openDraft(TOPIC, { topicVersion: 1, regionCode: '653101' })
  return { ...drafts, ...uploads, ...kept, ...account }
}

const photo = (n: number) =>
  ({
    bytes: Uint8Array.from({ length: 1000 }, (_, at) => (at * n) % 251).buffer,
    sha256: `${n}`.repeat(64),
    name: `${n}.jpg`,
  })
const shotAt = (place: number) => ({ topicId: TOPIC, key: KEY, place, photo: photo(place + 1) })

const id = (n: string) => `00000000-0000-4000-8000-00000000000${n[0]}`
let server: { up: boolean; draft: unknown; revision: number; sent: string[] }

beforeEach(() => {
  phone.reset()
  server = { up: false, draft: undefined, revision: 0, sent: [] }
  phone.answer = async ({ url, method, data }) => {
    const header = {}
    if (url.includes('/drafts/')) {
      if (method !== 'PUT') {
        return server.draft
          ? { statusCode: 200, header, data: { topicId: TOPIC, ...server, savedAt: '', keptUntil: '' } }
          : { statusCode: 404, data: { code: 'NOT_FOUND', detail: {} }, header }
      }
      server.revision += 1
      server.draft = JSON.parse(JSON.stringify((data as { draft: unknown }).draft)) // what putDraft sends
      return { statusCode: 200, header, data: { revision: server.revision, savedAt: '', keptUntil: '' } }
    }
    if (!server.up || !url.endsWith('/materials')) throw { errMsg: 'request:fail' }
    const { sha256 } = data as { sha256: string } // what uploadPhoto sends
    server.sent.push(sha256)
    return {
      statusCode: 200, header,
      data: { id: id(sha256), state: 'ready', name: '', chunkBytes: 1, chunks: 0, received: [] },
    }
  }
})
afterEach(() => vi.useRealTimers())

describe('photos that are not sent yet', () => {
  it('outlive a killed app, sealed, and go up by themselves', async () => {
    const before = await start()
    before.addShot(shotAt(0))
    before.addShot(shotAt(1))
    await expect.poll(() => phone.files.size).toBe(2)
    for (const file of phone.files.values()) {
      expect(Buffer.from(file).includes(Buffer.from(photo(1).bytes.slice(100, 140)))).toBe(false)
    }
    await expect.poll(() => [...phone.stored.keys()].sort())
      .toEqual(expect.arrayContaining([`sealed:draft-${TOPIC}`, 'sealed:photos']))

    server.up = true
    const after = await start()
    await expect.poll(() => after.draftOf(TOPIC)?.body.materials[KEY])
      .toEqual({ by: 'photos', ids: [id('1'), id('2')] })
    // once the draft that names them is saved, nothing of them stays
    await expect.poll(() => phone.files.size, { timeout: 4000 }).toBe(0)
    await expect.poll(() => phone.stored.has('sealed:photos'), { timeout: 4000 }).toBe(false)
  })

  it('keep an uploaded second side while the first one is still to be taken', async () => {
    server.up = true
    const before = await start()
    before.addShot(shotAt(1))
    await expect.poll(() => phone.stored.has('sealed:photos') && server.sent.length).toBe(1)
    await expect.poll(() => before.useUploads.getState().shots[0]?.state.is).toBe('done')
    await expect.poll(() => phone.stored.has(`sealed:draft-${TOPIC}`)).toBe(true)
    const after = await start()
    await expect.poll(() => after.useUploads.getState().shots)
      .toMatchObject([{ place: 1, state: { is: 'done', id: id('2') } }])
    after.addShot(shotAt(0))
    await expect.poll(() => after.draftOf(TOPIC)?.body.materials[KEY])
      .toEqual({ by: 'photos', ids: [id('1'), id('2')] })
  })

  it('go with their draft, and with who signs out', async () => {
    const before = await start()
    before.addShot(shotAt(0))
    await expect.poll(() => phone.files.size).toBe(1)
    before.dropDraft(TOPIC)
    await expect.poll(() => phone.files.size).toBe(0)
    await before.openDraft(TOPIC, { topicVersion: 1, regionCode: '653101' })
    before.addShot(shotAt(0))
    await expect.poll(() => phone.files.size).toBe(1)
    before.forgetPhone()
    await expect.poll(() => phone.files.size).toBe(0)
    expect([...phone.stored.keys()].filter((name) => name.startsWith('sealed:'))).toEqual([])
  })

  it('are not there for another person, nor for a later draft of the topic', async () => {
    const before = await start()
    before.addShot(shotAt(0))
    await expect.poll(() => phone.stored.has('sealed:photos')).toBe(true)
    const list = phone.stored.get('sealed:photos')!
    const other = await start(session('another-key-of-32-bytes-another-'))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(other.useUploads.getState().shots).toEqual([])

    phone.stored.set('sealed:photos', list)
    phone.stored.delete(`sealed:draft-${TOPIC}`)
    server.draft = undefined
    const later = await start()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(later.useUploads.getState().shots).toEqual([])
  })

  it('are gone after seven days', async () => {
    const before = await start()
    before.addShot(shotAt(0))
    await expect.poll(() => phone.stored.has('sealed:photos')).toBe(true)
    const days = 24 * 3600 * 1000
    vi.useFakeTimers({ now: Date.now() + 8 * days, toFake: ['Date'] })
    const after = await start()
    await expect.poll(() => phone.files.size).toBe(0)
    expect(after.useUploads.getState().shots).toEqual([])
  })

  it('say so where the phone has no room to keep them', async () => {
    phone.full = true
    const before = await start()
    before.addShot(shotAt(0))
    await expect.poll(() => before.useKeeping.getState().safe).toBe(false)
  })
})

describe('a draft whose save was not answered before the kill', () => {
  it('goes on with what was typed since, and is no other device', async () => {
    const before = await start()
    before.fill(TOPIC, { 'child.name': '甲' })
    const answer = phone.answer
    phone.answer = async (call) => {
      await answer(call)
      throw { errMsg: 'request:fail' }
    }
    await before.saveNow(TOPIC)
    before.fill(TOPIC, { 'child.name': '乙' })
    await expect.poll(() => before.draftOf(TOPIC)?.saved).toBe('phone')
    await new Promise((resolve) => setTimeout(resolve, 500))
    phone.answer = answer
    const after = await start()
    expect(after.draftOf(TOPIC)).toMatchObject({ body: { form: { 'child.name': '乙' } } })
    await after.saveNow(TOPIC)
    expect(server.draft).toMatchObject({ form: { 'child.name': '乙' } })
  })

  it('asks which to keep where another device really was there meanwhile', async () => {
    const before = await start()
    before.fill(TOPIC, { 'child.name': '甲' })
    await before.saveNow(TOPIC)
    const answer = phone.answer
    phone.answer = async () => { throw { errMsg: 'request:fail' } }
    before.fill(TOPIC, { 'child.name': '乙' })
    await before.saveNow(TOPIC)
    phone.answer = answer
    server.revision += 1
    server.draft = { ...(server.draft as object), form: { 'child.name': '别的手机' } }
    const after = await start()
    expect(after.draftOf(TOPIC)).toMatchObject({ saved: 'conflict', body: { form: { 'child.name': '乙' } } })
  })
})
