/**
 * One birth from sign-in to rating, with values nobody else has. Afterwards none of them is in the
 * database, in the files or in the logs (S52, S57), every call left its row (S55), and what is
 * evidence cannot be changed even by the owner of the database (S51).
 */
import { createHash, randomUUID } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { sql } from 'kysely'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { CaseView, Result } from '../../core/contract/case'
import { CHUNK_BYTES, type Upload } from '../../core/contract/material'
import type { AccessLog } from '../../core/contract/session'
import { departmentHandlers } from '../../server/departments/send'
import { openLog } from '../../server/log'
import { MESSAGE_SMS, messageSmsHandler } from '../../server/messages/sms'
import { runOutbox } from '../../server/outbox/worker'
import { SMS_TOPIC, smsHandler } from '../../server/session/sms'
import { REGION, type SignedIn, anyIdNumber, anyPhone, startHarness } from './harness'
import { atWindow, departmentsFinish, fileCase, ok } from './robot'

const logged: string[] = []
const log = openLog('trace', { write: (line: string) => void logged.push(line) })
const h = await startHarness({ log })
const { world, platform } = h

/** Calls that touch nobody's data, or are part of what another row already tells. */
const WITHOUT_ROW = [
  /^GET \/v1\/(topics|find|life|regions|calendar|health|openapi)/, /^POST \/v1\/session\/otp$/,
  /^PUT \/v1\/materials\/[^/]+\/chunks\//,
]
/** Calls that were answered without leaving a row. */
const silent: string[] = []
const replies: string[] = []
const plainCall = h.call
let queue: Promise<unknown> = Promise.resolve()

/** One call after the other, so that each must leave a row of its own. */
h.call = (who: SignedIn | undefined, options: InjectOptions) => {
  const turn = queue.then(async () => {
    const before = await rowsOfAudit()
    const response = await plainCall(who, options)
    const name = `${options.method} ${String(options.url)}`
    if (response.statusCode >= 400) replies.push(response.body)
    else if (!WITHOUT_ROW.some((one) => one.test(name)) && await rowsOfAudit() === before) {
      silent.push(name)
    }
    return response
  })
  queue = turn.catch(() => undefined)
  return turn
}

async function rowsOfAudit(): Promise<number> {
  return Number((await h.asOwner('select count(*) as n from audit'))[0]?.n)
}

const FORM = {
  'mother.name': '热依汗古丽·吐尔逊麦麦提', 'mother.phone': anyPhone(),
  'child.name': '祖丽皮努尔·热依汗古丽', 'mother.hukouAddress': '色力布亚路柳荫巷八十七号附四',
}
const COMMENT = '窗口的同志帮我复印了结婚证'
const CERTIFICATE = 'P653101876543'
const me = { phone: anyPhone(), name: FORM['mother.name'], idNumber: anyIdNumber() }
const PHOTO_NAME = '热依汗古丽的身份证.jpg'

const get = (who: SignedIn | undefined, url: string) => ok(h, who, { method: 'GET', url })
const post = <T>(who: SignedIn, url: string, payload: object = {}) =>
  ok<T>(h, who, { method: 'POST', url, payload: { requestId: randomUUID(), ...payload } })

/** With more in it than a camera's usual, and its maker's words in the EXIF data. */
async function uploadPhoto(owner: SignedIn): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const taken = await sharp({ create: { width: 320, height: 240, channels: 3, noise,
    background: 'white' } }).withExif({ IFD0: { Artist: PHOTO_NAME } }).jpeg().toBuffer()
  const sha256 = createHash('sha256').update(taken).digest('hex')
  const start = await ok<Upload>(h, owner, {
    method: 'POST', url: '/v1/materials', payload: { sha256, size: taken.length, name: PHOTO_NAME },
  })
  for (let n = 0; n < start.chunks; n += 1) {
    await ok(h, owner, {
      method: 'PUT', url: `/v1/materials/${start.id}/chunks/${n}`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: taken.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES),
    })
  }
  await get(owner, `/v1/materials/${start.id}`)
  await ok(h, owner, { method: 'POST', url: `/v1/materials/${start.id}/finish` })
  const file = await h.call(owner, { method: 'GET', url: `/v1/materials/${start.id}/file` })
  return file.rawPayload
}

let photo: Buffer

