/** 我的信息 through the front door: proof of who acts, devices, preferences, export, erasing, closing. */
import { randomUUID } from 'node:crypto'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Slots } from '../../core/contract/booking'
import type { Devices, MyHoldings, Preferences } from '../../core/contract/me'
import { HOLDINGS } from '../../core/holdings'
import { FORGET_MATERIAL, forgetMaterialHandler } from '../../server/materials/forget'
import { MESSAGE_SMS, messageSmsHandler } from '../../server/messages/sms'
import { REGION, type SignedIn, anyIdNumber, anyPhone, codeFor, startHarness } from './harness'
import { carryThrough, fileCase, ok, photographAndUpload } from './robot'

const h = await startHarness()
const newborn = h.platform.catalogue.topics.find(({ id }) => id === 'newborn')!
const MINUTE_MS = 60_000
const GONE_STALE_MS = 5 * MINUTE_MS + 1000

const get = <T>(who: SignedIn, url: string) => ok<T>(h, who, { method: 'GET', url })
const refusal = async (who: SignedIn | undefined, call: Parameters<typeof h.call>[1]) => {
  const response = await h.call(who, call)
  return [response.statusCode, response.statusCode < 300 ? 'ok' : response.json().code]
}
const CLOSE = { method: 'DELETE', url: '/v1/me' } as const
const EXPORT = { method: 'GET', url: '/v1/me/export' } as const

async function confirm(who: SignedIn & { phone: string }) {
  const { challenge } = await ok<{ challenge: string }>(h, who, {
    method: 'POST', url: '/v1/me/confirm/otp',
  })
  await h.deliver()
  const payload = { kind: 'sms', otp: codeFor(h, who.phone), challenge }
  return ok(h, who, { method: 'POST', url: '/v1/me/confirm', payload })
}

async function codeTo(phone: string) {
  const { challenge } = await ok<{ challenge: string }>(h, undefined, {
    method: 'POST', url: '/v1/session/otp', payload: { phone },
  })
  await h.deliver()
  return { phone, challenge, otp: codeFor(h, phone) }
}

const keepDraft = (who: SignedIn, materials: object = {}, form: object = {}) => {
  const draft = {
    requestId: randomUUID(), topicVersion: newborn.version, regionCode: REGION, answers: {}, form, materials,
    page: '',
  }
  return ok<{ keptUntil: string; savedAt: string }>(h, who, {
    method: 'PUT', url: '/v1/drafts/newborn', payload: { draft, basedOn: 0 },
  })
}

describe('a fresh code before what gives everything away', () => {
  it.each([EXPORT, CLOSE])('$method $url', async (call) => {
    const who = await h.citizen()
    h.pass(GONE_STALE_MS)
    expect(await refusal(who, call)).toEqual([403, 'CONFIRM_REQUIRED'])
    await confirm(who)
    expect(await refusal(who, call)).toEqual([200, 'ok'])
  })

  it('counts in the session that proved it, and for five minutes', async () => {
    const who = await h.citizen()
    h.pass(GONE_STALE_MS)
    const code = await codeTo(who.phone)
    const other = await ok<{ token: string }>(h, undefined, {
      method: 'POST', url: '/v1/session', payload: { kind: 'sms', ...code },
    })
    expect(other.token).toBeTruthy()
    expect(await refusal(who, EXPORT)).toEqual([403, 'CONFIRM_REQUIRED'])
  })

  it('survives a fresh token, and takes no code of another phone', async () => {
    const who = await h.citizen()
    const { token } = await ok<{ token: string }>(h, who, {
      method: 'POST', url: '/v1/session/renew',
    })
    const renewed = { ...who, token, headers: { authorization: `Bearer ${token}` } }
    expect(await refusal(renewed, EXPORT)).toEqual([200, 'ok'])
    h.pass(GONE_STALE_MS)
    const { otp, challenge } = await codeTo(anyPhone())
    const payload = { kind: 'sms', otp, challenge }
    expect(await refusal(renewed, { method: 'POST', url: '/v1/me/confirm', payload }))
      .toEqual([401, 'WRONG_CODE'])
  })

  it('by WeChat only where there is no phone', async () => {
    const payload = { kind: 'wechat', code: `wx-${randomUUID()}` }
    const made = await ok<{ token: string; me: { id: string } }>(h, undefined, {
      method: 'POST', url: '/v1/session', payload,
    })
    const who = {
      id: made.me.id, token: made.token, headers: { authorization: `Bearer ${made.token}` },
    }
    expect(await refusal(who, EXPORT)).toEqual([403, 'CONFIRM_REQUIRED'])
    const by = (code: string) =>
      ({ method: 'POST', url: '/v1/me/confirm', payload: { kind: 'wechat', code } }) as const
    expect(await refusal(who, by('somebody else'))).toEqual([401, 'WRONG_CODE'])
    expect(await refusal(who, by(payload.code))).toEqual([200, 'ok'])
    expect(await refusal(await h.citizen(), by(payload.code))).toEqual([403, 'NOT_ALLOWED'])
  })
})

