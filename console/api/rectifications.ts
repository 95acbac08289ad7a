import type {
  RectificationActionBody, RectificationDetail, RectificationPage,
} from '@core/contract/rating'
import { request } from '../platform/request'
import type { Part } from './part'

export const rectifications = (state: string, part: Part) =>
  request<RectificationPage>('/v1/rectifications', { query: { state, ...part } })

export const rectification = (id: string) =>
  request<RectificationDetail>(`/v1/rectifications/${id}`)

export const actOnRectification = (id: string, body: RectificationActionBody) =>
  request<RectificationDetail>(`/v1/rectifications/${id}/actions`, { method: 'POST', body })
