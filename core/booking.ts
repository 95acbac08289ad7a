/**
 * 预约取号: the half hours in which a hall's windows can be booked.
 *
 *   opening hours + day ──slotsOn──▶ times;  windows of a kind + rules ──capacityOf──▶ places each
 *
 * Times are 'HH:mm' in Beijing time. A slot lies wholly inside the opening hours, evenings too.
 */
import { type PlainDate, type WorkCalendar, addDays, shanghaiDate, shanghaiTime } from './clock'
import type { Hall, HallHours, WindowKind } from './contract/hall'
import { spansOn } from './hours'

/** See catalogue/booking.yaml. */
export interface BookingRules {
  slotMinutes: number
  /** days after today that can still be booked */
  daysAhead: number
  leadMinutes: number
  /** people a window of each kind takes in a slot, unless the window states its own */
  perSlot: Readonly<Record<WindowKind, number>>
}

export interface Slot {
  day: PlainDate
  /** 'HH:mm', when it begins */
  time: string
}

const HOUR = 60
const minuteOf = (time: string) => Number(time.slice(0, 2)) * HOUR + Number(time.slice(3, 5))
const timeOf = (minute: number) =>
  [Math.floor(minute / HOUR), minute % HOUR].map((part) => String(part).padStart(2, '0')).join(':')

/** 'HH:mm' when a slot ends. */
export const slotEnd = (time: string, minutes: number): string => timeOf(minuteOf(time) + minutes)

const covers = ({ years }: WorkCalendar, day: PlainDate) =>
  years.includes(Number(day.slice(0, 4)))

/** When slots begin on a day, in order; none on a day the calendar does not cover. */
export function slotsOn(
  hours: HallHours,
  day: PlainDate,
  { calendar, minutes }: { calendar: WorkCalendar; minutes: number },
): string[] {
  if (!covers(calendar, day)) return []
  return spansOn(hours, day, calendar).flatMap(([from, to]) => {
    const count = Math.floor((minuteOf(to) - minuteOf(from)) / minutes)
    const starts = Array.from({ length: Math.max(0, count) }, (_, n) => n * minutes)
    return starts.map((minute) => timeOf(minuteOf(from) + minute))
  })
}

/** How many people the windows of a kind take in one slot. */
export function capacityOf(
  { windows }: Pick<Hall, 'windows'>,
  kind: WindowKind,
  { perSlot }: Pick<BookingRules, 'perSlot'>,
): number {
  return windows.filter((one) => one.kind === kind)
    .reduce((sum, one) => sum + (one.perSlot ?? perSlot[kind]), 0)
}

/**
 * Whether a slot can be booked now: it exists, is not too near and not too far.
 * @param nowIso  ISO 8601 with 'Z' or an offset
 */
export function isBookable(
  hall: Pick<Hall, 'hours'>,
  { day, time }: Slot,
  { nowIso, calendar, rules }: { nowIso: string; calendar: WorkCalendar; rules: BookingRules },
): boolean {
  const { slotMinutes, daysAhead, leadMinutes } = rules
  const today = shanghaiDate(nowIso)
  if (day < today || day > addDays(today, daysAhead)) return false
  const earliest = minuteOf(shanghaiTime(nowIso)) + leadMinutes
  if (day === today && minuteOf(time) < earliest) return false
  return slotsOn(hall.hours, day, { calendar, minutes: slotMinutes }).includes(time)
}

/** Whether a slot has begun, and with it the time to cancel has passed. */
export function hasBegun({ day, time }: Slot, nowIso: string): boolean {
  const [today, now] = [shanghaiDate(nowIso), shanghaiTime(nowIso)]
  return day < today || (day === today && time <= now)
}

const LETTERS: Record<WindowKind, string> = {
  service: 'B', inquiry: 'Z', agent: 'D', unresolved: 'F',
}

/** 取号: the kind's letter, the time, and which of the slot's places: B1030-2. One a hall and day. */
export function ticketNumber(kind: WindowKind, time: string, seat: number): string {
  return `${LETTERS[kind]}${time.replace(':', '')}-${seat}`
}
