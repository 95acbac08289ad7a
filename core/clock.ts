/**
 * The working-day clock.
 *
 *   calendar YAML ──readCalendar──▶ WorkCalendar ──▶ due days, remaining days
 *
 * All days are calendar days in Asia/Shanghai ('YYYY-MM-DD', UTC+8, no summer time). A year the
 * calendar does not cover is an error: holidays are decrees, and a guessed weekend is a wrong
 * deadline.
 */
import { fromDayNumber, isPlainDate, isWeekend, toDayNumber } from './day'

export type PlainDate = string

/** Working days of one region. Plain arrays, because the phone gets the same object as JSON. */
export interface WorkCalendar {
  region: string
  /** Years the calendar answers for. */
  years: number[]
  /** Covered years of which some entry awaits its official notice: say 预计, not 为准. */
  draftYears: number[]
  /** Monday-to-Friday days on which offices are closed. */
  off: PlainDate[]
  /** Saturdays and Sundays on which offices work (调休). */
  work: PlainDate[]
}

interface Named {
  name: string
}
export type HolidaySpan = Named & ({ date: PlainDate } | { from: PlainDate; to: PlainDate })

/** One official notice about one year; a year may have several (the nation's, the region's). */
export interface CalendarNotice {
  year: number
  status: 'draft' | 'confirmed'
  source: string
  checkedOn: PlainDate
  note?: string
  off: HolidaySpan[]
  work: (Named & { date: PlainDate })[]
}

/** catalogue/calendar/*.yaml, parsed. */
export interface CalendarSource {
  region: string
  years: CalendarNotice[]
}

export interface Limit {
  days: number
  unit: 'working-day' | 'day'
}

/** The clock stands still from `from` up to, not including, `to`; without `to` it still does. */
export interface Pause {
  from: PlainDate
  to?: PlainDate
}

const SHANGHAI_OFFSET_MINUTES = 8 * 60
const LONGEST_HOLIDAY_DAYS = 31
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|([+-])(\d{2}):(\d{2}))$/

function requireCount(n: number): void {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`not a number of days: ${n}`)
}

/** @throws {RangeError} if `date` is not a day */
export function addDays(date: PlainDate, days: number): PlainDate {
  return fromDayNumber(toDayNumber(date) + days)
}

/** Calendar days from `from` to `to`; negative if `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return toDayNumber(to) - toDayNumber(from)
}

/**
 * The same day of the month `months` later; where that month has no such day, its last day.
 * @see 《民法典》第二百零二条
 */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year = 0, month = 0, day = 0] = fromDayNumber(toDayNumber(date)).split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10)
  const length = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return addDays(first, Math.min(day, length) - 1)
}

/** @throws {RangeError} if the calendar does not cover the year of `date` */
export function isWorkingDay(date: PlainDate, calendar: WorkCalendar): boolean {
  const weekend = isWeekend(date)
  const year = Number(date.slice(0, 4))
  if (!calendar.years.includes(year)) {
    throw new RangeError(`the calendar of region ${calendar.region} does not cover ${year}`)
  }
  return weekend ? calendar.work.includes(date) : !calendar.off.includes(date)
}

/**
 * The `n`th working day after `date`; the day itself is not counted. For n = 0 the day itself or,
 * if it is not a working day, the next one that is.
 * @throws {RangeError} if n is not a whole number ≥0, or the calendar does not cover a year needed
 * @see 《民法典》第二百零一条
 */
export function addWorkingDays(date: PlainDate, n: number, calendar: WorkCalendar): PlainDate {
  requireCount(n)
  let day = date
  let left = n
  while (left > 0 || !isWorkingDay(day, calendar)) {
    day = addDays(day, 1)
    if (left > 0 && isWorkingDay(day, calendar)) left -= 1
  }
  return day
}

/**
 * Working days after `from` up to and including `to`; negative if `to` is earlier. It undoes
 * addWorkingDays for every n ≥1.
 * @throws {RangeError} if the calendar does not cover a year in between
 */
export function workingDaysBetween(
  from: PlainDate,
  to: PlainDate,
  calendar: WorkCalendar,
): number {
  const span = daysBetween(from, to)
  if (span < 0) return 0 - workingDaysBetween(to, from, calendar)
  let count = 0
  for (let n = 1; n <= span; n += 1) {
    if (isWorkingDay(addDays(from, n), calendar)) count += 1
  }
  return count
}

/**
 * The last day of a limit. The day it starts is not counted (民法典 §201), nor any day of a pause
 * (行政许可法 §45), however many pauses cover it. A last day that is no working day moves on to
 * the next that is (民法典 §203).
 * @returns undefined while an open pause holds the clock
 * @throws {RangeError} if a pause ends before it starts, the limit is not a whole number ≥0, or
 * the calendar does not cover a year needed
 */
export function dueOn(
  startedOn: PlainDate,
  limit: Limit,
  pauses: readonly Pause[],
  calendar: WorkCalendar,
): PlainDate | undefined {
  requireCount(limit.days)
  pauses.forEach(requireForward)
  let left = limit.days
  for (let day = startedOn; ; day = addDays(day, 1)) {
    const held = pauses.filter(({ from, to }) => from <= day && (to === undefined || day < to))
    if (held.some(({ to }) => to === undefined)) return undefined
    const works = isWorkingDay(day, calendar)
    const counts = held.length === 0 && (works || limit.unit === 'day')
    if (counts && day > startedOn && left > 0) left -= 1
    if (left === 0 && works && held.length === 0) return day
  }
}

