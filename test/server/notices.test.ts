/** Written notices: a code on each, what it answers later, and the one that ends a case. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { addDays, addMonths, shanghaiDate } from '../../core/clock'
import type { Messages, Result } from '../../core/contract/case'
import type { CaseDocument, FileVerdict, Verification } from '../../core/contract/document'
import { mask } from '../../core/values'
import { printDocument } from '../../server/documents/read'
import {
  act, actTask, approve, dispatched, getCase, ok, passDays, staffed, submit, taskOf, trialBody,
} from './fixtures/filing'
import { TRIAL } from './fixtures/topic'
import { type SignedIn, startHarness } from './harness'

const MONTHS = 2
const LICENCE = { code: 'TEST0001', sample: true }
const harness = await startHarness()
const { catalogue } = harness.platform
Object.assign(catalogue, {
  topics: [...catalogue.topics, {
    ...TRIAL,
    items: TRIAL.items.map((item) => (item.id === 'booklet' ? {
      ...item,
      result: {
        ...item.result, typeCode: LICENCE,
        validity: { months: MONTHS, law: '《测试办法》', article: '第二条' },
      },
    } : item)),
  }],
})
const crew = await staffed(harness)
const { owner, clerk, desks } = crew
const folder = mkdtempSync(join(tmpdir(), 'one-thing-notices-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const today = () => shanghaiDate(harness.clock.now.toISOString())
const get = (who: SignedIn | undefined, url: string) => harness.call(who, { method: 'GET', url })
const police = desks['public-security']!

async function listed(caseId: string): Promise<CaseDocument[]> {
  return (await get(owner, `/v1/cases/${caseId}/documents`)).json<{ documents: CaseDocument[] }>().documents
}

async function named(caseId: string, title: string): Promise<CaseDocument> {
  const found = (await listed(caseId)).filter((one) => one.title === title)
  expect(found, title).not.toEqual([])
  return found[0]!
}

function words(bytes: Buffer): string {
  const path = join(folder, `${randomUUID()}.pdf`)
  writeFileSync(path, bytes)
  return execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).replace(/\s/g, '')
}

const codeIn = (text: string) => /输入核验码：([\w-]{43})/.exec(text)?.[1] ?? ''

async function printed(caseId: string, { name }: CaseDocument) {
  const reply = await get(owner, `/v1/cases/${caseId}/documents/${name}.pdf`)
  expect(reply.statusCode, reply.body.slice(0, 200)).toBe(200)
  const text = words(reply.rawPayload)
  return { bytes: reply.rawPayload, text, code: codeIn(text) }
}

const verified = (code: string) => get(undefined, `/v1/verify/${code}`)
const checked = async (payload: Buffer) => (await harness.call(undefined, {
  method: 'POST', url: '/v1/verify/file', payload,
  headers: { 'content-type': 'application/octet-stream' },
})).json<FileVerdict>()

const ask = (caseId: string, reason: string) => act(harness, clerk, caseId, {
  do: 'return', asks: [{ kind: 'field', key: 'child.name', reason }], override: '再次核对的法定理由',
})

describe('a written notice', () => {
  it('bears a code of 128 bits or more that anybody may ask by, and learns no name by', async () => {
    const view = await dispatched(harness, crew)
    const notice = await named(view.id, '受理通知书')
    const { text, code, bytes } = await printed(view.id, notice)
    expect(text).toContain('扫码核验真伪')
    expect(Buffer.from(code, 'base64url').length).toBeGreaterThanOrEqual(16)
    const reply = await verified(code)
    expect(reply.json<Verification>()).toEqual({
      kind: 'notice', state: 'valid', since: null, name: '受理通知书', number: notice.number,
      holder: mask('name', owner.name), issuer: '喀什市政务服务中心综合窗口',
      issuedAt: notice.at, certificate: null, sample: true,
    })
    expect(reply.body).not.toContain(owner.name)
    expect(await checked(bytes)).toEqual({ verdict: 'valid', document: reply.json() })
    const [row] = await harness.asOwner(
      'select verify_sealed from document_codes where case_id = $1', [view.id])
    expect(String(row?.verify_sealed)).not.toContain(code)
    const looked = await harness.asOwner(
      "select person_id from audit where what = '核验文书' and object = $1", [`case:${view.id}`])
    expect(looked).toEqual([{ person_id: owner.id }])
    expect((await verified(`${code.slice(0, -2)}AA`)).statusCode).toBe(404)
  })

  it('has the same code however often it is printed, by two at once, and where nothing is kept', async () => {
    const view = await dispatched(harness, crew)
    const notice = await named(view.id, '受理通知书')
    const unsealed = { ...harness.platform, config: { ...harness.platform.config, production: true } }
    const codes = await Promise.all([1, 2, 3].map(async () =>
      codeIn(words((await printDocument(unsealed, { caseId: view.id, name: notice.name })).bytes))))
    codes.push((await printed(view.id, notice)).code, (await printed(view.id, notice)).code)
    expect(new Set(codes).size).toBe(1)
    expect((await verified(codes[0]!)).json<Verification>().number).toBe(notice.number)
  })

  it('is told to be replaced once there is a later one, and withdrawn with the application', async () => {
    const { id } = ok(await submit(harness, owner, await trialBody(harness, owner)))
    ok(await ask(id, '姓名看不清'))
    const first = (await printed(id, await named(id, '一次性补正告知书'))).code
    expect((await verified(first)).json()).toMatchObject({ state: 'valid' })
    ok(await act(harness, owner, id, {
      do: 'resubmit', form: { 'child.name': '阿迪力' }, materials: {},
    }))
    ok(await ask(id, '还是看不清'))
    expect((await verified(first)).json()).toMatchObject({ state: 'replaced', since: today() })
    const second = await printed(id, (await listed(id))[1]!)
    ok(await act(harness, owner, id, { do: 'withdraw' }))
    expect((await verified(second.code)).json()).toMatchObject({ state: 'withdrawn', since: today() })
    expect((await checked(second.bytes)).verdict).toBe('withdrawn')
  })

  it('of a refusal stands for good', async () => {
    const { id } = ok(await submit(harness, owner, await trialBody(harness, owner)))
    ok(await act(harness, clerk, id, { do: 'refuse', reason: '不属于本地管辖', remedy: '可以向户籍地申请。' }))
    const { code } = await printed(id, await named(id, '不予受理通知书'))
    expect((await verified(code)).json()).toMatchObject({ state: 'valid', name: '不予受理通知书' })
  })
})

/** Everything approved but one item, two working days after it began. */
async function settled() {
  const view = await dispatched(harness, crew)
  ok(await approve(harness, crew, view, 'booklet'))
  await passDays(harness, 2)
  const { id } = taskOf(view, 'number')
  ok(await actTask(harness, police, id, { do: 'receive' }))
  ok(await actTask(harness, police, id, { do: 'reject', reason: '材料与登记不符' }))
  for (const item of ['card', 'pay-phone', 'insurance']) {
    const now = await getCase(harness, owner, view.id)
    if (now.tasks.some(({ itemId, state }) => itemId === item && state === 'dispatched')) {
      ok(await approve(harness, crew, now, item))
    }
  }
  return getCase(harness, owner, view.id)
}

