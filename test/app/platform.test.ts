import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '@/platform/bytes'
import { newId } from '@/platform/id'
import { goBack, goTo, pageUrl } from '@/platform/navigation'
import { judgePhoto, type Pixels } from '@/platform/photo-quality'
import { fitWithin, shrink } from '@/platform/photo-shrink'
import { request, RequestFailed } from '@/platform/request'
import { openSecrets, readSecret, wipeSecrets, writeSecret } from '@/platform/secret-storage'
import { sha256Hex } from '@/platform/sha256'
import { readItem } from '@/platform/storage'
import { phone } from './taro'

const NOW = new Date('2026-11-23T10:00:00+08:00')
const DAY_MS = 24 * 3600 * 1000
const KEY = Buffer.alloc(32, 7).toString('base64')

beforeEach(() => phone.reset())

describe('bytes', () => {
  it('UTF-8 and base64 agree with Node', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const bytes = toUtf8(text)
      expect(Buffer.from(bytes).equals(Buffer.from(text))).toBe(true)
      expect(fromUtf8(bytes)).toBe(text)
      expect(toBase64(bytes)).toBe(Buffer.from(text).toString('base64'))
      expect(fromBase64(toBase64(bytes))).toEqual(bytes)
    }))
  })

  it('SHA-256 agrees with Node', () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, index) => index % 251)
    expect(sha256Hex(bytes.buffer)).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('ids are UUIDs of version 4, each its own', async () => {
    const ids = await Promise.all(Array.from({ length: 50 }, newId))
    expect(new Set(ids).size).toBe(50)
    ids.forEach((id) =>
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/))
  })
})

describe('sealed drafts', () => {
  it('come back under the key, and lie closed on the phone', async () => {
    openSecrets(KEY)
    await writeSecret('draft', { name: '阿依努尔·买买提' }, NOW)
    expect(readSecret('draft', NOW)).toEqual({ name: '阿依努尔·买买提' })
    expect(JSON.stringify(readItem('sealed:draft'))).not.toContain('阿依努尔')
  })

  it('are gone after seven days, under another key and after logging out', async () => {
    openSecrets(KEY)
    await writeSecret('draft', 1, NOW)
    expect(readSecret('draft', new Date(NOW.getTime() + 8 * DAY_MS))).toBeUndefined()
    await writeSecret('draft', 1, NOW)
    openSecrets(Buffer.alloc(32, 8).toString('base64'))
    expect(readSecret('draft', NOW)).toBeUndefined()
    await writeSecret('draft', 1, NOW)
    wipeSecrets()
    openSecrets(KEY)
    expect(readSecret('draft', NOW)).toBeUndefined()
  })

  it('nothing is stored while there is no key', async () => {
    wipeSecrets()
    await writeSecret('draft', 1, NOW)
    expect(readItem('sealed:draft')).toBeUndefined()
  })
})

describe('request', () => {
  const failure = (path: string) => request(path).catch((error: unknown) => error)

  it('a dead network is OFFLINE, a slow one TIMEOUT', async () => {
    expect(await failure('/v1/home')).toMatchObject({ code: 'OFFLINE', status: 0 })
    phone.answer = async () => {
      throw { errMsg: 'request:fail timeout' }
    }
    expect(await failure('/v1/home')).toMatchObject({ code: 'TIMEOUT' })
  })

  it('a refusal keeps its code and detail; anything else is INTERNAL', async () => {
    phone.answer = async () => ({ statusCode: 409, data: { code: 'X', detail: { a: 1 } } })
    expect(await failure('/v1/x')).toEqual(expect.objectContaining(
      { code: 'X', detail: { a: 1 }, status: 409 }))
    phone.answer = async () => ({ statusCode: 502, data: '<html>' })
    expect(await failure('/v1/x')).toBeInstanceOf(RequestFailed)
    expect(await failure('/v1/x')).toMatchObject({ code: 'INTERNAL', status: 502 })
  })

  it('304 is a reply without a body, and the token travels as Bearer', async () => {
    phone.answer = async ({ header }) =>
      ({ statusCode: 304, data: '', header: { etag: String(header?.Authorization) } })
    expect(await request('/v1/x', { token: 't' }))
      .toEqual({ status: 304, body: undefined, etag: 'Bearer t' })
  })
})

it('pages open on top, and back from a deep link is home', () => {
  expect(pageUrl('topic', { id: 'a b', from: undefined })).toBe('/pages/topic/index?id=a%20b')
  phone.pages = ['/pages/topic/index']
  goBack()
  expect(phone.pages).toEqual(['/pages/home/index'])
  goTo('guide')
  expect(phone.pages.at(-1)).toBe('/pages/guide/index')
})

describe('photos', () => {
  const picture = (value: (x: number, y: number) => number): Pixels => {
    const [width, height] = [240, 180]
    const data = new Uint8ClampedArray(width * height * 4)
    for (let at = 0; at < width * height; at += 1) {
      data.fill(value(at % width, Math.floor(at / width)), at * 4, at * 4 + 3)
    }
    return { data, width, height }
  }
  const check = (x: number, y: number, size: number) =>
    (Math.floor(x / size) + Math.floor(y / size)) % 2

  it('a sharp page passes', () => {
    expect(judgePhoto(picture((x, y) => (check(x, y, 4) ? 210 : 60)), 3000)).toEqual(
      { blurred: false, shaken: false, dark: false, glare: false, small: false })
  })

  it('slow waves are blur, stripes are shake, night is dark, few pixels are few (U21)', () => {
    const soft = picture((x, y) => 128 + 90 * Math.sin(x / 20) * Math.sin(y / 20))
    expect(judgePhoto(soft, 3000).blurred).toBe(true)
    expect(judgePhoto(picture((_, y) => (y % 8 < 4 ? 200 : 60)), 3000).shaken).toBe(true)
    const night = judgePhoto(picture((x, y) => (check(x, y, 4) ? 50 : 5)), 900)
    expect(night).toMatchObject({ dark: true, small: true })
  })

  it('is shrunk to 0.4 MB, but never under 1600 px', async () => {
    const encode = async ({ width, height }: { width: number; height: number }, quality: number) =>
      new ArrayBuffer(Math.round(width * height * quality * 0.15))
    const light = await shrink({ width: 4000, height: 3000 }, encode)
    expect(light.bytes.byteLength).toBeLessThanOrEqual(400 * 1024)
    const heavy = await shrink({ width: 4000, height: 3000 }, async () => new ArrayBuffer(900_000))
    expect(Math.max(heavy.width, heavy.height)).toBe(1600)
    expect(fitWithin({ width: 300, height: 200 }, 2000)).toEqual({ width: 300, height: 200 })
  })
})