/** The whole way; answers every value that must be found nowhere. */
async function liveThrough(): Promise<Set<string>> {
  world.identityData = { hukouAddress: FORM['mother.hukouAddress'] }
  world.certificates = [{
    id: 'c1', type: 'resident-id', name: '居民身份证', number: CERTIFICATE, holder: 'me',
    holderName: me.name, issuedOn: '2020-01-01', validUntil: null, issuer: '公安局',
    people: { me: { hukouAddress: FORM['mother.hukouAddress'] } },
  }]
  const owner = await h.citizen(me)
  for (const url of ['/v1/home', '/v1/me', '/v1/me/certificates']) await get(owner, url)
  await ok(h, owner, { method: 'PUT', url: '/v1/me', payload: { region: REGION } })
  photo = await uploadPhoto(owner)
  await keepDraft(owner)
  const filed = await fileCase(h, owner, { topicId: 'newborn', form: FORM })
  const { view, filled } = filed
  expect(filled.form).toMatchObject(FORM)
  const clerk = await h.window(REGION)
  for (const path of ['', '/content', '/notice']) {
    for (const who of [owner, clerk]) await get(who, `/v1/cases/${view.id}${path}`)
  }
  await get(owner, '/v1/cases')
  await get(clerk, '/v1/desk/cases?state=submitted')
  await atWindow(h, clerk, view.id, 'accept')
  await atWindow(h, clerk, view.id, 'dispatch')
  await departmentsFinish(h, filed)
  const results = await openResults(owner, view.id)
  await atWindow(h, clerk, view.id, 'hand-over')
  await post(owner, `/v1/cases/${view.id}/ratings`, { stars: 2, comment: COMMENT })
  await readMessages(owner)
  await keepDraft(owner)
  await post(owner, `/v1/cases/${view.id}/ratings`, { stars: 9, comment: COMMENT.repeat(99) })
    .catch(() => undefined)
  return new Set([
    ...await leave(owner),
    ...personal(filled.form), ...Object.values(me), ...results, COMMENT, CERTIFICATE, PHOTO_NAME,
  ])
}

function personal(form: Readonly<Record<string, string>>): string[] {
  const topic = platform.catalogue.topics.find(({ id }) => id === 'newborn')
  const types = new Set(['name', 'idNumber', 'phone', 'address', 'certificateNumber', 'text'])
  return Object.entries(form).filter(([key]) =>
    types.has(topic?.fields.find((field) => field.key === key)?.type ?? '')).map(([, text]) => text)
}

/** Opened, and verified by their codes; answers the numbers that did not exist before. */
async function openResults(owner: SignedIn, caseId: string): Promise<string[]> {
  const { tasks } = await get(owner, `/v1/cases/${caseId}`) as CaseView
  const found: string[] = []
  for (const { result } of tasks) {
    if (!result) continue
    const { verifyCode, values } = await get(owner, `/v1/results/${result.id}`) as Result
    await get(undefined, `/v1/verify/${verifyCode}`)
    found.push(verifyCode, ...values.map(({ value }) => value))
  }
  return found
}

/** With a fresh token, then for good; answers the tokens. */
async function leave(owner: SignedIn): Promise<string[]> {
  const { token } = await ok<{ token: string }>(h, owner, {
    method: 'POST', url: '/v1/session/renew',
  })
  const headers = { authorization: `Bearer ${token}` }
  await ok(h, undefined, { method: 'DELETE', url: '/v1/session', headers })
  return [owner.token, token]
}

/** A draft saved, read, thrown away, and saved again to stay. */
async function keepDraft(owner: SignedIn): Promise<void> {
  const url = '/v1/drafts/newborn'
  const draft = {
    requestId: randomUUID(), regionCode: REGION, answers: {}, form: FORM, materials: {}, page: '',
    topicVersion: platform.catalogue.topics.find(({ id }) => id === 'newborn')!.version,
  }
  const save = () => ok(h, owner, { method: 'PUT', url, payload: { draft, basedOn: 0 } })
  await save()
  await get(owner, url)
  await ok(h, owner, { method: 'DELETE', url })
  await save()
}

async function readMessages(owner: SignedIn): Promise<void> {
  const { messages } = await get(owner, '/v1/messages') as { messages: { id: string }[] }
  await post(owner, `/v1/messages/${messages[0]?.id}/read`)
  const { entries } = await get(owner, '/v1/me/access-log?limit=100') as AccessLog
  expect(entries.map(({ who }) => who)).toContain('持有核验码的人')
}

