import type {
  RectificationActionBody, RectificationDetail, RectificationPage,
} from '@core/contract/rating'
import { request } from '../platform/request'
import { PAGE } from './cases'

export const rectifications = (state: string, after: string | undefined) =>
  request<RectificationPage>('/v1/rectifications', { query: { state, after, limit: PAGE } })

export const rectification = (id: string) =>
  request<RectificationDetail>(`/v1/rectifications/${id}`)

export const actOnRectification = (id: string, body: RectificationActionBody) =>
  request<RectificationDetail>(`/v1/rectifications/${id}/actions`, { method: 'POST', body })
