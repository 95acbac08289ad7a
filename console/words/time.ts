/** Days and moments as staff read them. */
import { type WorkCalendar, daysBetween, remaining, shanghaiDate, shanghaiTime } from '@core/clock'

/** 剩 3 个工作日, 今天到期, 超 2 个工作日. */
export function leftWords(due: string, today: string, calendar: WorkCalendar | undefined): string {
  const covers = calendar?.years.includes(Number(due.slice(0, 4)))
  if (!calendar || !covers) return ''
  const days = remaining(today, due, calendar)
  if (today > due) return `超 ${Math.max(1, -days)} 个工作日`
  return days <= 0 ? '今天到期' : `剩 ${days} 个工作日`
}

/** 今天, 3 天: since when it lies here. */
export function ageWords(since: string, today: string): string {
  const days = daysBetween(shanghaiDate(since), today)
  return days <= 0 ? '今天' : `${days} 天`
}

/** 11-23 14:05 of an instant. */
export function momentWords(instant: string): string {
  return `${shanghaiDate(instant).slice(5)} ${shanghaiTime(instant)}`
}
