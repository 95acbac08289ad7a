import { describe, expect, it } from 'vitest'
import type { CasePage } from '../../core/contract/case'
import type { StateCounts, TaskDetail, TaskPage } from '../../core/contract/task'
import type { Topic } from '../../core/contract/topic'
import {
  act, actTask, dispatched, getCase, ok, staffed, submit, taskOf, trialBody,
} from './fixtures/filing'
import { anyIdNumber, startHarness } from './harness'
import { TRIAL } from './fixtures/topic'

const LAW = { law: '《测试法》', article: '第一条' }
const CAREFUL: Topic = {
  ...TRIAL, items: TRIAL.items.map((item) => (item.id === 'number' ? { ...item, twoPeople: LAW } : item)),
}

const harness = await startHarness()
const { catalogue } = harness.platform
Object.assign(catalogue, { topics: [...catalogue.topics, CAREFUL] })
const crew = await staffed(harness)
const one = await harness.department('public-security', undefined, { name: '甲', duties: ['handle'] })
const other = await harness.department('public-security', undefined, { name: '乙', duties: ['approve'] })
const both = await harness.department('public-security', undefined, { name: '丙' })

const detail = async (who: typeof one, id: string) =>
  (await harness.call(who, { method: 'GET', url: `/v1/tasks/${id}` })).json<TaskDetail>()
const codeOf = (reply: { json(): { code?: string } }) => reply.json().code

async function received() {
  const view = await dispatched(harness, crew)
  const { id } = taskOf(view, 'number')
  expect((await actTask(harness, one, id, { do: 'receive' })).statusCode).toBe(200)
  return { view, id, idNumber: anyIdNumber() }
}

describe('an item the law wants two people for', () => {
  it('is proposed by one and decided by another, with what the first one gave', async () => {
    const { view, id, idNumber } = await received()
    const gives = { 'child.idNumber': idNumber }
    expect(codeOf(await actTask(harness, both, id, { do: 'approve', gives }))).toBe('TWO_PEOPLE')
    expect((await detail(one, id)).actions).toEqual(['request-correction', 'pause', 'review'])
    const reply = await actTask(harness, one, id, { do: 'review', propose: 'approve', gives })
    expect(reply.json()).toMatchObject({
      state: 'reviewed', actions: [], proposal: { propose: 'approve', gives, by: '甲' },
    })
    expect((await detail(other, id)).actions).toEqual(['send-back', 'approve', 'reject'])
    expect((await actTask(harness, other, id, { do: 'approve' })).statusCode).toBe(200)
    const after = await getCase(harness, crew.owner, view.id)
    expect(taskOf(after, 'number').state).toBe('approved')
    const texts = after.events.map(({ text }) => text).join()
    expect(texts).toContain('已审核“编号”，正在审批')
  })

  it('is never decided by whoever proposed it, nor against the proposal', async () => {
    const { id, idNumber } = await received()
    const gives = { 'child.idNumber': idNumber }
    await actTask(harness, both, id, { do: 'review', propose: 'approve', gives })
    expect(codeOf(await actTask(harness, both, id, { do: 'approve' }))).toBe('SAME_PERSON')
    expect(codeOf(await actTask(harness, one, id, { do: 'approve' }))).toBe('NOT_ALLOWED')
    expect(codeOf(await actTask(harness, other, id, { do: 'reject', reason: '不符合条件' })))
      .toBe('NOT_PROPOSED')
    expect((await actTask(harness, other, id, { do: 'send-back' })).json()).toMatchObject({
      state: 'received', proposal: null,
    })
    await actTask(harness, one, id, { do: 'review', propose: 'reject', reason: '不符合条件' })
    expect((await actTask(harness, other, id, { do: 'reject', reason: '不符合条件' })).statusCode).toBe(200)
  })

  it('is judged when it is proposed: what the result must give, and a reason', async () => {
    const { id } = await received()
    expect(codeOf(await actTask(harness, one, id, { do: 'review', propose: 'approve' }))).toBe('FORM_PROBLEMS')
    expect(codeOf(await actTask(harness, one, id, { do: 'review', propose: 'reject' }))).toBe('REASON_REQUIRED')
  })

  it('keeps the proposal sealed at rest', async () => {
    const { id, view, idNumber } = await received()
    await actTask(harness, one, id, { do: 'review', propose: 'approve', gives: { 'child.idNumber': idNumber } })
    const [row] = await harness.asOwner(
      'select proposal_sealed as sealed from tasks where case_id = $1 and n = $2',
      [view.id, taskOf(view, 'number').n])
    expect(row!.sealed.length).toBeGreaterThan(20)
    expect(row!.sealed.includes(idNumber)).toBe(false)
  })
})

