/** 上门服务: when somebody of the window can come to a home. */
import { type PlainDate, type WorkCalendar, addWorkingDays } from './clock'

export const VISIT_PARTS = ['morning', 'afternoon'] as const
export type VisitPart = (typeof VISIT_PARTS)[number]

export const VISIT_WORDS: Record<VisitPart, string> = { morning: '上午', afternoon: '下午' }

/** Somebody has to be found and told: not on the very next day. */
const EARLIEST = 2
const LATEST = 11

/**
 * The working days one may choose from, the nearest first.
 * @param today  calendar day in Asia/Shanghai
 * @throws {RangeError} if the calendar does not cover them
 */
export function visitDays(today: PlainDate, calendar: WorkCalendar): PlainDate[] {
  return Array.from({ length: LATEST - EARLIEST + 1 }, (_, n) =>
    addWorkingDays(today, EARLIEST + n, calendar))
}