describe('another phone number', () => {
  const change = (payload: object) => ({ method: 'POST', url: '/v1/me/phone', payload }) as const

  it('needs a code to the old one, or the identity, and one to the new', async () => {
    const idNumber = anyIdNumber()
    const who = await h.citizen({ idNumber })
    h.pass(GONE_STALE_MS)
    const given = await codeTo(anyPhone())
    expect(await refusal(who, change(given))).toEqual([403, 'CONFIRM_REQUIRED'])
    const wrong = { name: who.name, idNumber: anyIdNumber() }
    expect(await refusal(who, change({ ...given, identity: wrong })))
      .toEqual([422, 'IDENTITY_MISMATCH'])
    const identity = { name: who.name, idNumber }
    expect(await refusal(who, change({ ...given, otp: '000000', identity })))
      .toEqual([401, 'WRONG_CODE'])
    const me = await ok<{ phone: string }>(h, who, change({ ...given, identity }))
    expect(me.phone.slice(-2)).toBe(given.phone.slice(-2))
    await h.deliver()
    expect(h.world.sms.filter(({ phone }) => phone === who.phone).at(-1)?.text)
      .toContain('已更换手机号')
  })

  it('signs every other device out and refuses the number of another account', async () => {
    const who = await h.citizen()
    h.pass(MINUTE_MS + 1000)
    const elsewhere = await h.citizen({ phone: who.phone, verified: false })
    expect(elsewhere.id).toBe(who.id)
    const taken = await h.citizen()
    h.pass(MINUTE_MS + 1000)
    expect(await refusal(who, change(await codeTo(taken.phone)))).toEqual([409, 'PHONE_TAKEN'])
    expect(await refusal(who, change(await codeTo(anyPhone())))).toEqual([200, 'ok'])
    expect(await refusal(elsewhere, { method: 'GET', url: '/v1/me' }))
      .toEqual([401, 'NOT_SIGNED_IN'])
    expect(await refusal(who, { method: 'GET', url: '/v1/me' })).toEqual([200, 'ok'])
  })
})

describe('devices', () => {
  it('are listed with their kind, and end at once, one or all others', async () => {
    const who = await h.citizen()
    const signIn = async (userAgent: string) => {
      h.pass(MINUTE_MS + 1000)
      const code = await codeTo(who.phone)
      const { token } = await ok<{ token: string }>(h, undefined, {
        method: 'POST', url: '/v1/session', payload: { kind: 'sms', ...code },
        headers: { 'user-agent': userAgent },
      })
      return { id: who.id, token, headers: { authorization: `Bearer ${token}` } }
    }
    const mini = await signIn('Mozilla/5.0 (Linux; Android 13) MicroMessenger/8.0 MiniProgramEnv')
    const laptop = await signIn('Mozilla/5.0 (Windows NT 10.0; Win64; x64)')
    const { devices } = await get<Devices>(who, '/v1/me/devices')
    expect(devices.map(({ device }) => device)).toEqual(['other', 'computer', 'wechat'])
    expect(devices.filter(({ current }) => current)).toHaveLength(1)
    const id = devices.find(({ device }) => device === 'wechat')?.id
    const end = { method: 'DELETE', url: `/v1/me/devices?id=${id}` } as const
    const me = { method: 'GET', url: '/v1/me' } as const
    await ok(h, await h.citizen(), end)
    expect(await refusal(mini, me)).toEqual([200, 'ok'])
    await ok(h, who, end)
    expect(await refusal(mini, me)).toEqual([401, 'NOT_SIGNED_IN'])
    expect(await refusal(laptop, me)).toEqual([200, 'ok'])
    await ok(h, who, { method: 'DELETE', url: '/v1/me/devices' })
    expect(await refusal(laptop, me)).toEqual([401, 'NOT_SIGNED_IN'])
    expect(await refusal(who, me)).toEqual([200, 'ok'])
  })
})

