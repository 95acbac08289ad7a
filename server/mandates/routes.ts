import { Type } from '@sinclair/typebox'
import {
  AddProved, Mandates, MandateView, Offer, OfferMandate, Offered, OpenCode, Provable, TakeCode,
} from '../../core/contract/mandate'
import { ById, type Routes, citizenOf, refusals, sessionOf } from '../route'
import { offerMandate, openCode, takeCode } from './offer'
import { addProved, listMandates, provable, revokeMandate, sidesOf } from './service'

const Mandate = Type.Object({ mandate: MandateView }, { additionalProperties: false })

export const mandateRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/mandates', {
    schema: { operationId: 'listMandates', response: { 200: Mandates, ...refusals } },
  }, (request) => listMandates(platform, citizenOf(request)))

  app.get('/v1/mandates/provable', {
    schema: { operationId: 'listProvable', response: { 200: Provable, ...refusals } },
  }, (request) => provable(platform, citizenOf(request)))

  app.post('/v1/mandates/proved', {
    schema: {
      operationId: 'addProved', body: AddProved, response: { 200: Mandate, ...refusals },
    },
  }, async (request) => ({
    mandate: await addProved(platform, { citizen: citizenOf(request), given: request.body }),
  }))

  app.post('/v1/mandates', {
    schema: {
      operationId: 'offerMandate', body: OfferMandate, response: { 200: Offered, ...refusals },
    },
  }, (request) => offerMandate(platform, {
    citizen: citizenOf(request), sessionHash: sessionOf(request), given: request.body,
  }))

  app.post('/v1/mandates/open', {
    schema: {
      operationId: 'openMandateCode', body: OpenCode, response: { 200: Offer, ...refusals },
    },
  }, (request) => openCode(platform, { citizen: citizenOf(request), code: request.body.code }))

  app.post('/v1/mandates/take', {
    schema: {
      operationId: 'takeMandateCode', body: TakeCode, response: { 200: Mandate, ...refusals },
    },
  }, async (request) => ({
    mandate: await takeCode(platform, { citizen: citizenOf(request), code: request.body.code }),
  }))

  app.post('/v1/mandates/:id/revoke', {
    schema: {
      operationId: 'revokeMandate', params: ById, response: { 200: Mandates, ...refusals },
    },
  }, async (request) => {
    const { id } = request.params
    request.guard({ sides: await sidesOf(platform, id) })
    return revokeMandate(platform, { citizen: citizenOf(request), id })
  })
}
