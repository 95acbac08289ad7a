import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { addDays, readCalendar, workingDaysBetween } from '../../core/clock'
import {
  RECTIFICATION_ACTIONS, RECTIFICATION_ALLOWED, RECTIFICATION_ROLES, type Standing, actOnRectification,
  deadlines, isLow, rectificationActions, rectificationSignal,
} from '../../core/rectification'

const calendar = readCalendar(
  parse(readFileSync(new URL('../../catalogue/calendar/xinjiang.yaml', import.meta.url), 'utf8')),
)
const CLOCKS = { contactDays: 1, answerDays: 5, stopDays: 15, replyDays: 10, rounds: 2 }
const ROUNDS = 2
const anyStep = fc.record({
  action: fc.constantFrom(...RECTIFICATION_ACTIONS), by: fc.constantFrom(...RECTIFICATION_ROLES),
})
const OPEN: Standing = { state: 'open', round: 1 }

function walk(steps: { action: (typeof RECTIFICATION_ACTIONS)[number]; by: (typeof RECTIFICATION_ROLES)[number] }[]) {
  const seen = [OPEN]
  for (const { action, by } of steps) {
    const now = seen.at(-1)!
    if (!rectificationActions(now.state, by).includes(action)) {
      expect(() => actOnRectification(now, action, { by, rounds: ROUNDS })).toThrow('ACTION_NOT_ALLOWED')
      continue
    }
    seen.push(actOnRectification(now, action, { by, rounds: ROUNDS }))
  }
  return seen
}

describe('差评整改', () => {
  it('后两级是差评，其余不是', () => {
    expect([1, 2, 3, 4, 5].map(isLow)).toEqual([true, true, false, false, false])
  })

  it('先联系，再答复，督查确认，申请人说了算；还不满意就再来一轮，最后一轮后结束', () => {
    const states = walk([
      { action: 'contact', by: 'handler' }, { action: 'answer', by: 'handler' },
      { action: 'confirm', by: 'supervisor' }, { action: 'unsatisfied', by: 'citizen' },
      { action: 'contact', by: 'handler' }, { action: 'answer', by: 'handler' },
      { action: 'return', by: 'supervisor' }, { action: 'answer', by: 'handler' },
      { action: 'confirm', by: 'supervisor' }, { action: 'unsatisfied', by: 'citizen' },
    ])
    expect(states.map(({ state }) => state)).toEqual([
      'open', 'contacted', 'answered', 'confirmed', 'open', 'contacted', 'answered', 'contacted',
      'answered', 'confirmed', 'closed',
    ])
    expect(states.map(({ round }) => round)).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2])
  })

  it('the rated never confirm themselves, and nothing closes without a confirmed answer', () => {
    fc.assert(fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      const seen = walk(steps)
      seen.forEach(({ state, round }, n) => {
        expect(round).toBeLessThanOrEqual(ROUNDS)
        const before = seen[n - 1]
        if (state === 'closed') expect(before?.state).toBe('confirmed')
        if (before && round > before.round) expect([before.state, state]).toEqual(['confirmed', 'open'])
      })
    }))
    const own = Object.values(RECTIFICATION_ALLOWED).flatMap((moves) => Object.entries(moves))
    for (const [action, { by }] of own) {
      expect(by === 'supervisor').toBe(action === 'confirm' || action === 'return')
    }
  })

  it('1、5、15 个工作日，当天不算，新疆的节假日不算', () => {
    // 2025-06-05 周四；6 月 6、9、10 日古尔邦节
    expect(deadlines('2025-06-05', CLOCKS, calendar)).toEqual({
      contactBy: '2025-06-11', answerBy: '2025-06-17', stopBy: '2025-07-01',
    })
  })

  it('a signal comes the day after, never before, and never gets milder while nobody acts', () => {
    const levels = ['none', 'yellow', 'red']
    fc.assert(fc.property(
      fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 60 }),
      fc.constantFrom('open', 'contacted', 'answered' as const), (start, later, state) => {
        const from = addDays('2026-01-05', start)
        const due = deadlines(from, CLOCKS, calendar)
        const at = (n: number) => rectificationSignal(state, due, addDays(from, n))
        const days = workingDaysBetween(from, addDays(from, later), calendar)
        const free = state === 'open' ? 1 : state === 'contacted' ? 5 : 15
        if (days <= free) expect(at(later) === 'none' || days === free).toBe(true)
        if (days > 15) expect(at(later)).toBe('red')
        expect(levels.indexOf(at(later + 1))).toBeGreaterThanOrEqual(levels.indexOf(at(later)))
      }))
    const due = deadlines('2026-11-23', CLOCKS, calendar)
    expect(['2026-11-24', '2026-11-25', '2026-12-14', '2026-12-15']
      .map((day) => rectificationSignal('open', due, day))).toEqual(['none', 'yellow', 'yellow', 'red'])
    expect(rectificationSignal('contacted', due, '2026-11-30')).toBe('none')
    expect(rectificationSignal('contacted', due, '2026-12-01')).toBe('yellow')
    expect(rectificationSignal('answered', due, '2026-12-14')).toBe('none')
    expect(rectificationSignal('confirmed', due, '2027-01-04')).toBe('none')
  })
})