function requireForward({ from, to }: Pause): void {
  if (daysBetween(from, to ?? from) < 0) throw new RangeError(`pause ends before ${from}: ${to}`)
}

/**
 * Working days left: those after `today` up to and including `due`. 0 on the last day; negative
 * when overdue, counted from the first working day after `due`.
 */
export function remaining(today: PlainDate, due: PlainDate, calendar: WorkCalendar): number {
  return workingDaysBetween(today, due, calendar)
}

/**
 * The last day on which a department may still ask for missing materials (一次性告知补正); after
 * it the application counts as accepted.
 * @returns the 5th working day after `receivedOn`
 * @throws {RangeError} if the calendar does not cover that year
 * @see 《行政许可法》第三十二条第一款第（四）项；第八十二条（期限按工作日计）
 */
export function correctionDeadline(receivedOn: PlainDate, calendar: WorkCalendar): PlainDate {
  return addWorkingDays(receivedOn, 5, calendar)
}

/**
 * The calendar day in Asia/Shanghai of an instant.
 * @param instantIso  ISO 8601 with 'Z' or an offset
 * @throws {RangeError} if it is not such an instant
 */
export function shanghaiDate(instantIso: string): PlainDate {
  return shanghai(instantIso).slice(0, 10)
}

/** The first instant of a calendar day in Asia/Shanghai, which keeps no summer time. */
export function dayStart(day: PlainDate): Date {
  return new Date(`${day}T00:00:00+08:00`)
}

/** The time of day in Asia/Shanghai, 'HH:mm'. @throws {RangeError} as shanghaiDate */
export function shanghaiTime(instantIso: string): string {
  return shanghai(instantIso).slice(11, 16)
}

function shanghai(instantIso: string): string {
  const [, date = '', hour, minute, second = '0', sign, ...offset] = INSTANT.exec(instantIso) ?? []
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)]
  const [offsetHours = 0, offsetMinutes = 0] = offset.map((part) => Number(part ?? 0))
  const real = isPlainDate(date) && hours < 24 && minutes < 60 && seconds < 60
  if (!real || offsetHours > 14 || offsetMinutes > 59) {
    throw new RangeError(`not an instant with an offset: "${instantIso}"`)
  }
  const east = (offsetHours * 60 + offsetMinutes) * (sign === '-' ? -1 : 1)
  const minuteOfDay = hours * 60 + minutes - east + SHANGHAI_OFFSET_MINUTES
  return new Date(toDayNumber(date) * 86_400_000 + minuteOfDay * 60_000).toISOString()
}

/**
 * The calendar file, with its ranges unfolded.
 * @throws {RangeError} on nonsense: a day that does not exist or is outside its notice's year, a
 * range that runs backwards or over a month, a day both off and working in one notice, a working
 * day that would be one anyway, a notice without name or source
 */
export function readCalendar(source: CalendarSource): WorkCalendar {
  const notices = source.years
  notices.forEach(requireSense)
  const off = notices.flatMap((notice) => notice.off.flatMap(daysOf))
  const work = notices.flatMap((notice) => notice.work.map(({ date }) => date))
  const idle = work.find((date) => !isWeekend(date) && !off.includes(date))
  if (idle !== undefined) throw new RangeError(`${idle} is a working day without being named one`)
  return {
    region: source.region,
    years: distinct(notices.map(({ year }) => year)),
    draftYears: distinct(notices.filter((n) => n.status === 'draft').map(({ year }) => year)),
    off: distinct(off.filter((date) => !isWeekend(date) && !work.includes(date))),
    work: distinct(work.filter(isWeekend)),
  }
}

function daysOf(span: HolidaySpan): PlainDate[] {
  const [from, to] = 'date' in span ? [span.date, span.date] : [span.from, span.to]
  const length = daysBetween(from, to) + 1
  if (length < 1 || length > LONGEST_HOLIDAY_DAYS) {
    throw new RangeError(`${span.name}: ${from} to ${to} is no holiday`)
  }
  return Array.from({ length }, (_, n) => addDays(from, n))
}

function requireSense(notice: CalendarNotice): void {
  const { year, status, source, checkedOn } = notice
  if (!source || !isPlainDate(checkedOn) || !['draft', 'confirmed'].includes(status)) {
    throw new RangeError(`a notice of ${year} lacks its source, status or checkedOn`)
  }
  const off = notice.off.flatMap(daysOf)
  const work = notice.work.map(({ date }) => date)
  const strange = [...off, ...work].find((day) => !isPlainDate(day) || !day.startsWith(`${year}-`))
  if (strange !== undefined) throw new RangeError(`${strange} stands in a notice of ${year}`)
  const both = off.find((day) => work.includes(day))
  if (both !== undefined) throw new RangeError(`${both} is both off and working`)
  if ([...notice.off, ...notice.work].some(({ name }) => !name)) {
    throw new RangeError(`a day of ${year} has no name`)
  }
}

function distinct<T extends string | number>(values: T[]): T[] {
  return values.filter((value, n) => values.indexOf(value) === n).sort()
}