describe('an item one person decides', () => {
  it('has no review', async () => {
    const view = await dispatched(harness, crew)
    const { id } = taskOf(view, 'booklet')
    await actTask(harness, crew.desks.health!, id, { do: 'receive' })
    expect(codeOf(await actTask(harness, crew.desks.health!, id, { do: 'review', propose: 'approve' })))
      .toBe('TWO_PEOPLE')
    expect((await detail(crew.desks.health!, id)).actions)
      .toEqual(['request-correction', 'pause', 'approve', 'reject'])
  })
})

describe('duties of the window', () => {
  it('are apart: who may only accept sees and does nothing else', async () => {
    const clerk = await harness.window(undefined, { duties: ['accept'] })
    const { id } = ok(await submit(harness, crew.owner, await trialBody(harness, crew.owner)))
    const asks = [{ kind: 'field', key: 'child.name', reason: '请核对' }]
    expect(codeOf(await act(harness, clerk, id, { do: 'return', asks }))).toBe('NOT_ALLOWED')
    expect((await getCase(harness, clerk, id)).actions).toEqual(['accept', 'refuse'])
    const accepted = ok(await act(harness, clerk, id, { do: 'accept' }))
    expect(accepted.actions).toEqual([])
    expect(codeOf(await act(harness, clerk, id, { do: 'dispatch' }))).toBe('NOT_ALLOWED')
  })
})

describe('回避', () => {
  it('keeps staff from their own case and from their family\u2019s', async () => {
    const body = await trialBody(harness, crew.owner)
    const { id } = ok(await submit(harness, crew.owner, body))
    const mother = { name: '母亲本人', idNumber: body.form['mother.idNumber'] }
    const kin = await harness.window(undefined, mother)
    expect(codeOf(await act(harness, kin, id, { do: 'accept' }))).toBe('OWN_CASE')
    ok(await act(harness, crew.clerk, id, { do: 'accept' }))
    const view = ok(await act(harness, crew.clerk, id, { do: 'dispatch' }))
    const police = await harness.department('public-security', undefined, mother)
    const reply = await actTask(harness, police, taskOf(view, 'number').id, { do: 'receive' })
    expect(codeOf(reply)).toBe('OWN_CASE')
  })
})

describe('a work list', () => {
  it('counts what waits in each state, and finds one case by its number', async () => {
    const view = await dispatched(harness, crew)
    const get = async <T>(who: typeof one, url: string) => (await harness.call(who, { method: 'GET', url })).json<T>()
    const { counts } = await get<StateCounts>(crew.clerk, '/v1/desk/counts')
    expect(counts.handling).toBeGreaterThan(0)
    expect(Object.keys(counts)).not.toContain('finished')
    const police = crew.desks['public-security']!
    const before = (await get<StateCounts>(police, '/v1/tasks/counts')).counts
    await actTask(harness, police, taskOf(view, 'number').id, { do: 'receive' })
    const after = (await get<StateCounts>(police, '/v1/tasks/counts')).counts
    expect(after).toMatchObject({ dispatched: before.dispatched! - 1, received: before.received! + 1 })
    const found = await get<CasePage>(crew.clerk, `/v1/desk/cases?number=${view.number}`)
    expect(found.cases.map(({ id }) => id)).toEqual([view.id])
    const stranger = await harness.window('653125')
    expect((await get<CasePage>(stranger, `/v1/desk/cases?number=${view.number}`)).cases).toEqual([])
    const tasks = await get<TaskPage>(police, `/v1/tasks?number=${view.number}`)
    expect(tasks.tasks).toMatchObject([{ itemId: 'number', handler: { name: expect.any(String) } }])
  })
})
