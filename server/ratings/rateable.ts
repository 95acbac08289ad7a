/** What may be rated, and until when. */
import { addDays, shanghaiDate } from '../../core/clock'
import type { RatingSource } from '../../core/contract/rating'
import type { CaseRow, TaskRow } from '../cases/view'

const RATEABLE: readonly string[] = ['finished', 'refused']
const RATEABLE_TASK: readonly string[] = ['approved', 'rejected']

/** An item is rated for what its department decided. */
export const isRateableTask = ({ state }: Pick<TaskRow, 'state'>) => RATEABLE_TASK.includes(state)

/** The last day on which a case may be rated; null before its end. */
export function ratingEnds(
  { rating }: { rating: RatingSource },
  { state, ended_at }: Pick<CaseRow, 'state' | 'ended_at'>,
): string | null {
  if (!RATEABLE.includes(state) || !ended_at) return null
  return addDays(shanghaiDate(ended_at.toISOString()), rating.withinDays)
}
