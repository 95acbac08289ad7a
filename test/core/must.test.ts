import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths } from '../../core/clock'
import type { Check } from '../../core/contract/topic'
import { breaks, nextSuchDay, stagedAge } from '../../core/must'

const TODAY = '2026-11-23'
const broken = (must: Check['must'], value: string, form: Record<string, string> = {}) =>
  breaks({ field: 'a.b', when: { all: [] }, must, text: '' }, { ...form, 'a.b': value }, TODAY)

describe('the stepwise retirement age (decision of 2024-09-13, tables 1 to 3)', () => {
  const MEN = { least: 720, staged: { from: '2025-01', every: 4, most: 756 }, on: 'today' }
  const CADRES = { least: 660, staged: { from: '2025-01', every: 4, most: 696 }, on: 'today' }
  const WORKERS = { least: 600, staged: { from: '2025-01', every: 2, most: 660 }, on: 'today' }

  it.each([
    ['a man before the reform', MEN, '1964-12-31', 720],
    ['a man of January 1965', MEN, '1965-01-01', 721],
    ['a man of April 1965', MEN, '1965-04-30', 721],
    ['a man of May 1965', MEN, '1965-05-01', 722],
    ['a man of August 1976', MEN, '1976-08-31', 755],
    ['a man of September 1976', MEN, '1976-09-01', 756],
    ['a man of 1990', MEN, '1990-06-01', 756],
    ['a woman on the staff of January 1970', CADRES, '1970-01-15', 661],
    ['a woman on the staff of September 1981', CADRES, '1981-09-01', 696],
    ['a woman at work of February 1975', WORKERS, '1975-02-28', 601],
    ['a woman at work of March 1975', WORKERS, '1975-03-01', 602],
    ['a woman at work of November 1984', WORKERS, '1984-11-01', 660],
  ] as const)('%s', (_who, aged, bornOn, months) => {
    expect(stagedAge(bornOn, aged)).toBe(months)
  })

  it('never falls for the later born, nor leaves its limits', () => {
    const day = fc.date({ min: new Date('1950-01-01'), max: new Date('2000-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(fc.property(day, day, fc.constantFrom(MEN, CADRES, WORKERS), (one, other, aged) => {
      const [early = '', late = ''] = [one, other].sort()
      expect(stagedAge(early, aged)).toBeLessThanOrEqual(stagedAge(late, aged))
      expect(stagedAge(late, aged)).toBeGreaterThanOrEqual(aged.least)
      expect(stagedAge(late, aged)).toBeLessThanOrEqual(aged.staged.most)
    }))
  })

  it('is asked of an ID number as well as of a birth date', () => {
    expect(broken({ aged: MEN }, '1967-01-01')).toBe(true)
    expect(broken({ aged: MEN }, '1965-01-01')).toBe(false)
    expect(broken({ aged: MEN }, '653101196701010002')).toBe(true)
  })
})

describe('ages', () => {
  it('a child is six by the next 31 August', () => {
    const six = { aged: { least: 72, on: '08-31' } }
    expect(nextSuchDay('08-31', TODAY)).toBe('2027-08-31')
    expect(nextSuchDay('08-31', '2026-06-01')).toBe('2026-08-31')
    expect(broken(six, '2021-08-31')).toBe(false)
    expect(broken(six, '2021-09-01')).toBe(true)
  })

  it('below an age means the birthday has not come', () => {
    const below = { aged: { below: 216, on: 'x.day' } }
    const form = { 'x.day': '2026-05-01' }
    expect(broken(below, '2008-05-02', form)).toBe(false)
    expect(broken(below, '2008-05-01', form)).toBe(true)
    fc.assert(fc.property(fc.integer({ min: 1, max: 800 }), (months) => {
      const bornOn = addMonths(TODAY, -months)
      expect(broken({ aged: { least: months, on: 'today' } }, bornOn)).toBe(addMonths(bornOn, months) > TODAY)
    }))
  })
})

describe('numbers between fields', () => {
  it('compares as numbers, not as text', () => {
    expect(broken({ atMost: 'x.price' }, '9', { 'x.price': '10' })).toBe(false)
    expect(broken({ atMost: 'x.price' }, '10.01', { 'x.price': '10' })).toBe(true)
  })
})
