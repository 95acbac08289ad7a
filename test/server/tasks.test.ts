import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseView } from '../../core/contract/case'
import { replay } from '../../core/history'
import {
  DEPARTMENT, act, actTask, approve, dispatched, getCase, ok, staffed, startTrial, submit, taskOf,
  trialBody,
} from './fixtures/filing'
import { anyIdNumber } from './harness'
import { TRIAL } from './fixtures/topic'

const harness = await startTrial()
const crew = await staffed(harness)
const { owner, clerk, desks } = crew
const police = desks['public-security']!
const read = (id: string) => getCase(harness, owner, id)

describe('a task', () => {
  it('is seen by its department only after it has started (S20)', async () => {
    const view = await dispatched(harness, crew)
    const url = (item: string) => `/v1/tasks/${taskOf(view, item).id}`
    const look = async (who: typeof clerk, item: string) =>
      (await harness.call(who, { method: 'GET', url: url(item) })).statusCode
    expect(await look(police, 'number')).toBe(200)
    expect(await look(desks['medical-security']!, 'insurance')).toBe(404)
    expect(await look(desks.health!, 'number')).toBe(404)
    expect(await look(clerk, 'number')).toBe(403)
    expect(await look(await harness.department('public-security', '653125'), 'number')).toBe(404)
    expect(await look(await harness.department('public-security', '653100'), 'number')).toBe(200)
  })

  it('is acted on by no other department and no other county', async () => {
    const view = await dispatched(harness, crew)
    const { id } = taskOf(view, 'number')
    for (const who of [desks.tax!, await harness.department('public-security', '653125')]) {
      expect((await actTask(harness, who, id, { do: 'receive' })).statusCode).toBe(404)
    }
    expect((await actTask(harness, clerk, id, { do: 'receive' })).statusCode).toBe(403)
    expect((await read(view.id)).version).toBe(view.version)
  })

  it('shows the fields and materials its item needs, and earlier results it works with', async () => {
    const view = await dispatched(harness, crew)
    const detail = async (who: typeof clerk, item: string) =>
      (await harness.call(who, { method: 'GET', url: `/v1/tasks/${taskOf(view, item).id}` }))
        .json<{ form: Record<string, string>; materials: { key: string }[]; applicant: string }>()
    const first = await detail(police, 'number')
    expect(Object.keys(first.form).sort()).toEqual(['child.name', 'mother.idNumber', 'mother.name'])
    expect(first.materials.map(({ key }) => key)).toEqual(['mother.id-card'])
    expect(first.applicant).toBe('阿依努尔·**')
    expect(Object.keys((await detail(desks.health!, 'booklet')).form).sort())
      .toEqual(['child.name', 'mother.phone'])
    ok(await approve(harness, crew, view, 'number'))
    const second = await detail(desks['medical-security']!, 'insurance')
    expect(Object.keys(second.form).sort()).toEqual(['child.idNumber', 'child.name', 'mother.phone'])
  })

  it('is not approved without the data its result must give, nor with other data', async () => {
    const view = await dispatched(harness, crew)
    const { id } = taskOf(view, 'number')
    await actTask(harness, police, id, { do: 'receive' })
    const bad = [
      {}, { 'child.idNumber': '653121199001010001' }, { 'child.name': '阿迪力' },
    ]
    for (const gives of bad) {
      const reply = await actTask(harness, police, id, { do: 'approve', gives })
      expect(reply.json()).toMatchObject({ code: 'FORM_PROBLEMS' })
    }
    expect(taskOf(await read(view.id), 'number').state).toBe('received')
  })

  it('rejected: what needs it is cancelled, the rest goes on, and the case still ends', async () => {
    const view = await dispatched(harness, crew)
    const { id } = taskOf(view, 'number')
    await actTask(harness, police, id, { do: 'receive' })
    ok(await actTask(harness, police, id, { do: 'reject', reason: '情况不符' }))
    const after = await read(view.id)
    const states = Object.fromEntries(after.tasks.map(({ itemId, state }) => [itemId, state]))
    expect(states).toEqual({
      number: 'rejected', insurance: 'cancelled', card: 'cancelled', 'pay-phone': 'cancelled',
      booklet: 'dispatched',
    })
    expect(taskOf(after, 'card').reason).toBeTruthy()
    ok(await approve(harness, crew, after, 'booklet'))
    expect((await read(view.id)).state).toBe('ready')
  })

  it('does not start while something it needs is open', async () => {
    const view = await dispatched(harness, crew)
    ok(await approve(harness, crew, view, 'number'))
    const after = await read(view.id)
    expect(taskOf(after, 'insurance').state).toBe('dispatched')
    expect(taskOf(after, 'card').state).toBe('waiting')
  })

  it('is listed to its department, nearest deadline first, until it ends', async () => {
    const view = await dispatched(harness, crew)
    const list = async () => (await harness.call(police, { method: 'GET', url: '/v1/tasks?limit=100' }))
      .json<{ tasks: { caseId: string; dueOn: string }[] }>().tasks
    const before = await list()
    expect(before.map(({ caseId }) => caseId)).toContain(view.id)
    expect(before.map(({ dueOn }) => dueOn)).toEqual(before.map(({ dueOn }) => dueOn).sort())
    ok(await approve(harness, crew, view, 'number'))
    expect((await list()).map(({ caseId }) => caseId)).not.toContain(view.id)
  })
})

