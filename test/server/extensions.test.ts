/** 延期: proposed by one, approved by another, once, by the law of the item, and told in writing. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { addWorkingDays } from '../../core/clock'
import type { Messages } from '../../core/contract/case'
import type { CaseDocument, Verification } from '../../core/contract/document'
import type { TaskDetail } from '../../core/contract/task'
import { tick } from '../../server/clocks/tick'
import { actTask, approve, dispatched, getCase, ok, passDays, staffed, taskOf } from './fixtures/filing'
import { TRIAL } from './fixtures/topic'
import { startHarness } from './harness'

const LAW = { days: 10, law: '《测试许可法》', article: '第四十二条' }
const harness = await startHarness()
const { catalogue } = harness.platform
Object.assign(catalogue, {
  topics: [...catalogue.topics, {
    ...TRIAL,
    items: TRIAL.items.map((item) => (item.id === 'number' ? { ...item, extension: LAW } : item)),
  }],
})
const crew = await staffed(harness)
const { owner, clerk, desks } = crew
const one = await harness.department('public-security', undefined, { name: '甲', duties: ['handle'] })
const other = await harness.department('public-security', undefined, { name: '乙', duties: ['approve'] })
const both = await harness.department('public-security', undefined, { name: '丙' })
const folder = mkdtempSync(join(tmpdir(), 'one-thing-extensions-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const WANTED = { do: 'propose-extension', days: 7, cause: 'site-check', note: '道路被雪封住' } as const
const get = (who: typeof one | undefined, url: string) => harness.call(who, { method: 'GET', url })
const detail = async (who: typeof one, id: string) => (await get(who, `/v1/tasks/${id}`)).json<TaskDetail>()
const codeOf = (reply: { json(): { code?: string } }) => reply.json().code

async function received() {
  const view = await dispatched(harness, crew)
  const { id, dueOn } = taskOf(view, 'number')
  ok(await actTask(harness, one, id, { do: 'receive' }))
  return { view, id, dueOn: dueOn!, caseDueOn: view.dueOn! }
}

const openSignals = (caseId: string) => harness.asOwner(
  "select level from signals where case_id = $1 and item_id = 'number' and state <> 'closed'", [caseId])

describe('an extension', () => {
  it('is proposed by one, approved by another, and moves the clock and its signals', async () => {
    const { view, id, dueOn, caseDueOn } = await received()
    await passDays(harness, 4)
    await tick(harness.platform)
    expect(await openSignals(view.id)).toEqual([{ level: 'warning' }])
    expect((await detail(one, id)).actions).toContain('propose-extension')
    const proposed = (await actTask(harness, one, id, WANTED)).json<TaskDetail>()
    expect(proposed).toMatchObject({
      state: 'reviewed', actions: [], extension: LAW,
      proposal: { propose: 'extend', extension: { days: 7, cause: 'site-check', note: '道路被雪封住' }, by: '甲' },
    })
    expect((await detail(other, id)).actions).toEqual(['extend', 'send-back'])
    expect(codeOf(await actTask(harness, other, id, { do: 'reject', reason: '不符' }))).toBe('NOT_PROPOSED')
    expect(codeOf(await actTask(harness, one, id, { do: 'extend' }))).toBe('NOT_ALLOWED')
    ok(await actTask(harness, other, id, { do: 'extend' }))

    const later = addWorkingDays(dueOn, 7, catalogue.calendar)
    const after = await getCase(harness, owner, view.id)
    expect(taskOf(after, 'number')).toMatchObject({
      state: 'received', dueOn: later, signal: 'none',
      extension: { days: 7, cause: 'site-check', note: '道路被雪封住' },
    })
    expect(after.dueOn).toBe(addWorkingDays(caseDueOn, 7, catalogue.calendar))
    expect(after.events.at(-1)?.text).toMatch(/经批准延长“编号”的办理期限 7 个工作日（现场核查.+），新的期限是/)
    expect(await openSignals(view.id)).toEqual([])
    const { messages } = (await get(owner, '/v1/messages?limit=3')).json<Messages>()
    expect(messages[0]).toMatchObject({ title: '办理期限延长', caseId: view.id })

    await passDays(harness, 10)
    await tick(harness.platform)
    expect(await openSignals(view.id)).toEqual([{ level: 'warning' }])
    expect((await detail(one, id)).actions).not.toContain('propose-extension')
    expect(codeOf(await actTask(harness, one, id, WANTED))).toBe('NOT_EXTENDABLE')
    ok(await approve(harness, crew, await getCase(harness, owner, view.id), 'number'))
    await passDays(harness, -14)
  })

  it('is told in writing, with the reason, the law and the new day', async () => {
    const { view, id } = await received()
    ok(await actTask(harness, both, id, WANTED))
    expect(codeOf(await actTask(harness, both, id, { do: 'extend' }))).toBe('SAME_PERSON')
    ok(await actTask(harness, other, id, { do: 'extend' }))
    const { documents } = (await get(owner, `/v1/cases/${view.id}/documents`)).json<{ documents: CaseDocument[] }>()
    const notice = documents.find(({ title }) => title === '延期告知书')
    const pdf = await get(clerk, `/v1/cases/${view.id}/documents/${notice?.name}.pdf`)
    expect(pdf.statusCode).toBe(200)
    const path = join(folder, 'extension.pdf')
    writeFileSync(path, pdf.rawPayload)
    const text = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).replace(/\s/g, '')
    const { dueOn } = taskOf(await getCase(harness, owner, view.id), 'number')
    expect(text).toMatch(/现场核查受天气.*道路被雪封住.*7个工作日/)
    expect(text).toContain(`${dueOn}以前`)
    expect(text).toContain('《测试许可法》第四十二条')
    const code = /输入核验码：([\w-]{43})/.exec(text)?.[1] ?? ''
    expect((await get(undefined, `/v1/verify/${code}`)).json<Verification>())
      .toMatchObject({ name: '延期告知书', state: 'valid', issuer: '喀什市公安局' })
  })

  it('is sent back like any proposal, and approved only before the limit has run out', async () => {
    const { id } = await received()
    ok(await actTask(harness, one, id, WANTED))
    ok(await actTask(harness, other, id, { do: 'send-back' }))
    expect((await detail(one, id)).proposal).toBeNull()
    ok(await actTask(harness, one, id, WANTED))
    await passDays(harness, 20)
    expect((await detail(other, id)).actions).toEqual(['send-back'])
    expect(codeOf(await actTask(harness, other, id, { do: 'extend' }))).toBe('NOT_EXTENDABLE')
    await passDays(harness, -20)
  })

  it('is not for an item whose law knows none, nor for more days than it gives, nor without a reason', async () => {
    const { view, id } = await received()
    expect(codeOf(await actTask(harness, one, id, { ...WANTED, days: 11 }))).toBe('NOT_EXTENDABLE')
    expect((await actTask(harness, one, id, { ...WANTED, cause: 'busy' })).statusCode).toBe(400)
    expect(codeOf(await actTask(harness, one, id, { ...WANTED, note: '  ' }))).toBe('REASON_REQUIRED')
    const booklet = taskOf(view, 'booklet')
    ok(await actTask(harness, desks.health!, booklet.id, { do: 'receive' }))
    expect((await detail(desks.health!, booklet.id)).actions).not.toContain('propose-extension')
    expect(codeOf(await actTask(harness, desks.health!, booklet.id, WANTED))).toBe('NOT_EXTENDABLE')
    expect(codeOf(await actTask(harness, one, id, { do: 'extend' }))).toBe('NOT_ALLOWED')
    expect(codeOf(await actTask(harness, both, id, { do: 'extend' }))).toBe('TAKEN')
  })
})
