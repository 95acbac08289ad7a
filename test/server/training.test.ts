/** The training room: what is there in it and nowhere else, and that its database stays one. */
import { randomUUID } from 'node:crypto'
import { PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { needsDepartment } from '../../core/account'
import type { CasePage, CaseContent } from '../../core/contract/case'
import type { TrainingAccounts, PracticeBatch } from '../../core/contract/training'
import { idNumberFacts } from '../../core/values'
import { STAFF_ROLES } from '../../core/contract/session'
import { seedDemo } from '../../server/demo'
import { fillForPractice } from '../../server/training/citizen'
import { isSignedByOne } from '../../server/training/filling'
import { BATCH } from '../../server/training/practice'
import { textOf } from './fixtures/pdf-text'
import { type Harness, type SignedIn, anyAddress, startHarness } from './harness'
import { ok } from './robot'

const room = await startHarness({ training: true })
await seedDemo(room.platform)
const plain = await startHarness()
await seedDemo(plain.platform)

const accountsOf = (h: Harness) =>
  h.call(undefined, { method: 'GET', url: '/v1/training/accounts' })
const make = (h: Harness, who: SignedIn | undefined, requestId: string = randomUUID()) =>
  h.call(who, { method: 'POST', url: '/v1/training/cases', payload: { requestId } })

async function signInAs(login: string): Promise<SignedIn> {
  const { accounts } = (await accountsOf(room)).json<TrainingAccounts>()
  const { password, totp } = accounts.find((one) => one.login === login)!
  const { token, staff } = await ok<{ token: string; staff: { id: string } }>(room, undefined, {
    method: 'POST', url: '/v1/staff/session', remoteAddress: anyAddress(),
    payload: { login, password, totp },
  })
  return { id: staff.id, token, headers: { authorization: `Bearer ${token}` } }
}

describe('outside a training room', () => {
  it('nothing of it is there, for nobody', async () => {
    const health = await plain.call(undefined, { method: 'GET', url: '/v1/health' })
    expect(health.json()).toEqual({ ok: true })
    const everybody = [undefined, await plain.staff('system-admin', { region: '653100' })]
    for (const who of everybody) {
      for (const reply of [await accountsOf(plain), await make(plain, who)]) {
        expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([404, 'NOT_FOUND'])
        expect(reply.body).not.toMatch(/Yanshi|window-kashgar/)
      }
    }
  })
})

describe('a training room', () => {
  it('says that it is one', async () => {
    const health = await room.call(undefined, { method: 'GET', url: '/v1/health' })
    expect(health.json()).toEqual({ ok: true, training: true })
  })

  it('lists every invented account, and each signs in, two after another in half a minute', async () => {
    const { accounts } = (await accountsOf(room)).json<TrainingAccounts>()
    expect(new Set(accounts.map(({ role }) => role))).toEqual(new Set(STAFF_ROLES))
    await signInAs('window-shufu')
    await signInAs('window-shufu')
  })

  it('does not list who is shut', async () => {
    await room.asOwner(`update staff set disabled_at = now() where login = 'window-zepu'`)
    const { accounts } = (await accountsOf(room)).json<TrainingAccounts>()
    expect(accounts.some(({ login }) => login === 'window-zepu')).toBe(false)
    await room.asOwner(`update staff set disabled_at = null where login = 'window-zepu'`)
  })
})

describe('practice cases', () => {
  let batch: PracticeBatch
  const requestId = randomUUID()

  it('are made by whoever looks after the room, and by nobody else', async () => {
    for (const role of STAFF_ROLES.filter((one) => one !== 'system-admin')) {
      const of = { region: '653100', ...(needsDepartment(role) ? { department: 'health' } : {}) }
      const reply = await make(room, await room.staff(role, of))
      expect(reply.json<{ code: string }>().code, role).toBe('NOT_ALLOWED')
    }
    expect((await make(room, undefined)).json<{ code: string }>().code).toBe('NOT_SIGNED_IN')
  })

  it('spread over topics, counties and desks, of people nobody is', async () => {
    const reply = await make(room, await signInAs('system-admin'), requestId)
    expect(reply.body).not.toContain('"code"')
    batch = reply.json<PracticeBatch>()
    const count = (key: 'state' | 'region' | 'topicTitle', value: string) =>
      batch.cases.filter((one) => one[key] === value).length
    expect(batch.cases).toHaveLength(BATCH)
    expect(['submitted', 'handling', 'ready'].map((state) => count('state', state))).toEqual([4, 4, 4])
    expect(new Set(batch.cases.map(({ region }) => region)).size).toBe(12)
    expect(new Set(batch.cases.map(({ topicTitle }) => topicTitle)).size).toBeGreaterThan(9)
    const numbers = await room.asOwner('select number from cases')
    expect(numbers).toHaveLength(BATCH)
  })

  it('lie at the desks, complete and with their photos', async () => {
    const clerk = await signInAs('window-kashgar')
    const { cases } = await ok<CasePage>(room, clerk, {
      method: 'GET', url: '/v1/desk/cases?state=submitted',
    })
    expect(cases).toHaveLength(4)
    for (const { id } of batch.cases) {
      const { form, materials } = await ok<CaseContent>(room, clerk, {
        method: 'GET', url: `/v1/cases/${id}/content`,
      })
      const numbers = Object.entries(form).filter(([key]) => key.endsWith('.idNumber'))
      for (const [, number] of numbers) {
        expect(idNumberFacts(number)).toBeDefined()
        expect(number.slice(14, 17)).toBe('000')
      }
      const photos = Object.values(materials).flatMap((one) => (one.by === 'photos' ? one.ids : []))
      for (const photo of photos.slice(0, 1)) {
        const file = await room.call(clerk, { method: 'GET', url: `/v1/materials/${photo}/file` })
        expect([file.statusCode, file.headers['content-type']]).toEqual([200, 'image/jpeg'])
      }
    }
  })

  it('asked for again with the same id are the same ones', async () => {
    const again = await make(room, await signInAs('system-admin'), requestId)
    expect(again.json()).toEqual(batch)
    expect(await room.asOwner('select number from cases')).toHaveLength(BATCH)
  })

  it('are limited by the hour', async () => {
    const admin = await room.staff('system-admin', { region: '653100' })
    await room.asOwner(
      `insert into attempts (key, at) select 'practice:' || $1, $2 from generate_series(1, 20)`,
      [admin.id, room.clock.now])
    expect((await make(room, admin)).json<{ code: string }>().code).toBe('TOO_MANY_REQUESTS')
  })

  it('carry 培训 on paper', async () => {
    const clerk = await signInAs('window-kashgar')
    const { id } = batch.cases[0]!
    const receipt = await room.call(clerk, { method: 'GET', url: `/v1/cases/${id}/receipt.pdf` })
    const [first] = (await PDFDocument.load(receipt.rawPayload)).getPages()
    expect(textOf(first!)).toContain('培训环境出具')
    expect(textOf(first!)).toContain('培训\n')
    expect(textOf(first!)).not.toContain('样本')
    const url = `/v1/topics/${room.platform.catalogue.topics[0]!.id}/guide.pdf`
    const guides = [await room.call(clerk, { method: 'GET', url }), await plain.call(undefined, { method: 'GET', url })]
    const said = await Promise.all(guides.map(async ({ rawPayload }) =>
      textOf((await PDFDocument.load(rawPayload)).getPage(0)).includes('培训环境出具')))
    expect(said).toEqual([true, false])
  })

  it('can be filled for every topic one person signs, whoever they are', () => {
    for (const topic of room.platform.catalogue.topics.filter(isSignedByOne)) {
      for (let seed = 0; seed < 60; seed += 1) {
        const { form } = fillForPractice(topic, { today: '2026-11-23', seed: seed * 15_013 })
        expect(Object.keys(form).length, topic.id).toBeGreaterThan(0)
      }
    }
  })
})
