import type {
  Countersigning, DeclineBody, InviteSigners, SignBody, Signing,
} from '@core/contract/signing'
import { get, send } from './client'

export const inviteSigners = (body: InviteSigners) => send<Signing>('POST', '/signings', body)

/** @param requestId  the draft's */
export const listSigners = (requestId: string) =>
  get<Signing>(`/signings?requestId=${encodeURIComponent(requestId)}`)

const pathOf = (code: string) => `/signings/${encodeURIComponent(code)}`

export const getSigning = (code: string) => get<Countersigning>(pathOf(code))

export const signSigning = (code: string, body: SignBody) =>
  send<Countersigning>('POST', `${pathOf(code)}/sign`, body)

export const declineSigning = (code: string, body: DeclineBody) =>
  send<Countersigning>('POST', `${pathOf(code)}/decline`, body)
