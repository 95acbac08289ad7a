import type {
  Countersigning, DeclineBody, InviteSigners, SignBody, Signing,
} from '@core/contract/signing'
import { get, send } from './client'

export const inviteSigners = (body: InviteSigners) => send<Signing>('POST', '/signings', body)

/** @param requestId  the draft's */
export const listSigners = (requestId: string) =>
  get<Signing>(`/signings?requestId=${encodeURIComponent(requestId)}`)

const againOf = (caseId: string) => `/cases/${encodeURIComponent(caseId)}/signing`

/** 补正后重签. @param form  the answer to the correction */
export const inviteAgain = (caseId: string, form: Record<string, string>) =>
  send<Signing>('POST', againOf(caseId), { form })

/** Who is asked to sign a corrected case again; nobody: no signers. */
export const listSignersAgain = (caseId: string) => get<Signing>(againOf(caseId))

const pathOf = (code: string) => `/signings/${encodeURIComponent(code)}`

export const getSigning = (code: string) => get<Countersigning>(pathOf(code))

export const signSigning = (code: string, body: SignBody) =>
  send<Countersigning>('POST', `${pathOf(code)}/sign`, body)

export const declineSigning = (code: string, body: DeclineBody) =>
  send<Countersigning>('POST', `${pathOf(code)}/decline`, body)
