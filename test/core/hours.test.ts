import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { addDays, isWorkingDay, readCalendar, shanghaiDate } from '../../core/clock'
import type { HallHours } from '../../core/contract/hall'
import { hoursFaults, openingAt, seasonOf, spansOn, weekdayOf } from '../../core/hours'

const calendar = readCalendar(
  parse(readFileSync(new URL('../../catalogue/calendar/xinjiang.yaml', import.meta.url), 'utf8')),
)
/** 2022、2023 年作息通知 */
const KASHGAR: HallHours = {
  summer: { from: '05-01', spans: [['10:00', '14:00'], ['16:00', '20:00']] },
  winter: { from: '10-01', spans: [['10:00', '14:00'], ['15:30', '19:30']] },
}
const NIGHT: HallHours = { ...KASHGAR, evenings: [{ weekday: 3, span: ['20:00', '22:00'] }] }
const at = (day: string, time: string, hours = KASHGAR) =>
  openingAt(hours, `${day}T${time}:00+08:00`, calendar)

describe('a hall in Kashgar', () => {
  it('is open in the morning, rests at noon, and closes later in summer', () => {
    expect(at('2026-11-23', '10:00')).toEqual({ is: 'open', until: { day: '2026-11-23', time: '14:00' } })
    expect(at('2026-11-23', '14:00')).toEqual(
      { is: 'closed', opens: { day: '2026-11-23', time: '15:30' }, why: 'break' })
    expect(at('2026-07-15', '15:45')).toMatchObject({ opens: { time: '16:00' }, why: 'break' })
    expect(at('2026-11-23', '19:45')).toEqual(
      { is: 'closed', opens: { day: '2026-11-24', time: '10:00' }, why: 'late' })
    expect(at('2026-07-15', '19:45')).toMatchObject({ is: 'open' })
    expect(at('2026-11-23', '08:59')).toMatchObject({ opens: { day: '2026-11-23' }, why: 'early' })
  })

  it('changes its hours on 1 May and on 1 October', () => {
    expect(['2026-04-30', '2026-05-01', '2026-09-30', '2026-10-01', '2026-01-01']
      .map((day) => seasonOf(KASHGAR, day))).toEqual(['winter', 'summer', 'summer', 'winter', 'winter'])
  })

  it('rests over the holidays and works on the days that make up for them', () => {
    expect(at('2026-10-01', '11:00')).toEqual(
      { is: 'closed', opens: { day: '2026-10-08', time: '10:00' }, why: 'rest' })
    expect(at('2026-10-10', '11:00')).toMatchObject({ is: 'open' }) // 周六，调休上班
    expect(at('2025-06-06', '11:00')).toMatchObject({ opens: { day: '2025-06-11' } }) // 古尔邦节
    expect(at('2026-11-27', '20:00')).toMatchObject({ opens: { day: '2026-11-30' } }) // 周五晚
  })

  it('has a night on Wednesdays, in summer without a pause before it', () => {
    expect(at('2026-07-15', '19:00', NIGHT)).toMatchObject({ is: 'open', until: { time: '22:00' } })
    expect(at('2026-11-25', '19:45', NIGHT)).toMatchObject({ opens: { time: '20:00' }, why: 'break' })
    expect(at('2026-11-25', '21:59', NIGHT)).toMatchObject({ is: 'open', until: { time: '22:00' } })
    expect(at('2026-11-24', '21:00', NIGHT)).toMatchObject({ is: 'closed', why: 'late' })
  })

  it('may rest on a weekday of its own', () => {
    const hours = { ...KASHGAR, closed: [1] }
    expect(at('2026-11-23', '11:00', hours)).toMatchObject({ opens: { day: '2026-11-24' }, why: 'rest' })
  })

  it('is not guessed beyond the calendar', () => {
    expect(at('2031-01-02', '11:00')).toEqual({ is: 'unknown' })
    expect(at('2027-12-31', '21:00')).toEqual({ is: 'closed', why: 'late' })
  })
})

const anyTime = fc.nat({ max: 23 * 60 + 59 }).map((n) =>
  `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`)
