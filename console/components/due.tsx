import type { WorkCalendar } from '@core/clock'
import { leftWords } from '../words/time'
import { SignalTag } from './tags'

export interface DueProps {
  due: string | null
  signal: 'none' | 'warning' | 'yellow' | 'red'
  today: string
  calendar: WorkCalendar | undefined
}

/** The last day, what is left of it, and the signal of supervision. */
export function Due({ due, signal, today, calendar }: DueProps) {
  if (due === null) return <span className='quiet'>不计时</span>
  return <span className='due'>
    <span className='number'>{due}</span>
    <span className={today > due ? 'late' : 'quiet'}>{leftWords(due, today, calendar)}</span>
    <SignalTag signal={signal} />
  </span>
}
