import { Type } from '@sinclair/typebox'
import {
  DELIVERY_STATES, Delivery, DeliveryPage, LaneReviveBody, Lanes, ReviveBody, Revived,
} from '../../core/contract/admin'
import { OneOf, closed } from '../../core/contract/wire'
import { PAGE_SIZE, Page, type Routes, refusals, staffOf } from '../route'
import { lanes, listDeliveries, reviveDeliveries, reviveDelivery } from './deliveries'

const JobNumber = Type.Integer({ minimum: 1, maximum: 2 ** 53 - 1 })

export const deliveryRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/admin/lanes', {
    schema: { operationId: 'listLanes', response: { 200: Lanes, ...refusals } },
  }, () => lanes(platform))

  app.get('/v1/admin/deliveries', {
    schema: {
      operationId: 'listDeliveries',
      querystring: Type.Object({
        state: OneOf(DELIVERY_STATES),
        lane: Type.Optional(Type.String({ maxLength: 100 })),
        after: Type.Optional(JobNumber),
        limit: Page.limit,
      }, closed),
      response: { 200: DeliveryPage, ...refusals },
    },
  }, ({ query: { state, lane, after, limit = PAGE_SIZE } }) =>
    listDeliveries(platform, { state, lane, after, limit }))

  app.post('/v1/admin/deliveries/revive', {
    schema: {
      operationId: 'reviveDeliveries', body: LaneReviveBody,
      response: { 200: Revived, ...refusals },
    },
  }, (request) => reviveDeliveries(platform, { by: staffOf(request), body: request.body }))

  app.post('/v1/admin/deliveries/:id/revive', {
    schema: {
      operationId: 'reviveDelivery', params: Type.Object({ id: JobNumber }, closed),
      body: ReviveBody, response: { 200: Delivery, ...refusals },
    },
  }, (request) => reviveDelivery(platform, {
    id: request.params.id, by: staffOf(request), body: request.body,
  }))
}
