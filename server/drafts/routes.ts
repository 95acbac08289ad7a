import { Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { Draft, DraftPut, DraftSaved } from '../../core/contract/draft'
import { Ok, Slug, closed } from '../../core/contract/wire'
import { type Routes, citizenOf } from '../route'
import { dropDraft, putDraft, readDraft } from './service'

const params = Type.Object({ topicId: Slug }, closed)

/** Whose draft of what, for those who may. @throws {Refused} NOT_FOUND */
function matterOf(request: FastifyRequest & { params: { topicId: string } }) {
  const citizen = citizenOf(request)
  const { topicId } = request.params
  request.guard({ ownerId: citizen.id, topicId })
  return { citizen, topicId }
}

export const draftRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/drafts/:topicId', {
    schema: { operationId: 'getDraft', params, response: { 200: Draft } },
  }, (request) => readDraft(platform, matterOf(request)))

  app.put('/v1/drafts/:topicId', {
    schema: { operationId: 'putDraft', params, body: DraftPut, response: { 200: DraftSaved } },
  }, (request) => putDraft(platform, { ...matterOf(request), ...request.body }))

  app.delete('/v1/drafts/:topicId', {
    schema: { operationId: 'deleteDraft', params, response: { 200: Ok } },
  }, async (request) => {
    await dropDraft(platform, matterOf(request))
    return { ok: true as const }
  })
}
