import type { StaffMe, StaffSession } from '@core/contract/session'
import { request } from '../platform/request'

export interface SignIn {
  login: string
  password: string
  totp: string
  newPassword?: string | undefined
}

export const signIn = (given: SignIn) =>
  request<StaffSession>('/v1/staff/session', { method: 'POST', body: given })

export const staffMe = () => request<StaffMe>('/v1/staff/me')

export const signOut = () => request<{ ok: true }>('/v1/session', { method: 'DELETE' })
