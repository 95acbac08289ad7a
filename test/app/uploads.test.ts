/** Photos on their way: one that fails drops no other, and each refusal says what to do (U20, U21). */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { REFUSALS, type RefusalCode, say } from '@core/refusal'
import { draftOf, dropDraft, openDraft } from '@/stores/drafts'
import { addShot, clearUploads, retryShot, useUploads } from '@/stores/uploads'
import { phone } from './taro'

const TOPIC = 'some-topic'
const idOf = (sha256: string) => `00000000-0000-4000-8000-0000000${sha256.slice(0, 5)}`
const shaOf = (n: number) => String(n).padStart(5, '0').padEnd(64, '0')
const shot = (n: number) => ({
  topicId: TOPIC, key: `mother.paper-${n % 3}`, place: Math.floor(n / 3),
  photo: { bytes: new ArrayBuffer(4), sha256: shaOf(n), name: `${n}.jpg` },
})
const states = () => useUploads.getState().shots.map(({ state }) => state.is)
const settled = () => states().every((state) => state === 'done' || state === 'failed')

/** How often the platform still refuses each photo, and with what. */
let refusals: Map<string, { times: number; code: string }>

beforeEach(async () => {
  phone.reset()
  refusals = new Map()
  phone.answer = async ({ url, method, data }) => {
    const { sha256 = '' } = (data ?? {}) as { sha256?: string } // what uploadPhoto sends
    if (method !== 'POST' || !url.endsWith('/materials')) {
      return { statusCode: 404, data: { code: 'NOT_FOUND', detail: {} } }
    }
    const refusal = refusals.get(sha256)
    if (refusal && refusal.times > 0) {
      refusal.times -= 1
      if (refusal.code === 'OFFLINE') throw { errMsg: 'request:fail' }
      return { statusCode: 422, data: { code: refusal.code, detail: { seconds: 9 } } }
    }
    return {
      statusCode: 200,
      data: { id: idOf(sha256), state: 'ready', name: '', chunkBytes: 1, chunks: 0, received: [] },
    }
  }
  await openDraft(TOPIC, { topicVersion: 1, regionCode: '653101' })
})
afterEach(() => {
  clearUploads()
  dropDraft(TOPIC)
})

describe('several photos at once', () => {
  it('whichever fail, the others arrive; tried again, all are there, each in its own place', async () => {
    const codes = fc.constantFrom('BAD_FILE', 'INTERNAL', 'TOO_MANY_PIXELS', 'OFFLINE')
    const anyPhotos = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), codes), { minLength: 2, maxLength: 12 })
    await fc.assert(fc.asyncProperty(anyPhotos, async (photos) => {
      photos.forEach(([times, code], n) => refusals.set(shaOf(n), { times, code }))
      photos.forEach((_, n) => addShot(shot(n)))
      await expect.poll(settled, { interval: 2 }).toBe(true)
      const { shots } = useUploads.getState()
      expect(shots).toHaveLength(photos.length)
      const failed = shots.filter(({ state }) => state.is === 'failed')
      expect(failed.map(({ photo }) => photo?.sha256).sort())
        .toEqual(photos.flatMap(([times], n) => (times > 0 ? [shaOf(n)] : [])).sort())
      failed.forEach(retryShot)
      await expect.poll(() => states().every((state) => state === 'done'), { interval: 2 }).toBe(true)
      for (const key of [0, 1, 2]) {
        const mine = photos.flatMap((_, n) => (n % 3 === key ? [idOf(shaOf(n))] : []))
        expect(draftOf(TOPIC)!.body.materials[`mother.paper-${key}`])
          .toEqual(mine.length > 0 ? { by: 'photos', ids: mine } : undefined)
      }
      clearUploads()
      dropDraft(TOPIC)
      await openDraft(TOPIC, { topicVersion: 1, regionCode: '653101' })
    }), { numRuns: 15 })
  })
})

describe('a photo the platform refuses', () => {
  /** Every refusal of an upload, and words of the sentence that tell the citizen what to do. */
  const TOLD: Partial<Record<RefusalCode, RegExp>> = {
    BAD_FILE: /上传清晰的照片/,
    HEIC_UNSUPPORTED: /改为“兼容性最佳”，或换一张 JPG/,
    TOO_MANY_PIXELS: /用普通相机模式重拍/,
    TOO_LARGE: /不能超过 10 MB/,
    TOO_MANY_FILES: /已到上限/,
    CHUNK_MISMATCH: /没有传完整，请重试/,
    TOO_MANY_REQUESTS: /9 秒后再试/,
    NOT_FOUND: /没有找到/,
  }

  it.each(Object.entries(TOLD))('%s says what is wrong in plain Chinese, beside that photo', async (code, words) => {
    refusals.set(shaOf(1), { times: 9, code })
    addShot(shot(1))
    addShot(shot(2))
    await expect.poll(settled).toBe(true)
    const reasons = useUploads.getState().shots.flatMap(({ state }) => (state.is === 'failed' ? [state.reason] : []))
    expect(reasons).toEqual([expect.stringMatching(words)])
    expect(reasons[0]).toMatch(/。$/)
    expect(reasons[0]).not.toMatch(/[{}]|[a-z]{4,}|undefined/)
    expect(states()).toContain('done')
  })

  it('is one of these: the table knows every refusal the platform has for an upload', () => {
    const at = (file: string) => readFileSync(path.resolve(import.meta.dirname, '../../server', file), 'utf8')
    const source = at('materials/service.ts') + at('materials/file.ts')
    const codes = [...source.matchAll(/'([A-Z][A-Z_]+)'/g)].map(([, code]) => code!)
      .filter((code) => code in REFUSALS) as RefusalCode[] // just looked up
    expect(codes).toContain('BAD_FILE')
    expect(codes.filter((code) => !(code in TOLD) && code !== 'MALFORMED')).toEqual([])
    codes.forEach((code) => expect(say({ code, detail: {} })).toMatch(/^[^{}]+。$/))
  })
})
