import { Type } from '@sinclair/typebox'
import { Draft, DraftPut, DraftSaved } from '../../core/contract/draft'
import { Ok, Slug, closed } from '../../core/contract/wire'
import { type Routes, citizenOf } from '../route'
import { dropDraft, putDraft, readDraft } from './service'

const params = Type.Object({ topicId: Slug }, closed)

export const draftRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/drafts/:topicId', {
    schema: { operationId: 'getDraft', params, response: { 200: Draft } },
  }, (request) =>
    readDraft(platform, { citizen: citizenOf(request), topicId: request.params.topicId }))

  app.put('/v1/drafts/:topicId', {
    schema: { operationId: 'putDraft', params, body: DraftPut, response: { 200: DraftSaved } },
  }, (request) => {
    const { topicId } = request.params
    return putDraft(platform, { citizen: citizenOf(request), topicId, ...request.body })
  })

  app.delete('/v1/drafts/:topicId', {
    schema: { operationId: 'deleteDraft', params, response: { 200: Ok } },
  }, async (request) => {
    await dropDraft(platform, { citizen: citizenOf(request), topicId: request.params.topicId })
    return { ok: true as const }
  })
}