/** Ordered and apart, as hoursFaults demands. */
const anySpans = fc.uniqueArray(anyTime, { minLength: 2, maxLength: 6 }).map((times) => {
  const even = [...times].sort().slice(0, times.length - (times.length % 2))
  return even.flatMap((time, n) => (n % 2 === 0 ? [[time, even[n + 1]!]] : []))
})
const anyHours: fc.Arbitrary<HallHours> = fc.record({
  summer: anySpans.map((spans) => ({ from: '05-01', spans })),
  winter: anySpans.map((spans) => ({ from: '10-01', spans })),
  closed: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
  evenings: fc.array(
    fc.record({ weekday: fc.integer({ min: 1, max: 5 }), span: fc.constant(['20:00', '22:00']) }),
    { maxLength: 2 },
  ),
})
// The last weeks are left out: there the next opening may lie beyond the calendar.
const anyInstant = fc.date({
  min: new Date('2025-01-01T00:00:00+08:00'), max: new Date('2027-11-30T00:00:00+08:00'),
  noInvalidDate: true,
}).map((date) => date.toISOString())
const instantOf = ({ day, time }: { day: string; time: string }) => `${day}T${time}:00+08:00`

describe('for any hours', () => {
  it('no hall is open on a day on which offices rest', () => {
    fc.assert(fc.property(anyHours, anyInstant, (hours, instant) => {
      fc.pre(!isWorkingDay(shanghaiDate(instant), calendar))
      expect(openingAt(hours, instant, calendar)).toMatchObject({ is: 'closed', why: 'rest' })
    }))
  })

  it('the next change comes after now, and open and closed take turns', () => {
    fc.assert(fc.property(anyHours, anyInstant, (hours, instant) => {
      const now = openingAt(hours, instant, calendar)
      const change = now.is === 'open' ? now.until : now.is === 'closed' ? now.opens : undefined
      const next = instantOf(change!)
      expect(Date.parse(next)).toBeGreaterThan(Date.parse(instant))
      const then = openingAt(hours, next, calendar)
      expect(then.is).toBe(now.is === 'open' ? 'closed' : 'open')
    }))
  })

  it('nothing opens between now and the opening that was told', () => {
    fc.assert(fc.property(anyHours, anyInstant, fc.nat(999), (hours, instant, part) => {
      const now = openingAt(hours, instant, calendar)
      fc.pre(now.is === 'closed')
      const [from, to] = [Date.parse(instant), Date.parse(instantOf(now.opens!))]
      const between = new Date(from + Math.floor(((to - from) * part) / 1000)).toISOString()
      expect(openingAt(hours, between, calendar)).toMatchObject({ is: 'closed', opens: now.opens })
    }))
  })

  it('the spans of a day run forward and do not touch', () => {
    const anyDay = fc.nat({ max: 1000 }).map((n) => addDays('2025-01-01', n))
    fc.assert(fc.property(anyHours, anyDay, (hours, day) => {
      const times = spansOn(hours, day, calendar).flat()
      expect(times).toEqual([...new Set(times)].sort())
    }))
  })
})

it('counts weekdays from Monday', () => {
  expect(['2026-11-23', '2026-11-29', '1969-12-31'].map(weekdayOf)).toEqual([1, 7, 3])
})

describe('hours nobody can keep are told', () => {
  const faults = (over: Partial<HallHours>) => hoursFaults({ ...KASHGAR, ...over })
  it.each([
    [{ winter: { from: '10-01', spans: [['14:00', '10:00']] } }, 'runs backwards'],
    [{ winter: { from: '10-01', spans: [['10:00', '14:00'], ['13:30', '19:00']] } }, 'begins before'],
    [{ summer: { ...KASHGAR.summer, from: '11-01' } }, 'summer must begin before winter'],
    [{ summer: { ...KASHGAR.summer, from: '02-30' } }, 'is no day'],
    [{ closed: [3], evenings: NIGHT.evenings }, 'of rest'],
    [{ evenings: [{ weekday: 3, span: ['19:00', '21:00'] }] }, 'begins before'],
  ])('%j', (over, fault) => {
    expect(faults(over as Partial<HallHours>).join('\n')).toContain(fault)
  })

  it('and those of Kashgar are fine', () => {
    expect([hoursFaults(KASHGAR), hoursFaults(NIGHT)]).toEqual([[], []])
  })
})
