import type {
  Delivery, DeliveryPage, DeliveryState, LaneReviveBody, Lanes, ReviveBody, Revived,
} from '@core/contract/admin'
import { request } from '../platform/request'
import { PAGE } from './cases'

export const lanes = () => request<Lanes>('/v1/admin/lanes')

export const deliveries = (asked: {
  state: DeliveryState
  lane: string | undefined
  after: string | undefined
}) => request<DeliveryPage>('/v1/admin/deliveries', { query: { ...asked, limit: PAGE } })

export const reviveDelivery = (id: number, body: ReviveBody) =>
  request<Delivery>(`/v1/admin/deliveries/${id}/revive`, { method: 'POST', body })

export const reviveLane = (body: LaneReviveBody) =>
  request<Revived>('/v1/admin/deliveries/revive', { method: 'POST', body })
