import { Type } from '@sinclair/typebox'
import {
  CatalogueTopics, DraftActionBody, DraftView, OpenDraft, Rehearsal, SaveDraft, TopicVersions,
} from '../../core/contract/editing'
import { Slug, closed } from '../../core/contract/wire'
import { Refused } from '../../core/refusal'
import type { Platform } from '../platform'
import { ById, type Routes, refusals, staffOf } from '../route'
import { actOnCatalogue, openDraft, saveDraft } from './drafts'
import { rehearse } from './rehearse'
import { subjectOf } from './rights'
import { findDraft } from './store'
import { currentParts, listCatalogue, topicVersions } from './versions'
import { draftParts, draftView } from './view'

type App = Parameters<Routes>[0]
type Given = Parameters<Routes>[1]

/** The proof takes a fraction of a second of the one thread everybody shares. */
const DRAFT_CALLS_A_MINUTE = 120
const rateLimit = { max: DRAFT_CALLS_A_MINUTE }

export const editingRoutes: Routes = async (app, given) => {
  topics(app, given)
  drafts(app, given)
  steps(app, given)
}

/** @throws {Refused} NOT_FOUND */
function topicSubject({ catalogue }: Platform, topicId: string) {
  return subjectOf(catalogue, [currentParts({ catalogue }, topicId)])
}

/** Also a department whose item the draft brings in. @throws {Refused} NOT_FOUND */
async function draftSubject(platform: Platform, id: string) {
  const row = await findDraft(platform.db.db, id)
  if (!row) throw new Refused('NOT_FOUND')
  const parts = [currentParts(platform, row.topic_id),
    draftParts(platform, row.topic_id, row.changes)]
  return subjectOf(platform.catalogue, parts)
}

function topics(app: App, { platform }: Given): void {
  app.get('/v1/catalogue/topics', {
    schema: { operationId: 'listCatalogue', response: { 200: CatalogueTopics, ...refusals } },
  }, (request) => listCatalogue(platform, staffOf(request)))

  app.get('/v1/catalogue/topics/:id', {
    schema: {
      operationId: 'listTopicVersions', params: Type.Object({ id: Slug }, closed),
      response: { 200: TopicVersions, ...refusals },
    },
  }, async (request) => {
    const { params: { id: topicId } } = request
    request.guard(topicSubject(platform, topicId))
    return topicVersions(platform, { topicId, by: staffOf(request) })
  })
}

function drafts(app: App, { platform }: Given): void {
  const reply = { 200: DraftView, ...refusals }
  // The sources are our own data in the shape of the catalogue's files.
  const serializerCompiler = () => JSON.stringify

  app.post('/v1/catalogue/drafts', {
    schema: { operationId: 'openCatalogueDraft', body: OpenDraft, response: reply },
    serializerCompiler, config: { rateLimit },
  }, async (request) => {
    const { body } = request
    request.guard(topicSubject(platform, body.topicId))
    const by = staffOf(request)
    return draftView(platform, { id: await openDraft(platform, { by, body }), by })
  })

  app.get('/v1/catalogue/drafts/:id', {
    schema: { operationId: 'getCatalogueDraft', params: ById, response: reply },
    serializerCompiler, config: { rateLimit },
  }, async (request) => {
    const { params: { id } } = request
    request.guard(await draftSubject(platform, id))
    return draftView(platform, { id, by: staffOf(request) })
  })

  app.post('/v1/catalogue/drafts/:id/save', {
    schema: {
      operationId: 'saveCatalogueDraft', params: ById, body: SaveDraft, response: reply,
    },
    serializerCompiler, config: { rateLimit },
  }, async (request) => {
    const { params: { id }, body } = request
    request.guard(await draftSubject(platform, id))
    const by = staffOf(request)
    await saveDraft(platform, { id, by, body })
    return draftView(platform, { id, by })
  })
}

function steps(app: App, { platform }: Given): void {
  app.post('/v1/catalogue/drafts/:id/actions', {
    schema: {
      operationId: 'actOnCatalogueDraft', params: ById, body: DraftActionBody,
      response: { 200: DraftView, ...refusals },
    },
    serializerCompiler: () => JSON.stringify,
    config: { rateLimit },
  }, async (request) => {
    const { params: { id }, body } = request
    request.guard(await draftSubject(platform, id))
    const by = staffOf(request)
    await actOnCatalogue(platform, { id, by, body })
    return draftView(platform, { id, by })
  })

  app.get('/v1/catalogue/drafts/:id/rehearsal', {
    schema: {
      operationId: 'rehearseCatalogueDraft', params: ById,
      querystring: Type.Object(
        { after: Type.Optional(Type.String({ maxLength: 200 })) }, closed),
      response: { 200: Rehearsal, ...refusals },
    },
    config: { rateLimit },
  }, async (request) => {
    const { params: { id }, query: { after } } = request
    request.guard(await draftSubject(platform, id))
    return rehearse(platform, { id, by: staffOf(request), after })
  })
}
