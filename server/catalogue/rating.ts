/** What the shape of catalogue/rating.yaml cannot tell. */
import type { RatingSource } from '../../core/contract/rating'

export function ratingFaults({ indicators, rectification }: RatingSource): string[] {
  const faults: string[] = []
  const ids = indicators.map(({ id }) => id)
  if (new Set(ids).size < ids.length) faults.push('rating.yaml/indicators: an id stands twice')
  if (indicators.filter(({ whole }) => whole).length !== 1) {
    faults.push('rating.yaml/indicators: exactly one is whole')
  }
  const { contactDays, answerDays, stopDays } = rectification
  if (contactDays > answerDays || answerDays > stopDays) {
    faults.push('rating.yaml/rectification: contactDays ≤ answerDays ≤ stopDays')
  }
  return faults
}
