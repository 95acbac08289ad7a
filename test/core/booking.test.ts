import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import {
  type BookingRules, capacityOf, hasBegun, isBookable, slotEnd, slotsOn, ticketNumber,
} from '../../core/booking'
import { addDays, readCalendar } from '../../core/clock'
import { type HallHours, WINDOW_KINDS } from '../../core/contract/hall'
import { openingAt, spansOn } from '../../core/hours'

const calendar = readCalendar(
  parse(readFileSync(new URL('../../catalogue/calendar/xinjiang.yaml', import.meta.url), 'utf8')),
)
const HOURS: HallHours = {
  summer: { from: '05-01', spans: [['10:00', '14:00'], ['16:00', '20:00']] },
  winter: { from: '10-01', spans: [['10:00', '14:00'], ['15:30', '19:30']] },
  evenings: [{ weekday: 3, span: ['20:00', '22:00'] }],
}
const rules: BookingRules = {
  slotMinutes: 30, daysAhead: 14, leadMinutes: 30,
  perSlot: { service: 1, inquiry: 2, agent: 1, unresolved: 1 },
}
const slots = (day: string, minutes = 30) => slotsOn(HOURS, day, { calendar, minutes })
const anyDay = fc.integer({ min: 0, max: 729 }).map((n) => addDays('2025-01-01', n))

describe('slots', () => {
  it('of a winter Monday, and of a Wednesday with its evening', () => {
    expect(slots('2026-11-23')).toEqual([
      '10:00', '10:30', '11:00', '11:30', '12:00', '12:30', '13:00', '13:30',
      '15:30', '16:00', '16:30', '17:00', '17:30', '18:00', '18:30', '19:00',
    ])
    expect(slots('2026-11-25').slice(-4)).toEqual(['20:00', '20:30', '21:00', '21:30'])
    expect(slots('2026-07-15').slice(-5)).toEqual(['19:30', '20:00', '20:30', '21:00', '21:30'])
  })

  it('none on holidays, weekends, and days no calendar covers', () => {
    expect(['2026-10-01', '2026-11-28', '2025-06-06', '2031-01-02'].map((day) => slots(day))).toEqual([[], [], [], []])
    expect(slots('2026-10-10')).toHaveLength(16) // 周六，调休上班
  })

  it('lie wholly inside the opening hours, apart from each other', () => {
    fc.assert(fc.property(anyDay, fc.constantFrom(10, 15, 20, 30, 45, 60, 90), (day, minutes) => {
      const spans = spansOn(HOURS, day, calendar)
      const starts = slots(day, minutes)
      starts.forEach((time, n) => {
        const end = slotEnd(time, minutes)
        expect(spans.some(([from, to]) => from <= time && end <= to)).toBe(true)
        if (n > 0) expect(slotEnd(starts[n - 1]!, minutes) <= time).toBe(true)
        expect(openingAt(HOURS, `${day}T${time}:00+08:00`, calendar).is).toBe('open')
      })
    }))
  })

  it('can be booked until half an hour before, for two weeks', () => {
    const can = (nowIso: string, day: string, time: string) =>
      isBookable({ hours: HOURS }, { day, time }, { nowIso, calendar, rules })
    const now = '2026-11-23T11:10:00+08:00'
    expect(can(now, '2026-11-23', '11:30')).toBe(false)
    expect(can(now, '2026-11-23', '12:00')).toBe(true)
    expect(can(now, '2026-11-23', '12:10')).toBe(false)
    expect(can(now, '2026-12-07', '10:00')).toBe(true)
    expect(can(now, '2026-12-08', '10:00')).toBe(false)
    expect(can(now, '2026-11-20', '10:00')).toBe(false)
    // 01:30 in Kashgar is still yesterday in UTC
    expect(can('2026-11-23T17:30:00Z', '2026-11-23', '19:00')).toBe(false)
    expect(can('2026-11-23T17:30:00Z', '2026-11-24', '10:00')).toBe(true)
  })

  it('a slot that has begun is never bookable; one that can be booked has not begun', () => {
    const anyMinute = fc.integer({ min: 0, max: 1439 })
    fc.assert(fc.property(anyDay, anyMinute, fc.integer({ min: 0, max: 3 }), (day, minute, ahead) => {
      const nowIso = new Date(Date.parse(`${day}T00:00:00+08:00`) + minute * 60_000).toISOString()
      const on = addDays(day, ahead)
      for (const time of slots(on)) {
        const slot = { day: on, time }
        const open = isBookable({ hours: HOURS }, slot, { nowIso, calendar, rules })
        expect(open && hasBegun(slot, nowIso)).toBe(false)
      }
    }), { numRuns: 50 })
  })
})

describe('a slot', () => {
  it('takes what its windows take, each its own number or the usual one', () => {
    const windows = [
      { no: '1', kind: 'service' as const }, { no: '2', kind: 'service' as const, perSlot: 3 },
      { no: '3', kind: 'inquiry' as const }, { no: '4', kind: 'agent' as const, perSlot: 0 },
    ]
    expect(WINDOW_KINDS.map((kind) => capacityOf({ windows }, kind, rules))).toEqual([4, 2, 0, 0])
  })

  it('gives each of its places a number of its own', () => {
    fc.assert(fc.property(
      fc.uniqueArray(fc.tuple(
        fc.constantFrom(...WINDOW_KINDS), fc.constantFrom(...slots('2026-11-25')), fc.integer({ min: 1, max: 60 }),
      ), { selector: (one) => one.join(), minLength: 2 }),
      (places) => {
        const numbers = places.map(([kind, time, seat]) => ticketNumber(kind, time, seat))
        expect(new Set(numbers).size).toBe(numbers.length)
      }))
    expect(ticketNumber('service', '10:30', 2)).toBe('B1030-2')
  })
})
