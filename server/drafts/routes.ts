import { Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { Draft, DraftPut, DraftSaved, PickUpCode, PickUpState } from '../../core/contract/draft'
import { Ok, Slug, closed } from '../../core/contract/wire'
import { type Routes, citizenOf, refusals } from '../route'
import { dropPickUp, makePickUp, readPickUp } from './pick-up'
import { draftIdOf, dropDraft, putDraft, readDraft } from './service'

const params = Type.Object({ topicId: Slug }, closed)

/** Whose draft of what, for those who may. @throws {Refused} NOT_FOUND */
function matterOf(request: Asking, draftId?: string) {
  const citizen = citizenOf(request)
  const { topicId } = request.params
  request.guard({ ownerId: citizen.id, topicId, draftId })
  return { citizen, topicId }
}

type Asking = FastifyRequest & { params: { topicId: string } }

export const draftRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/drafts/:topicId', {
    schema: { operationId: 'getDraft', params, response: { 200: Draft } },
  }, async (request) => {
    const { counter, id: personId } = citizenOf(request)
    const { topicId } = request.params
    // The window reads no draft but the one it took up.
    const draftId = counter && await draftIdOf(platform, { personId, topicId })
    return readDraft(platform, matterOf(request, draftId))
  })

  app.put('/v1/drafts/:topicId', {
    schema: { operationId: 'putDraft', params, body: DraftPut, response: { 200: DraftSaved } },
  }, (request) => putDraft(platform, { ...matterOf(request), ...request.body }))

  app.delete('/v1/drafts/:topicId', {
    schema: { operationId: 'deleteDraft', params, response: { 200: Ok } },
  }, async (request) => {
    await dropDraft(platform, matterOf(request))
    return { ok: true as const }
  })

  app.post('/v1/drafts/:topicId/pick-up', {
    schema: { operationId: 'makePickUp', params, response: { 200: PickUpCode, ...refusals } },
  }, (request) => makePickUp(platform, matterOf(request)))

  app.get('/v1/drafts/:topicId/pick-up', {
    schema: { operationId: 'getPickUp', params, response: { 200: PickUpState, ...refusals } },
  }, (request) => readPickUp(platform, matterOf(request)))

  app.delete('/v1/drafts/:topicId/pick-up', {
    schema: { operationId: 'dropPickUp', params, response: { 200: Ok, ...refusals } },
  }, async (request) => {
    await dropPickUp(platform, matterOf(request))
    return { ok: true as const }
  })
}
