import type {
  AccountActionBody, AccountBody, AccountPage, AccountSaved, AuditPage, Delivery, DeliveryPage,
  DeliveryState, LaneReviveBody, Lanes, ReviveBody, Revived, SystemHealth, Units,
} from '@core/contract/admin'
import { request } from '../platform/request'
import type { Part } from './part'

export const lanes = () => request<Lanes>('/v1/admin/lanes')

export const deliveries = (asked: Part & { state: DeliveryState; lane: string | undefined }) =>
  request<DeliveryPage>('/v1/admin/deliveries', { query: { ...asked } })

export const reviveDelivery = (id: number, body: ReviveBody) =>
  request<Delivery>(`/v1/admin/deliveries/${id}/revive`, { method: 'POST', body })

export const reviveLane = (body: LaneReviveBody) =>
  request<Revived>('/v1/admin/deliveries/revive', { method: 'POST', body })

export const systemHealth = () => request<SystemHealth>('/v1/admin/health')

export const units = () => request<Units>('/v1/admin/units')

export const accounts = (asked: Part & { disabled: boolean; role: string | undefined }) =>
  request<AccountPage>('/v1/admin/accounts', {
    query: { ...asked, disabled: String(asked.disabled) },
  })

export const createAccount = (body: AccountBody) =>
  request<AccountSaved>('/v1/admin/accounts', { method: 'POST', body })

export const actOnAccount = (id: string, body: AccountActionBody) =>
  request<AccountSaved>(`/v1/admin/accounts/${id}/actions`, { method: 'POST', body })

const LINES = 100

export interface AuditAsked {
  login: string | undefined
  kind: string | undefined
  from: string | undefined
  to: string | undefined
}

export const auditLines = (asked: AuditAsked, after: string | undefined) =>
  request<AuditPage>('/v1/admin/audit', { query: { ...asked, after, limit: LINES } })
