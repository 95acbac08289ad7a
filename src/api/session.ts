import type { CounterView, MovedToPhone } from '@core/contract/counter'
import type { DraftBody } from '@core/contract/draft'
import type {
  AccessLog, Account, Me, OtpReply, Session, SharedCertificates,
} from '@core/contract/session'
import { get, send } from './client'

export const requestOtp = (phone: string) =>
  send<OtpReply>('POST', '/session/otp', { phone })

export const signInBySms = (phone: string, otp: string, challenge: string) =>
  send<Session>('POST', '/session', { kind: 'sms', phone, otp, challenge })

export const signInByWechat = (code: string) =>
  send<Session>('POST', '/session', { kind: 'wechat', code })

export const renewSession = () => send<Session>('POST', '/session/renew')

export const signOutRemotely = () => send<unknown>('DELETE', '/session')

export const getMe = () => get<Account>('/me')

/** What this page was opened for at the window. */
export const getCounter = () => get<CounterView>('/counter')

/** What was filled in here becomes the citizen's own draft; this session is over. */
export const moveToPhone = (draft: DraftBody) =>
  send<MovedToPhone>('POST', '/counter/move', { draft })

export const changeMe = (change: { region?: string; elder?: boolean }) =>
  send<Me>('PUT', '/me', change)

export const checkIdentity = (name: string, idNumber: string) =>
  send<Me>('POST', '/me/identity', { name, idNumber })

/** @param topicId  what they are asked for: who acts for somebody must say */
export const getCertificates = (topicId?: string) =>
  get<SharedCertificates>(`/me/certificates${topicId ? `?topicId=${topicId}` : ''}`)

export const getAccessLog = (after?: string) =>
  get<AccessLog>(`/me/access-log?limit=20${after ? `&after=${encodeURIComponent(after)}` : ''}`)
