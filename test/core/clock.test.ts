import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import {
  addDays, addMonths, addWorkingDays, type CalendarNotice, correctionDeadline, daysBetween, dueOn,
  isWorkingDay, type Pause, readCalendar, remaining, shanghaiDate, shanghaiTime, workingDaysBetween,
} from '../../core/clock'
import { nextSignalOn, type Signal, signal } from '../../core/signal'

const read = () =>
  parse(readFileSync(new URL('../../catalogue/calendar/xinjiang.yaml', import.meta.url), 'utf8'))
const xinjiang = readCalendar(read())
const national = readCalendar({
  region: '00',
  years: read().years.filter(({ source }: CalendarNotice) => source.startsWith('国务院办公厅')),
})

const TEN = { days: 10, unit: 'working-day' } as const
// Leaves a year's room before the calendar's end.
const anyDay = fc.nat({ max: 700 }).map((n) => addDays('2025-01-01', n))
const anyWorkingDay = anyDay.filter((day) => isWorkingDay(day, xinjiang))

describe('calendar arithmetic', () => {
  it('adds days and months without a time zone', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29')
    expect(daysBetween('2025-12-31', '2026-01-02')).toBe(2)
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29')
    expect(addMonths('2026-11-23', 12)).toBe('2027-11-23')
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15')
  })

  it('adding and counting days undo each other', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: -40_000, max: 40_000 }), (day, n) => {
      expect(daysBetween(day, addDays(day, n))).toBe(n)
    }))
  })

  it('refuses what is not a day', () => {
    const wrong = ['2026-02-30', '2026-2-3', '20260203', '', '0050-01-01', '2026-01-01T00:00Z']
    for (const text of wrong) {
      expect(() => addDays(text, 1)).toThrow(RangeError)
      expect(() => addMonths(text, 1)).toThrow(RangeError)
      expect(() => isWorkingDay(text, xinjiang)).toThrow(RangeError)
    }
  })

  it('reads an instant as Shanghai sees it', () => {
    expect(shanghaiDate('2026-01-05T15:59:59.999Z')).toBe('2026-01-05')
    expect(shanghaiDate('2026-01-05T16:00:00Z')).toBe('2026-01-06')
    expect(shanghaiDate('2025-12-31T23:30:00-05:00')).toBe('2026-01-01')
    expect(shanghaiDate('2026-01-05T00:10+08:00')).toBe('2026-01-05')
    expect(shanghaiTime('2026-01-05T16:05:00Z')).toBe('00:05')
    expect(shanghaiTime('2026-01-05T08:30:00+05:45')).toBe('10:45')
    expect(shanghaiTime('2026-01-05T08:30:00-02:30')).toBe('19:00')
    const wrong = ['2026-01-05', '2026-01-05T10:00', '2026-02-30T10:00Z', '2026-01-05T25:00Z']
    for (const text of wrong) {
      expect(() => shanghaiDate(text)).toThrow(RangeError)
    }
  })

  it('agrees with the platform on every instant', () => {
    const anyInstant = fc.date({
      min: new Date(Date.UTC(2000, 0, 1)), max: new Date(Date.UTC(2099, 0, 1)), noInvalidDate: true,
    })
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short',
    })
    fc.assert(fc.property(anyInstant, (instant) => {
      const iso = instant.toISOString()
      expect(`${shanghaiDate(iso)} ${shanghaiTime(iso)}`).toBe(format.format(instant))
    }))
  })
})