describe('message preferences', () => {
  it('silence the SMS of a kind, never the message, never what the law wants told', async () => {
    const who = await h.citizen()
    const before = await get<Preferences>(who, '/v1/me/preferences')
    expect(before).toMatchObject({
      sms: { progress: true, signing: true, reminder: true }, phone: true,
    })
    const put = (sms: object) =>
      ({ method: 'PUT', url: '/v1/me/preferences', payload: { sms } }) as const
    expect(await refusal(who, put({ legal: false }))).toEqual([400, 'MALFORMED'])
    expect((await ok<Preferences>(h, who, put({ progress: false }))).sms)
      .toEqual({ progress: false, signing: true, reminder: true })
    const { view } = await fileCase(h, who, { topicId: 'newborn' })
    const texts = async () => {
      await h.deliver({ [MESSAGE_SMS]: messageSmsHandler(h.platform) })
      return h.world.sms.filter(({ phone, text }) => phone === who.phone && !text.includes('验证码'))
    }
    expect(await texts()).toEqual([])
    const { messages } = await get<{ messages: { title: string }[] }>(who, '/v1/messages')
    expect(messages.map(({ title }) => title)).toContain('已提交')
    const reason = { reason: '不属于受理范围', remedy: '可在六十日内申请行政复议' }
    await ok(h, await h.window(REGION), {
      method: 'POST', url: `/v1/cases/${view.id}/actions`,
      payload: { do: 'refuse', requestId: randomUUID(), ...reason },
    })
    expect((await texts()).map(({ text }) => text)).toEqual([expect.stringContaining('不予受理')])
    await ok(h, who, put({ progress: true }))
    await fileCase(h, who, { topicId: 'newborn', seed: 2 })
    expect((await texts()).at(-1)?.text).toContain('已提交')
  })
})

describe('erasing', () => {
  it('drafts first, then the photos nothing uses; a draft keeps its own', async () => {
    const who = await h.citizen()
    const used = await photographAndUpload(h, who)
    const loose = await photographAndUpload(h, who)
    const key = newborn.materials[0]?.key ?? ''
    const { savedAt, keptUntil } = await keepDraft(who, { [key]: { by: 'photos', ids: [used] } })
    expect((Date.parse(keptUntil) - Date.parse(savedAt)) / 86_400_000).toBe(HOLDINGS.drafts.days)
    const held = () => get<MyHoldings>(who, '/v1/me/holdings')
    expect(await held()).toMatchObject({ unusedPhotos: 1, counts: { drafts: 1, photos: 2 } })
    const erase = (what: string) =>
      ok(h, who, { method: 'POST', url: '/v1/me/erase', payload: { what } })
    expect(await erase('photos')).toEqual({ count: 1 })
    expect(await refusal(who, { method: 'GET', url: `/v1/materials/${loose}/file` }))
      .toEqual([404, 'NOT_FOUND'])
    expect(await refusal(who, { method: 'GET', url: `/v1/materials/${used}/file` }))
      .toEqual([200, 'ok'])
    const blob = 'select blob_id from materials where id = $1'
    const blobId = String((await h.asOwner(blob, [used]))[0]?.blob_id)
    expect(await erase('drafts')).toEqual({ count: 1 })
    expect(await erase('photos')).toEqual({ count: 1 })
    expect(await held()).toMatchObject({ unusedPhotos: 0, counts: { drafts: 0, photos: 0 } })
    await h.platform.blobs.get(blobId)
    await h.deliver({ [FORGET_MATERIAL]: forgetMaterialHandler(h.platform) })
    await expect(h.platform.blobs.get(blobId)).rejects.toThrow()
  })
})

describe('export', () => {
  it('holds every kind, in words, with the photos', async () => {
    const idNumber = anyIdNumber()
    const who = await h.citizen({ name: '帕提古丽·样例', idNumber })
    const filed = await fileCase(h, who, { topicId: 'newborn', seed: 3 })
    await carryThrough(h, who, filed)
    await keepDraft(who, {}, { 'child.name': '草稿里的名字' })
    await photographAndUpload(h, who)
    h.pass(GONE_STALE_MS)
    await confirm(who)
    const response = await h.call(who, EXPORT)
    expect(response.headers['content-type']).toBe('application/zip')
    const files = unzipSync(new Uint8Array(response.rawPayload))
    const text = Buffer.from(files['我的信息.json'] ?? []).toString()
    const told = JSON.parse(text) as Record<string, { 内容: unknown }>
    for (const { title } of Object.values(HOLDINGS)) expect(told[title], title).toBeTruthy()
    const values = [who.phone, who.name, idNumber, '草稿里的名字', filed.view.number]
    for (const value of [...values, ...Object.values(filed.submission.form)]) {
      const field = filed.topic.fields.find(({ options }) =>
        options?.some((option) => option.value === value))
      if (!field) expect(text).toContain(JSON.stringify(value).slice(1, -1))
    }
    const photos = Object.entries(files).filter(([name]) => name.startsWith('照片和文件/'))
    const { counts } = await get<MyHoldings>(who, '/v1/me/holdings')
    expect(photos).toHaveLength(counts.photos)
    for (const [, bytes] of photos) expect(bytes.length).toBeGreaterThan(100)
  })
})

