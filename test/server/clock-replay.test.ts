/** Every clock from events alone: what is stored equals what the history says, whatever happened. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shanghaiDate } from '../../core/clock'
import type { CaseView } from '../../core/contract/case'
import { type ClockRules, type DatedEntry, replayClocks } from '../../core/replay-clock'
import { tick } from '../../server/clocks/tick'
import {
  DEPARTMENT, act, actTask, getCase, ok, passDays, staffed, startTrial, submit, taskOf, trialBody,
} from './fixtures/filing'
import { TRIAL } from './fixtures/topic'
import { anyIdNumber } from './harness'

const harness = await startTrial()
const { owner, clerk, desks } = await staffed(harness)
const EXTENDABLE = { days: 10, law: '《测试法》', article: '第一条' }
for (const item of TRIAL.items) Object.assign(item, { extension: EXTENDABLE })
const seconds = Object.fromEntries(await Promise.all(Object.keys(desks).map(async (id) =>
  [id, await harness.department(id)] as const)))
const { calendar } = harness.platform.catalogue
const today = () => shanghaiDate(harness.clock.now.toISOString())
const RULES: ClockRules = {
  calendar,
  limitsOf: (itemId) => {
    const { promised, statutory } = TRIAL.items.find(({ id }) => id === itemId)!
    return [promised, ...(statutory ? [statutory] : [])]
  },
}

type Step = { days: number } | { do: string; item?: string }
const ITEMS = ['number', 'number', 'number', 'booklet', 'booklet', 'insurance', 'insurance', 'card', 'pay-phone']
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ days: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 8, arbitrary: fc.record({
    item: fc.constantFrom(...ITEMS),
    do: fc.constantFrom('receive', 'receive', 'receive', 'approve', 'reject', 'pause', 'resume', 'resume', 'ask',
      'propose-extension', 'propose-extension', 'extend', 'extend'),
  }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('return', 'resubmit', 'accept', 'dispatch') }) },
)

const ask = { kind: 'field', key: 'child.name', reason: '请核对' }
const EXTRA: Record<string, object> = {
  reject: { reason: '不符' }, pause: { reason: 'appraisal', note: '鉴定' },
  ask: { do: 'request-correction', asks: [ask] },
  'propose-extension': { days: 4, cause: 'complex', note: '情况复杂' },
  return: { asks: [ask], override: '再次核对的法定理由' },
  resubmit: { form: { 'child.name': '阿迪力' }, materials: {} },
}

/** Any step, legal or not; the clocks tick after each, as they do every minute. */
async function take(view: CaseView, one: Step): Promise<void> {
  if ('days' in one) {
    for (let n = 0; n < one.days; n += 1) {
      await passDays(harness, 1)
      await tick(harness.platform)
    }
    return
  }
  if (one.item) {
    const gives = one.item === 'number' && one.do === 'approve' ? { gives: { 'child.idNumber': anyIdNumber() } } : {}
    const hands = one.do === 'extend' ? seconds : desks
    await actTask(harness, hands[DEPARTMENT[one.item] ?? '']!, taskOf(view, one.item).id,
      { do: one.do, ...EXTRA[one.do], ...gives })
  } else {
    await act(harness, one.do === 'resubmit' ? owner : clerk, view.id, { do: one.do, ...EXTRA[one.do] })
  }
  await tick(harness.platform)
}

async function replayed(caseId: string) {
  const events = await harness.asOwner(
    'select seq, at, by_role as by, event from case_events where case_id = $1 order by seq', [caseId])
  const entries = events.map(({ at, ...entry }) =>
    ({ ...entry, on: shanghaiDate((at as Date).toISOString()) })) as unknown as DatedEntry[]
  return { entries, ...replayClocks(entries, { rules: RULES, today: today() }) }
}

const seen = { pauses: 0, extended: 0, levels: new Set<string>(), autoAccepted: 0 }

/** Stored days, pauses and signals against those of the events. */
async function compare(caseId: string): Promise<void> {
  const { entries, tasks, acceptBy } = await replayed(caseId)
  const [row] = await harness.asOwner('select accept_by::text from cases where id = $1', [caseId])
  expect(row?.accept_by).toBe(acceptBy)
  const stored = await harness.asOwner(
    `select item_id, due_on::text, pauses, signal, started_at from tasks where case_id = $1 order by n`, [caseId])
  const raised = await harness.asOwner(
    'select item_id, level, raised_at from signals where case_id = $1 order by rank, raised_at', [caseId])
  for (const task of stored) {
    const item = task.item_id as string
    const clock = tasks.get(item)
    expect(Boolean(clock), item).toBe(task.started_at !== null)
    if (!clock) continue
    expect(task.due_on, item).toBe(clock.dueOn)
    const pauses = (task.pauses as { from: string; to?: string }[])
      .map(({ from, to }) => ({ from, ...(to ? { to } : {}) }))
    expect(pauses, item).toEqual(clock.pauses)
    expect(task.signal, item).toBe(clock.told)
    const told = entries.filter(({ event }) => event.is === 'task.signal' && event.itemId === item)
      .map(({ event, on }) => ({ level: event.level, on }))
    expect(told, item).toEqual(clock.signals)
    expect(raised.filter(({ item_id: id }) => id === item).map(({ level, raised_at: at }) =>
      ({ level, on: shanghaiDate((at as Date).toISOString()) })), item).toEqual(clock.signals)
    seen.pauses += pauses.length
    seen.extended += clock.extendedDays
    clock.signals.forEach(({ level }) => seen.levels.add(level))
  }
  seen.autoAccepted += entries.filter(({ event }) => event.is === 'auto-accept').length
}

describe('the clocks', () => {
  const everyKind: Step[] = [
    { days: 8 }, { do: 'dispatch' }, { item: 'number', do: 'receive' }, { item: 'number', do: 'propose-extension' },
    { days: 2 }, { item: 'number', do: 'extend' }, { item: 'number', do: 'pause' },
    { days: 5 }, { item: 'number', do: 'resume' }, { item: 'number', do: 'ask' }, { days: 3 }, { do: 'return' },
    { days: 4 }, { do: 'resubmit' }, { days: 12 }, { item: 'number', do: 'approve' }, { days: 3 },
    { item: 'booklet', do: 'receive' }, { item: 'booklet', do: 'reject' },
  ]
  const beforeAcceptance: Step[] = [{ days: 2 }, { do: 'return' }, { days: 9 }, { do: 'resubmit' }, { days: 3 }]

  it('stored are those of the events, whatever was tried on whatever days', { timeout: 300_000 }, async () => {
    await fc.assert(fc.asyncProperty(
      fc.boolean(), fc.array(step, { minLength: 15, maxLength: 25, size: 'max' }), async (quick, steps) => {
        const view = ok(await submit(harness, owner, await trialBody(harness, owner)))
        const start = quick ? [{ do: 'accept' }, { do: 'dispatch' }] : []
        let days = 0
        for (const one of [...start, ...steps]) {
          await take(view, one)
          days += 'days' in one ? one.days : 0
        }
        await compare(view.id)
        await getCase(harness, owner, view.id)
        await passDays(harness, -days) // each from the same Monday: the calendar is not endless
      }), { numRuns: 6, examples: [[false, everyKind], [false, beforeAcceptance]], endOnFailure: true })
    expect(seen.extended).toBeGreaterThan(0)
    expect(seen.pauses).toBeGreaterThanOrEqual(2)
    expect([...seen.levels].sort()).toEqual(['red', 'warning', 'yellow'])
    expect(seen.autoAccepted).toBeGreaterThan(0)
  })
})