describe('working days in Xinjiang', () => {
  it('accepted on 2025-06-05, five working days end on 06-17; elsewhere on 06-12', () => {
    expect(correctionDeadline('2025-06-05', xinjiang)).toBe('2025-06-17')
    expect(correctionDeadline('2025-06-05', national)).toBe('2025-06-12')
  })

  it('accepted on 2026-02-13, before the Spring Festival, five working days end on 02-27', () => {
    expect(correctionDeadline('2026-02-13', xinjiang)).toBe('2026-02-27')
  })

  it('knows holidays, swapped days, the region’s own holidays and ordinary weekends', () => {
    const off = ['2025-03-31', '2025-06-06', '2025-06-10', '2025-10-08', '2026-02-23', '2026-05-05',
      '2026-05-28', '2027-02-05', '2026-11-22']
    const work = ['2025-01-26', '2025-09-28', '2026-02-14', '2026-05-09', '2026-11-23']
    for (const day of off) expect([day, isWorkingDay(day, xinjiang)]).toEqual([day, false])
    for (const day of work) expect([day, isWorkingDay(day, xinjiang)]).toEqual([day, true])
    expect(isWorkingDay('2025-06-06', national)).toBe(true)
  })

  it('n = 0 may be the day itself', () => {
    expect(addWorkingDays('2026-11-23', 0, xinjiang)).toBe('2026-11-23')
    expect(addWorkingDays('2026-11-21', 0, xinjiang)).toBe('2026-11-23')
  })

  it('lands on a working day, and counting undoes adding', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (day, n) => {
      const end = addWorkingDays(day, n, xinjiang)
      expect(isWorkingDay(end, xinjiang)).toBe(true)
      expect(workingDaysBetween(day, end, xinjiang)).toBe(n)
      expect(workingDaysBetween(end, day, xinjiang)).toBe(-n)
      expect(addWorkingDays(addDays(end, 1), 0, xinjiang))
        .toBe(addWorkingDays(day, n + 1, xinjiang))
    }))
  })

  it('never guesses beyond its years', () => {
    for (const day of ['2024-12-30', '2028-01-03']) {
      expect(() => isWorkingDay(day, xinjiang)).toThrow(RangeError)
      expect(() => addWorkingDays(day, 1, xinjiang)).toThrow(RangeError)
      expect(() => dueOn(day, { days: 3, unit: 'day' }, [], xinjiang)).toThrow(RangeError)
    }
    expect(() => addWorkingDays('2027-12-30', 5, xinjiang)).toThrow(RangeError)
    expect(() => workingDaysBetween('2027-12-30', '2028-01-04', xinjiang)).toThrow(RangeError)
    expect(() => addWorkingDays('2026-11-23', -1, xinjiang)).toThrow(RangeError)
    expect(() => addWorkingDays('2026-11-23', 1.5, xinjiang)).toThrow(RangeError)
    fc.assert(fc.property(fc.nat({ max: 365 }), (n) => {
      expect(() => isWorkingDay(addDays('2028-01-01', n), xinjiang)).toThrow(RangeError)
    }))
  })
})

