import type { RatingBody, RatingView, RectificationReply } from '@core/contract/rating'
import { get, send } from './client'

export const getRating = (caseId: string) => get<RatingView>(`/cases/${caseId}/ratings`)

export const rateCase = (caseId: string, body: RatingBody) =>
  send<RatingView>('POST', `/cases/${caseId}/ratings`, body)

export const replyRectification = (id: string, body: RectificationReply) =>
  send<RatingView>('POST', `/rectifications/${id}/reply`, body)
