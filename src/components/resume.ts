import { goTo } from '@/platform/navigation'
import type { Filling } from '@/stores/filling'

const LATER = ['materials', 'check', 'signers', 'sign']

/** True once the citizen has told us anything. */
export function isBegun({ draft: { body } }: Filling): boolean {
  return [body.answers, body.form, body.materials].some((given) => Object.keys(given).length > 0)
}

/** Opens the page at which the citizen stopped (U16). */
export function resume({ topic, plan, draft }: Filling) {
  const { page } = draft.body
  if (plan.next || plan.stops.length > 0) goTo('questions', { topic: topic.id })
  else if (page === '') goTo('notice', { topic: topic.id })
  else if (LATER.includes(page)) goTo(page, { topic: topic.id })
  else goTo('form', { topic: topic.id, page })
}