describe('dueOn', () => {
  it('without pauses is the limit in working days', () => {
    fc.assert(fc.property(anyDay, fc.nat({ max: 60 }), (day, days) => {
      const due = dueOn(day, { days, unit: 'working-day' }, [], xinjiang)
      expect(due).toBe(addWorkingDays(day, days, xinjiang))
    }))
  })

  it('moves by as many working days as the pause holds', () => {
    const anyPause = fc.record({ startsAfter: fc.nat({ max: 9 }), working: fc.nat({ max: 30 }) })
    fc.assert(fc.property(anyWorkingDay, anyPause, (day, { startsAfter, working }) => {
      const from = addWorkingDays(day, startsAfter + 1, xinjiang)
      const to = addWorkingDays(from, working, xinjiang)
      const due = addWorkingDays(day, 10 + working, xinjiang)
      expect(dueOn(day, TEN, [{ from, to }], xinjiang)).toBe(due)
    }))
  })

  it('counts overlapping pauses once, in any order', () => {
    const whole = dueOn('2026-11-02', TEN, [{ from: '2026-11-04', to: '2026-11-12' }], xinjiang)
    const parts: Pause[] = [
      { from: '2026-11-06', to: '2026-11-12' }, { from: '2026-11-04', to: '2026-11-09' },
      { from: '2026-11-05', to: '2026-11-06' },
    ]
    expect(whole).toBe('2026-11-24')
    expect(dueOn('2026-11-02', TEN, parts, xinjiang)).toBe(whole)
  })

  it('is undefined while a pause is open, unless the time was up before', () => {
    expect(dueOn('2026-11-02', TEN, [{ from: '2026-11-04' }], xinjiang)).toBeUndefined()
    expect(dueOn('2026-11-02', TEN, [{ from: '2026-11-17' }], xinjiang)).toBe('2026-11-16')
    expect(dueOn('2026-11-02', TEN, [{ from: '2026-11-16' }], xinjiang)).toBeUndefined()
  })

  it('a pause of no length changes nothing; one that ends before it starts is refused', () => {
    const none = { from: '2026-11-04', to: '2026-11-04' }
    expect(dueOn('2026-11-02', TEN, [none], xinjiang)).toBe('2026-11-16')
    const backwards = { from: '2026-11-04', to: '2026-11-03' }
    expect(() => dueOn('2026-11-02', TEN, [backwards], xinjiang)).toThrow(RangeError)
  })

  it('in calendar days, a last day on a holiday moves to the next working day (民法典 §203)', () => {
    expect(dueOn('2026-09-24', { days: 7, unit: 'day' }, [], xinjiang)).toBe('2026-10-08')
    expect(dueOn('2026-11-02', { days: 7, unit: 'day' }, [], xinjiang)).toBe('2026-11-09')
    const pause = { from: '2026-11-05', to: '2026-11-08' }
    expect(dueOn('2026-11-02', { days: 7, unit: 'day' }, [pause], xinjiang)).toBe('2026-11-12')
  })

  it('in calendar days, never ends early nor on a day off', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 200 }), (day, days) => {
      const due = dueOn(day, { days, unit: 'day' }, [], xinjiang) ?? ''
      expect(isWorkingDay(due, xinjiang)).toBe(true)
      expect(workingDaysBetween(addDays(day, days), due, xinjiang)).toBeLessThanOrEqual(1)
      expect(daysBetween(day, due)).toBeGreaterThanOrEqual(days)
    }))
  })
})

describe('supervision', () => {
  const start = '2026-11-02'
  const due = '2026-11-16' // ten working days
  const at = (today: string) => signal({ today, startedOn: start, due }, xinjiang)

  it('counts the working days left, below zero when overdue', () => {
    expect(remaining(start, due, xinjiang)).toBe(10)
    expect(remaining(due, due, xinjiang)).toBe(0)
    expect(remaining('2026-11-18', due, xinjiang)).toBe(-2)
  })

  it('warns in the last fifth, yellow when overdue, red after three more working days', () => {
    expect(at('2026-11-11')).toBe('none')
    expect(at('2026-11-12')).toBe('warning')
    expect(at('2026-11-16')).toBe('warning')
    expect(at('2026-11-17')).toBe('yellow')
    expect(at('2026-11-19')).toBe('yellow')
    expect(at('2026-11-20')).toBe('red')
    expect(signal({ today: '2026-11-04', startedOn: start, due: '2026-11-05' }, xinjiang)).toBe('warning')
    expect(signal({ today: '2026-11-03', startedOn: start, due: '2026-11-05' }, xinjiang)).toBe('none')
    const stricter = { warningShare: 0.5, redAfterDays: 0 }
    expect(signal({ today: '2026-11-09', startedOn: start, due }, xinjiang, stricter)).toBe('warning')
    expect(signal({ today: '2026-11-17', startedOn: start, due }, xinjiang, stricter)).toBe('red')
  })

  it('does not warn while a one-day clock starts, but on its last day', () => {
    const oneDay = { startedOn: start, due: '2026-11-03' }
    expect(signal({ today: start, ...oneDay }, xinjiang)).toBe('none')
    expect(signal({ today: '2026-11-03', ...oneDay }, xinjiang)).toBe('warning')
  })

  it('is overdue on the weekend after the last day, but no working day late', () => {
    expect(signal({ today: '2026-11-21', startedOn: start, due: '2026-11-20' }, xinjiang)).toBe('yellow')
    expect(remaining('2026-11-21', '2026-11-20', xinjiang)).toBe(0)
  })

  it('never grows milder as days pass', () => {
    const order = ['none', 'warning', 'yellow', 'red']
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 40 }), (day, days) => {
      const last = addWorkingDays(day, days, xinjiang)
      const seen = Array.from({ length: daysBetween(day, last) + 15 }, (_, n) =>
        order.indexOf(signal({ today: addDays(day, n), startedOn: day, due: last }, xinjiang)))
      expect(seen).toEqual([...seen].sort((a, b) => a - b))
      expect(seen[seen.length - 1]).toBeGreaterThanOrEqual(2)
    }), { numRuns: 50 })
  })

  it('has something worse to say on the day that is foretold, and not before', () => {
    const order: Signal[] = ['none', 'warning', 'yellow', 'red']
    const limits = fc.record({
      warningShare: fc.constantFrom(0, 0.2, 0.5), redAfterDays: fc.integer({ min: 0, max: 5 }),
    })
    const clock = fc.record({
      startedOn: anyDay, length: fc.nat({ max: 60 }), told: fc.constantFrom(...order), limits,
    })
    fc.assert(fc.property(clock, ({ startedOn, length, told, limits }) => {
      const due = addDays(startedOn, length) // the end of a season may be no working day
      const worse = Array.from({ length: length + 40 }, (_, n) => addDays(startedOn, n)).find((today) =>
        order.indexOf(signal({ today, startedOn, due }, xinjiang, limits)) > order.indexOf(told))
      expect(nextSignalOn({ startedOn, due, told }, xinjiang, limits)).toBe(worse)
    }), { numRuns: 300 })
  })
})

