import type {
  AddProved, MandateView, Mandates, Offer, OfferMandate, Offered, Provable,
} from '@core/contract/mandate'
import { get, send } from './client'

export const getMandates = () => get<Mandates>('/mandates')

/** Whom shared certificates let one add. */
export const getProvable = () => get<Provable>('/mandates/provable')

export const addProved = async (body: AddProved) =>
  (await send<{ mandate: MandateView }>('POST', '/mandates/proved', body)).mandate

/** Who acts must be freshly proved. @throws {Refused} CONFIRM_REQUIRED */
export const offerMandate = (body: OfferMandate) => send<Offered>('POST', '/mandates', body)

/** What a code asks, before anything is agreed. */
export const openMandateCode = (code: string) => send<Offer>('POST', '/mandates/open', { code })

export const takeMandateCode = async (code: string) =>
  (await send<{ mandate: MandateView }>('POST', '/mandates/take', { code, consent: true })).mandate

export const revokeMandate = (id: string) => send<Mandates>('POST', `/mandates/${id}/revoke`)
