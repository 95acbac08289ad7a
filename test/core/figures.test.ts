import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  COUNTS, type Counts, type Dimension, type Fact, NOTHING, add, rollUp, toldOfCounts, workingDayIndex,
} from '../../core/figures'
import { workingDaysBetween } from '../../core/clock'

const anyCounts = fc.record(
  Object.fromEntries(COUNTS.map((name) => [name, fc.integer({ min: 0, max: 1000 })])) as
    Record<keyof Counts, fc.Arbitrary<number>>) // every name of COUNTS
const anyFact: fc.Arbitrary<Fact> = fc.record({
  of: fc.constantFrom('case', 'task', 'ticket'), topicId: fc.constantFrom('', 't1', 't2'),
  regionCode: fc.constantFrom('653100', '653101', '653125'), itemId: fc.constantFrom('', 'i1', 'i2'),
  departmentId: fc.constantFrom('', 'd1'), counts: anyCounts,
})
const sum = (all: readonly Partial<Counts>[]) => all.reduce<Counts>(add, NOTHING)

describe('figures', () => {
  it('lose and invent nothing, by whatever dimension and for whatever scope', () => {
    fc.assert(fc.property(fc.array(anyFact, { maxLength: 30 }), (facts) => {
      const rows = rollUp(facts)
      const total = (by: Dimension, scope: string) =>
        sum(rows.filter((row) => row.by === by && row.scope === scope).map(({ counts }) => counts))
      const of = (kinds: string[], regions: string[]) => sum(facts
        .filter((fact) => kinds.includes(fact.of) && regions.includes(fact.regionCode))
        .map(({ counts }) => counts))
      const all = ['653100', '653101', '653125']
      for (const [scope, regions] of [['653100', all], ['653101', ['653101']], ['653125', ['653125']]] as const) {
        for (const by of ['topic', 'region'] as const) {
          expect(total(by, scope)).toEqual(of(['case', 'ticket'], [...regions]))
        }
        for (const by of ['item', 'department'] as const) {
          expect(total(by, scope)).toEqual(of(['task', 'ticket'], [...regions]))
        }
      }
      const keys = rows.map(({ scope, by, id }) => `${scope} ${by} ${id}`)
      expect(new Set(keys).size).toBe(keys.length)
    }))
  })

  it('of two periods add up to those of both', () => {
    fc.assert(fc.property(anyCounts, anyCounts, (a, b) => {
      expect(add(a, b)).toEqual(add(b, a))
      expect(add(a, NOTHING)).toEqual(a)
    }))
  })

  it('tell no share of nothing, and never one beyond the whole', () => {
    expect(Object.values(toldOfCounts(NOTHING))).toEqual([null, null, null, null])
    fc.assert(fc.property(anyCounts, (counts) => {
      const { onTimeShare } = toldOfCounts({ ...counts, onTime: Math.min(counts.onTime, counts.finished) })
      if (onTimeShare !== null) expect(onTimeShare >= 0 && onTimeShare <= 1).toBe(true)
    }))
    const counts = { finished: 3, onTime: 2, timed: 2, days: 5, rounds: 4, refused: 1, rated: 2, stars: 7 }
    expect(toldOfCounts({ ...NOTHING, ...counts }))
      .toEqual({ onTimeShare: 0.6667, averageDays: 2.5, roundsPerCase: 1, averageStars: 3.5 })
  })

  it('know how many working days lie between two days', () => {
    const calendar = {
      region: 'x', years: [2026], draftYears: [], off: ['2026-10-01', '2026-10-02'], work: ['2026-10-10'],
    }
    const index = workingDayIndex(calendar, { from: '2025-12-30', to: '2026-12-31' })
    expect(index['2025-12-31']).toBeUndefined()
    const days = Object.keys(index)
    fc.assert(fc.property(fc.constantFrom(...days), fc.constantFrom(...days), (a, b) => {
      const [from, to] = a < b ? [a, b] : [b, a]
      expect((index[to] ?? 0) - (index[from] ?? 0)).toBe(workingDaysBetween(from, to, calendar))
    }))
  })
})
