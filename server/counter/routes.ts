import {
  CounterFilings, CounterSession, CounterView, MoveToPhone, MovedToPhone, OpenFiling, OpenRating,
} from '../../core/contract/counter'
import { look } from '../audit/look'
import { mustSubject } from '../cases/read'
import { ById, type Routes, citizenOf, refusals, staffOf } from '../route'
import { moveToPhone } from './move'
import { openFiling, openRating } from './open'
import { filingsOf, viewCounter } from './view'

export const counterRoutes: Routes = async (app, { platform }) => {
  app.post('/v1/desk/filings', {
    schema: {
      operationId: 'openFiling', body: OpenFiling, response: { 200: CounterSession, ...refusals },
    },
  }, (request) => {
    const { body } = request
    request.guard({ regionCode: body.regionCode })
    return openFiling(platform, staffOf(request), body)
  })

  app.get('/v1/desk/filings', {
    schema: { operationId: 'listFilings', response: { 200: CounterFilings, ...refusals } },
  }, async (request) => {
    const by = staffOf(request)
    await look(platform, {
      by, personId: null, what: '查看窗口代办列表', object: `staff:${by.id}`,
    })
    return filingsOf(platform, by.id)
  })

  app.post('/v1/desk/cases/:id/rating', {
    schema: {
      operationId: 'openRating', params: ById, body: OpenRating,
      response: { 200: CounterSession, ...refusals },
    },
  }, async (request) => {
    const { params: { id: caseId }, body: { requestId } } = request
    request.guard(await mustSubject(platform, caseId))
    return openRating(platform, staffOf(request), { caseId, requestId })
  })

  app.get('/v1/counter', {
    schema: { operationId: 'getCounter', response: { 200: CounterView, ...refusals } },
  }, (request) => viewCounter(platform, citizenOf(request)))

  app.post('/v1/counter/move', {
    schema: {
      operationId: 'moveToPhone', body: MoveToPhone, response: { 200: MovedToPhone, ...refusals },
    },
  }, (request) => moveToPhone(platform, { citizen: citizenOf(request), ...request.body }))
}
