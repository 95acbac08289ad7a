/** What was said about a case, and what came of it. */
import type { RatingBody, RatingView, RectificationReply } from '@core/contract/rating'
import { create } from 'zustand'
import { getRating, rateCase, replyRectification } from '@/api/ratings'
import { keepCase, recallCase } from './cases'
import { once } from './acts'
import { useSession } from './session'

export const useRatings = create<{ byCase: Readonly<Record<string, RatingView>> }>()(() => ({
  byCase: {},
}))

/** @throws {Refused} */
export async function refreshRating(caseId: string): Promise<void> {
  put(await getRating(caseId))
}

export type Given = Omit<RatingBody, 'requestId'>

/** Rates a case, its items, or both, each once. @throws {Refused} */
export async function rate(caseId: string, given: Given): Promise<void> {
  const view = await once(`${caseId} rate ${JSON.stringify(given)}`, (requestId) =>
    rateCase(caseId, { ...given, requestId }))
  put(view)
  const kept = recallCase(caseId)?.view
  if (!kept || !view.rating) return
  const { stars, comment, at } = view.rating
  await keepCase({ ...kept, rating: { stars, comment, at } })
}

/** Whether the answer to a low rating is good enough. @throws {Refused} */
export async function reply(
  rectificationId: string,
  given: Omit<RectificationReply, 'requestId'>,
): Promise<void> {
  put(await once(`${rectificationId} reply ${JSON.stringify(given)}`, (requestId) =>
    replyRectification(rectificationId, { ...given, requestId })))
}

function put(view: RatingView) {
  useRatings.setState(({ byCase }) => ({ byCase: { ...byCase, [view.caseId]: view } }))
}

// What one person said is not shown to the next.
useSession.subscribe(({ token }) => {
  if (!token) useRatings.setState({ byCase: {} })
})
