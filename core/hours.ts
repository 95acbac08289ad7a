/**
 * When a hall is open.
 *
 *   hours + day + work calendar ──spansOn──▶ spans ──openingAt──▶ open | closed | unknown
 *
 * Times are 'HH:mm' in Beijing time, which compare as text. A hall opens on working days only, so
 * holidays, 调休 and Xinjiang's own feasts come from the calendar and are never guessed.
 */
import { type PlainDate, type WorkCalendar, addDays, isWorkingDay, shanghaiDate, shanghaiTime }
  from './clock'
import type { HallHours } from './contract/hall'
import { isPlainDate, toDayNumber } from './day'

/** From the first minute up to, not including, the last. */
export type Span = readonly [from: string, to: string]

export interface Moment {
  day: PlainDate
  /** 'HH:mm' */
  time: string
}

export type Opening =
  | { is: 'open'; until: Moment }
  /** `opens` is absent when the calendar ends before the hall opens again */
  | { is: 'closed'; opens?: Moment; why: 'break' | 'early' | 'late' | 'rest' }
  /** the calendar does not cover this day */
  | { is: 'unknown' }

/** 1 Monday to 7 Sunday. @throws {RangeError} if `day` is not a day */
export function weekdayOf(day: PlainDate): number {
  return ((((toDayNumber(day) + 3) % 7) + 7) % 7) + 1 // 1970-01-01 was a Thursday
}

/** The part of the year whose hours hold on a day; each begins on its `from`. */
export function seasonOf({ summer, winter }: HallHours, day: PlainDate): 'summer' | 'winter' {
  const monthDay = day.slice(5)
  return monthDay >= summer.from && monthDay < winter.from ? 'summer' : 'winter'
}

/**
 * The spans in which a hall is open on a day, in order; those that touch are one. Empty on a day of
 * rest. A weekend day on which offices work (调休) has no weekday of rest and no evening.
 * @throws {RangeError} if the calendar does not cover the day
 */
export function spansOn(hours: HallHours, day: PlainDate, calendar: WorkCalendar): Span[] {
  const weekday = weekdayOf(day)
  if (!isWorkingDay(day, calendar) || hours.closed?.includes(weekday)) return []
  const evenings = (hours.evenings ?? []).filter((one) => one.weekday === weekday)
  const spans = [...hours[seasonOf(hours, day)].spans, ...evenings.map(({ span }) => span)]
  return joined(spans.map(([from = '', to = '']): Span => [from, to]))
}

function joined(spans: readonly Span[]): Span[] {
  const whole: Span[] = []
  for (const [from, to] of [...spans].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const last = whole[whole.length - 1]
    if (last && from <= last[1]) whole[whole.length - 1] = [last[0], to > last[1] ? to : last[1]]
    else whole.push([from, to])
  }
  return whole
}

/**
 * Whether a hall is open at an instant, until when, and else when it opens next.
 * @param instantIso  ISO 8601 with 'Z' or an offset
 * @throws {RangeError} if it is not such an instant
 */
export function openingAt(hours: HallHours, instantIso: string, calendar: WorkCalendar): Opening {
  const day = shanghaiDate(instantIso)
  const time = shanghaiTime(instantIso)
  if (!covers(calendar, day)) return { is: 'unknown' }
  const today = spansOn(hours, day, calendar)
  const now = today.find(([from, to]) => from <= time && time < to)
  if (now) return { is: 'open', until: { day, time: now[1] } }
  const later = today.find(([from]) => from > time)
  if (later) {
    const why = later === today[0] ? 'early' : 'break'
    return { is: 'closed', opens: { day, time: later[0] }, why }
  }
  const opens = firstAfter(hours, day, calendar)
  return { is: 'closed', ...(opens ? { opens } : {}), why: today.length > 0 ? 'late' : 'rest' }
}

function firstAfter(hours: HallHours, day: PlainDate, calendar: WorkCalendar): Moment | undefined {
  for (let next = addDays(day, 1); covers(calendar, next); next = addDays(next, 1)) {
    const [first] = spansOn(hours, next, calendar)
    if (first) return { day: next, time: first[0] }
  }
  return undefined
}

const covers = ({ years }: WorkCalendar, day: PlainDate) =>
  years.includes(Number(day.slice(0, 4)))

const SEASONS = ['summer', 'winter'] as const
const LEAP_YEAR = '2024'

/** What the shape cannot tell: hours that no hall can keep. */
export function hoursFaults(hours: HallHours): string[] {
  const faults = SEASONS.flatMap((season) => spanFaults(hours[season].spans, season))
  for (const season of SEASONS) {
    const { from } = hours[season]
    if (!isPlainDate(`${LEAP_YEAR}-${from}`)) faults.push(`${season}: ${from} is no day`)
  }
  if (hours.summer.from >= hours.winter.from) faults.push('summer must begin before winter')
  for (const { weekday, span } of hours.evenings ?? []) {
    if (hours.closed?.includes(weekday)) faults.push(`an evening on weekday ${weekday} of rest`)
    for (const season of SEASONS) {
      const day = hours[season].spans.slice(-1).map(([, to = '']) => ['00:00', to])
      faults.push(...spanFaults([...day, span], `evening of weekday ${weekday}, ${season}`))
    }
  }
  return [...new Set(faults)]
}

function spanFaults(spans: readonly (readonly string[])[], where: string): string[] {
  return spans.flatMap(([from = '', to = ''], n) => {
    if (from >= to) return [`${where}: ${from} to ${to} runs backwards`]
    const before = spans[n - 1]?.[1]
    const overlaps = before !== undefined && from < before
    return overlaps ? [`${where}: ${from} begins before ${before}`] : []
  })
}