describe('办结通知书', () => {
  it('tells of every item what came of it, in how many of the days promised, and what one may do', async () => {
    const view = await settled()
    expect(view.state).toBe('ready')
    const notice = await named(view.id, '办结通知书')
    expect(notice.number).toMatch(/-BJ\d+$/)
    const { text, code, bytes } = await printed(view.id, notice)
    for (const { name, result } of view.tasks) {
      expect(text).toContain(name)
      if (result) expect(text).toContain(result.number)
    }
    expect(text).toMatch(/编号登记（不予办理）.*承诺5个工作日，实际用时2个工作日.*材料与登记不符/)
    expect(text).toMatch(/建册（已办好）.*承诺1个工作日，实际用时0个工作日/)
    expect(text).toMatch(/从受理起2个工作日/)
    expect(text).toMatch(/60日内申请行政复议.*6个月内向人民法院起诉/)
    expect((await verified(code)).json()).toMatchObject({ name: '办结通知书', state: 'valid' })
    ok(await act(harness, owner, view.id, { do: 'choose-handover', handover: 'window' }))
    ok(await act(harness, clerk, view.id, { do: 'hand-over' }))
    expect((await printed(view.id, notice)).bytes.equals(bytes)).toBe(true)
    expect((await get(clerk, `/v1/cases/${view.id}/documents/${notice.name}.pdf`)).rawPayload.equals(bytes)).toBe(true)
    const { messages } = (await get(owner, '/v1/messages?limit=20')).json<Messages>()
    expect(messages.find(({ title }) => title === '已全部办完')).toMatchObject({
      caseId: view.id, text: expect.stringContaining('办结通知书'),
    })
  })

  it('is not there while an item is open, nor for a case withdrawn', async () => {
    const view = await dispatched(harness, crew)
    const titles = async () => (await listed(view.id)).map(({ title }) => title)
    expect(await titles()).not.toContain('办结通知书')
    ok(await act(harness, owner, view.id, { do: 'withdraw' }))
    expect(await titles()).toEqual(['受理通知书'])
  })
})

