/** 电子监察: when the clock of a task speaks up, and when it next will. */
import {
  type PlainDate, type WorkCalendar, addDays, addWorkingDays, remaining, workingDaysBetween,
} from './clock'

export type Signal = 'none' | 'warning' | 'yellow' | 'red'

/** When supervision speaks up. A judgement of ours, not law: the supervision office may set it. */
export interface SignalLimits {
  /** 预警 once no more than this share of all working days is left (and always on the last). */
  warningShare: number
  /** 红牌 when overdue by more than this many working days; 黄牌 before. */
  redAfterDays: number
}

const LIMITS: SignalLimits = { warningShare: 0.2, redAfterDays: 3 }

/**
 * 预警 / 黄牌 / 红牌 of a running clock. Warning when at most max(1, 20 %) of its working days are
 * left and at least one has gone (a one-day clock does not warn as it starts), yellow when overdue,
 * red when overdue by more than 3 working days. These figures are our judgement; pass `limits` to
 * set others.
 */
export function signal(
  { today, startedOn, due }: { today: PlainDate; startedOn: PlainDate; due: PlainDate },
  calendar: WorkCalendar,
  limits: SignalLimits = LIMITS,
): Signal {
  const left = remaining(today, due, calendar)
  if (today > due) return -left > limits.redAfterDays ? 'red' : 'yellow'
  const total = workingDaysBetween(startedOn, due, calendar)
  const isNear = left <= Math.max(1, total * limits.warningShare)
  return isNear && left < total ? 'warning' : 'none'
}

/**
 * The day on which a running clock has something worse to say than `told`; undefined after red.
 * @param told  the worst that was said of it
 * @throws {RangeError} if the calendar does not cover a year needed
 * @see signal, of which this is the first day that differs
 */
export function nextSignalOn(
  { startedOn, due, told }: { startedOn: PlainDate; due: PlainDate; told: Signal },
  calendar: WorkCalendar,
  limits: SignalLimits = LIMITS,
): PlainDate | undefined {
  if (told === 'red') return undefined
  if (told === 'yellow') return addWorkingDays(due, limits.redAfterDays + 1, calendar)
  const total = workingDaysBetween(startedOn, due, calendar)
  if (told === 'warning' || total < 1) return addDays(due, 1)
  const left = Math.min(total - 1, Math.floor(Math.max(1, total * limits.warningShare)))
  return addWorkingDays(startedOn, total - left, calendar)
}