describe('the history', () => {
  const ITEMS = TRIAL.items.map(({ id }) => id).filter((id) => id !== 'pay-visit')
  const step = fc.oneof(
    { weight: 60, arbitrary: fc.record({
      item: fc.constantFrom('number', 'booklet', ...ITEMS),
      do: fc.constantFrom(
        'receive', 'receive', 'receive', 'approve', 'approve', 'reject', 'pause', 'resume', 'ask'),
    }) },
    { weight: 8, arbitrary: fc.record({
      do: fc.constantFrom('accept', 'dispatch', 'return', 'resubmit', 'confirm-receipt'),
    }) },
    { weight: 1, arbitrary: fc.constant({ do: 'withdraw' }) },
  )

  const everyKind = [
    ...['receive', 'pause', 'resume', 'ask'].map((did) => ({ item: 'number', do: did })),
    { do: 'return' }, { do: 'resubmit' }, { item: 'number', do: 'approve' },
    { item: 'booklet', do: 'receive' }, { item: 'booklet', do: 'reject' },
  ]

  /** Any step, legal or not; the platform says which. */
  async function take(view: CaseView, one: { item?: string; do: string }): Promise<void> {
    const ask = { kind: 'field', key: 'child.name', reason: '请核对' }
    if (one.item) {
      const who = desks[DEPARTMENT[one.item] ?? '']!
      const extra: Record<string, object> = {
        reject: { reason: '不符' }, pause: { reason: 'appraisal', note: '鉴定' },
        ask: { do: 'request-correction', asks: [ask] },
        approve: one.item === 'number' ? { gives: { 'child.idNumber': anyIdNumber() } } : {},
      }
      await actTask(harness, who, taskOf(view, one.item).id, { do: one.do, ...extra[one.do] })
      return
    }
    const citizens = ['resubmit', 'withdraw', 'confirm-receipt']
    const extra: Record<string, object> = {
      return: { asks: [ask], override: '再次核对的法定理由' },
      resubmit: { form: { 'child.name': '阿迪力' }, materials: {} },
    }
    await act(harness, citizens.includes(one.do) ? owner : clerk, view.id, { do: one.do, ...extra[one.do] })
  }

  it('replayed, gives the states that are stored, whatever was tried', async () => {
    const seen = new Set<string>()
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 60, size: 'max' }), async (steps) => {
      const view = ok(await submit(harness, owner, await trialBody(harness, owner)))
      for (const one of [{ do: 'accept' }, { do: 'dispatch' }, ...steps]) await take(view, one)
      const events = await harness.asOwner(
        'select seq, by_role as by, event from case_events where case_id = $1 order by seq', [view.id])
      const replayed = replay(events as unknown as Parameters<typeof replay>[0])
      const end = await read(view.id)
      expect(replayed.state).toBe(end.state)
      expect(Object.fromEntries(replayed.tasks)).toEqual(
        Object.fromEntries(end.tasks.map(({ itemId, state }) => [itemId, state])))
      events.forEach(({ event }) => seen.add((event as { is: string }).is))
    }), { numRuns: 8, examples: [[everyKind]] })
    expect([...seen]).toEqual(expect.arrayContaining([
      'task.approve', 'task.reject', 'task.pause', 'task.request-correction', 'return',
    ]))
  })

  it('only grows: the server itself cannot change or delete an event (S51)', async () => {
    const { db } = harness.platform.db
    await expect(db.updateTable('case_events').set({ seq: 9 }).execute()).rejects.toThrow(/permission/)
    await expect(db.deleteFrom('case_events').execute()).rejects.toThrow(/permission/)
  })

  it('does an action once for a repeated request id', async () => {
    const view = await dispatched(harness, crew)
    const requestId = randomUUID()
    const { id } = taskOf(view, 'number')
    const replies = await Promise.all(Array.from({ length: 10 }, () =>
      actTask(harness, police, id, { do: 'receive', requestId })))
    expect(replies.map(({ statusCode }) => statusCode)).toEqual(Array(10).fill(200))
    expect((await read(view.id)).version).toBe(view.version + 1)
  })
})