describe('the record of a certificate', () => {
  it('is on the result, its paper and its verification: type, unit, validity; and it expires', async () => {
    const view = await dispatched(harness, crew)
    ok(await approve(harness, crew, view, 'booklet'))
    const { result } = taskOf(await getCase(harness, owner, view.id), 'booklet')
    const url = `/v1/results/${result?.id}`
    const full = (await get(owner, url)).json<Result>()
    const validTo = addDays(addMonths(today(), MONTHS), -1)
    const facts = {
      identifier: full.certificate?.identifier, typeCode: LICENCE.code, validFrom: today(), validTo,
      issuerCode: catalogue.issuers.units.find(({ department }) => department === 'health')?.creditCode,
      sealed: true,
    }
    expect(full.certificate).toMatchObject(facts)
    expect(full.certificate?.identifier).toContain(facts.issuerCode)
    const paper = (await get(owner, `${url}/result.pdf`)).rawPayload
    const text = words(paper)
    expect(text).toContain(facts.issuerCode)
    expect(text).toContain(`${facts.validFrom}至${validTo}`)
    const state = async () => (await verified(full.verifyCode)).json<Verification>()
    expect(await state()).toMatchObject({ state: 'valid', certificate: facts })
    await passDays(harness, 70)
    expect(await state()).toMatchObject({ state: 'expired', since: validTo })
    expect((await checked(paper)).verdict).toBe('expired')
    await passDays(harness, -70)
  })

  it('of a production takes no sample code, and one without validity lasts for good', async () => {
    const { platform } = harness
    const config = { ...platform.config, production: true }
    Object.assign(platform, { config })
    const view = await dispatched(harness, crew)
    ok(await approve(harness, crew, view, 'booklet'))
    ok(await approve(harness, crew, view, 'number'))
    const { tasks } = await getCase(harness, owner, view.id)
    const record = async (item: string) => (await get(owner,
      `/v1/results/${tasks.find(({ itemId }) => itemId === item)?.result?.id}`)).json<Result>().certificate
    expect(await record('booklet')).toMatchObject({
      typeCode: 'booklet', issuerCode: '653101-health',
    })
    expect(await record('number')).toMatchObject({ validTo: null })
    Object.assign(platform, { config: { ...config, production: false } })
  })
})