const canaries = await liveThrough()

/** As it may lie there: as text, in the dump of a bytea, in base64, escaped by JSON. */
function disguises(value: string): string[] {
  const bytes = Buffer.from(value)
  const escaped = [...value].map((c) => (c < '\x80' ? c : unicode(c))).join('')
  return [value, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), escaped]
}

const unicode = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`

function found(text: string): string[] {
  return [...canaries].filter((value) => disguises(value).some((form) => text.includes(form)))
}

describe('after one birth, none of what it told', () => {
  it('S52: is in any row of any table', async () => {
    expect(canaries.size).toBeGreaterThan(20)
    const tables = await h.asOwner(
      `select quote_ident(table_name) as name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE'`)
    expect(tables.length).toBeGreaterThan(15)
    for (const { name } of tables) {
      const rows = await h.asOwner(`select t::text as text from ${String(name)} t`)
      expect(found(rows.map(({ text }) => String(text)).join('\n')), String(name)).toEqual([])
    }
  })

  it('S52: is in any file of the materials', async () => {
    const folder = join(platform.config.dataDir, 'materials')
    const files = await readdir(folder, { recursive: true, withFileTypes: true })
    const contents = await Promise.all(files.filter((file) => file.isFile())
      .map((file) => readFile(join(file.parentPath, file.name), 'latin1')))
    expect(contents.length).toBeGreaterThan(5)
    const raw = [...canaries].map((value) => Buffer.from(value).toString('latin1'))
    for (let at = 0; at < photo.length; at += 997) {
      raw.push(photo.subarray(at, at + 16).toString('latin1'))
    }
    for (const content of contents) {
      expect(found(content)).toEqual([])
      expect(raw.filter((value) => content.includes(value))).toEqual([])
    }
  })

  it('S57: is in the logs, also when deliveries and the database fail', async () => {
    await failEverywhere()
    expect(logged.length).toBeGreaterThan(50)
    expect(logged.join('')).toMatch(/"level":50/)
    expect(found(logged.join(''))).toEqual([])
    expect(replies.length).toBeGreaterThan(0)
    expect(found(replies.join(''))).toEqual([])
  })
})

/** Every way out is shut, a sealed value is broken, and a form comes full of nonsense. */
async function failEverywhere(): Promise<void> {
  h.pass(61_000) // till the next code may be asked for
  const owner = await h.citizen({ ...me, verified: false })
  const [row] = await h.asOwner('select id from cases')
  world.down = new Set(['sms', 'departments', 'certificates', 'identity'])
  await h.call(owner, { method: 'POST', url: '/v1/cases', payload: { form: FORM, ...me } })
  await h.call(owner, { method: 'GET', url: '/v1/me/certificates' })
  await h.asOwner(`update cases set content_sealed = 'broken' where id = $1`, [row?.id])
  await h.call(owner, { method: 'GET', url: `/v1/cases/${row?.id}/content` })
  const outbox = runOutbox({
    database: platform.db, now: platform.now, log: platform.log, random: Math.random,
    handlers: {
      ...departmentHandlers(platform), [MESSAGE_SMS]: messageSmsHandler(platform),
      [SMS_TOPIC]: smsHandler(platform),
    },
  })
  await expect.poll(async () =>
    (await h.asOwner('select 1 from outbox where last_error is not null')).length).toBeGreaterThan(0)
  await outbox.stop()
}

it('S55: every read of personal data and every write left a row', () => {
  expect(silent).toEqual([])
})

describe('S51: what is evidence only grows', () => {
  const EVIDENCE = ['audit', 'case_events', 'topic_versions'] as const
  it.each(EVIDENCE)('%s', async (table) => {
    const [{ n: before } = {}] = await h.asOwner(`select count(*) as n from ${table}`)
    expect(Number(before)).toBeGreaterThan(0)
    const column = { audit: 'what', case_events: 'by_name', topic_versions: 'hash' }[table]
    const changes = [
      `update ${table} set ${column} = 'x'`, `delete from ${table}`, `truncate ${table} cascade`,
    ]
    for (const change of changes) {
      await expect(sql.raw(change).execute(platform.db.db)).rejects.toThrow('permission denied')
      await expect(h.asOwner(change)).rejects.toThrow('only grows')
    }
    const [{ n: after } = {}] = await h.asOwner(`select count(*) as n from ${table}`)
    expect(after).toBe(before)
  })
})