describe('the calendar file', () => {
  const notice = (change: Partial<CalendarNotice>): CalendarNotice => ({
    year: 2026, status: 'confirmed', source: '通知', checkedOn: '2026-11-23', off: [], work: [],
    ...change,
  })
  const make = (...changes: Partial<CalendarNotice>[]) => () =>
    readCalendar({ region: '65', years: changes.map(notice) })

  it('covers 2025 to 2027, says what is only expected, and survives JSON', () => {
    expect(xinjiang.region).toBe('65')
    expect(xinjiang.years).toEqual([2025, 2026, 2027])
    expect(xinjiang.draftYears).toEqual([2026, 2027])
    expect(JSON.parse(JSON.stringify(xinjiang))).toEqual(xinjiang)
  })

  it('has the working days of the official years', () => {
    const workingDays = (year: number) => {
      const calendar = { ...national, years: [year - 1, year] }
      return workingDaysBetween(`${year - 1}-12-31`, `${year}-12-31`, calendar)
    }
    expect(workingDays(2025)).toBe(248)
    expect(workingDays(2026)).toBe(248)
  })

  it('keeps weekends out of a range, and a later notice may take a holiday back', () => {
    const calendar = make(
      { off: [{ from: '2026-06-19', to: '2026-06-22', name: '端午节' }] },
      { work: [{ date: '2026-06-22', name: '更正' }] },
    )()
    expect(calendar.off).toEqual(['2026-06-19'])
    expect(isWorkingDay('2026-06-22', calendar)).toBe(true)
  })

  it.each<[string, Partial<CalendarNotice>]>([
    ['a weekday made "work" that was no holiday', { work: [{ date: '2026-06-22', name: '班' }] }],
    ['a day both off and working', {
      off: [{ from: '2026-02-14', to: '2026-02-23', name: '春节' }],
      work: [{ date: '2026-02-14', name: '班' }],
    }],
    ['a day of another year', { off: [{ date: '2025-12-31', name: '元旦' }] }],
    ['a day that does not exist', { off: [{ date: '2026-02-30', name: '春节' }] }],
    ['a working day that does not exist', { work: [{ date: '2026-02-30', name: '班' }] }],
    ['a backward range', { off: [{ from: '2026-02-23', to: '2026-02-15', name: '春节' }] }],
    ['a holiday of two months', { off: [{ from: '2026-02-01', to: '2026-03-31', name: '春节' }] }],
    ['a holiday without a name', { off: [{ date: '2026-01-01', name: '' }] }],
    ['no source', { source: '' }],
    ['no day of checking', { checkedOn: '去年' }],
  ])('refuses %s', (_, change) => {
    expect(make(change)).toThrow(RangeError)
  })
})