describe('closing the account', () => {
  it('waits for open cases, and says how many', async () => {
    const who = await h.citizen()
    await fileCase(h, who, { topicId: 'newborn', seed: 4 })
    const response = await h.call(who, CLOSE)
    expect(response.json()).toEqual({ code: 'CASES_OPEN', detail: { count: 1 } })
    expect(await refusal(who, { method: 'GET', url: '/v1/me' })).toEqual([200, 'ok'])
  })

  it('leaves nothing in any table but the finished case and the access log', async () => {
    const idNumber = anyIdNumber()
    const who = await h.citizen({ name: '注销测试·样例', idNumber })
    const filed = await fileCase(h, who, { topicId: 'newborn', seed: 5 })
    await carryThrough(h, who, filed)
    await keepDraft(who)
    await ok(h, who, { method: 'POST', url: '/v1/drafts/newborn/pick-up' })
    const loose = await photographAndUpload(h, who)
    await ok(h, who, { method: 'PUT', url: '/v1/me/preferences', payload: { sms: { progress: true } } })
    const hallId = 'kashgar-city-hall'
    const { days } = await get<Slots>(who, `/v1/bookings/slots?hall=${hallId}&kind=inquiry`)
    const slot = `${days.at(-1)?.day}T${days.at(-1)?.slots[0]?.time}`
    const payload = { requestId: randomUUID(), hallId, windowKind: 'inquiry', slot }
    await ok(h, who, { method: 'POST', url: '/v1/bookings', payload })
    await ok(h, who, {
      method: 'POST', url: '/v1/me/wechat-consent', payload: { code: 'any', accepted: ['legal'] },
    })
    h.pass(GONE_STALE_MS)
    await confirm(who)
    expect(await traces(who.id)).toEqual(expect.arrayContaining(ERASED))
    const told = await h.asOwner('select id from messages where person_id = $1', [who.id])
    const messageIds = told.map(({ id }) => id)
    expect(await h.asOwner('select 1 from outbox where key = any($1)', [messageIds]))
      .toHaveLength(messageIds.length)
    expect(await refusal(who, CLOSE)).toEqual([200, 'ok'])
    expect(await traces(who.id)).toEqual(KEPT)
    const [person] = await h.asOwner('select * from people where id = $1', [who.id])
    const left = Object.entries(person ?? {}).filter(([, value]) => value !== null)
    expect(left.map(([name]) => name).sort()).toEqual(['closed_at', 'created_at', 'elder', 'id', 'kind'])
    expect(await h.asOwner('select 1 from materials where id = $1', [loose])).toEqual([])
    const queued = await h.asOwner('select 1 from outbox where key = any($1)', [messageIds])
    expect(queued).toEqual([])
    expect(await refusal(who, { method: 'GET', url: '/v1/me' })).toEqual([401, 'NOT_SIGNED_IN'])
    h.pass(MINUTE_MS + 1000)
    const again = await h.citizen({ phone: who.phone, name: who.name, idNumber })
    expect(again.id).not.toBe(who.id)
    expect(await get(again, '/v1/cases')).toEqual({ cases: [], next: null })
  })

  it('knows every table that points at a person', async () => {
    const rows = await h.asOwner(
      `select conrelid::regclass::text as name from pg_constraint
        where contype = 'f' and confrelid = 'people'::regclass`)
    const known = new Set([...ERASED, ...KEPT, ...OF_OTHERS])
    expect(rows.map(({ name }) => String(name)).filter((name) => !known.has(name))).toEqual([])
  })
})

/** Emptied for whoever closes their account. */
const ERASED = [
  'bookings', 'drafts', 'message_preferences', 'messages', 'pick_up_codes', 'sessions', 'wechat_reach',
]
/** What points at the person afterwards: the law keeps it. Sorted. */
const KEPT = ['audit', 'case_events', 'cases', 'materials', 'people']
/**
 * Kept by those who entrusted somebody or asked for help, as a signature under somebody else's case,
 * or as what a clerk once opened.
 */
const OF_OTHERS = ['counters', 'mandates', 'people', 'signing_invitations', 'signings', 'tickets']

/** The tables in which the id of a person stands in any column of any row. Sorted. */
async function traces(id: string): Promise<string[]> {
  const tables = await h.asOwner(
    `select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`)
  const found = []
  for (const { name } of tables) {
    const rows = await h.asOwner(
      `select 1 from "${String(name)}" t where t::text like '%' || $1 || '%' limit 1`, [id])
    if (rows.length > 0) found.push(String(name))
  }
  return found.sort()
}
