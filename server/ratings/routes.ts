import { Type } from '@sinclair/typebox'
import {
  RatingBody, RatingView, RectificationActionBody, RectificationDetail, RectificationPage,
  RectificationReply,
} from '../../core/contract/rating'
import { OneOf, closed } from '../../core/contract/wire'
import { RECTIFICATION_STATES } from '../../core/rectification'
import { Refused } from '../../core/refusal'
import { look } from '../audit/look'
import { mustSubject } from '../cases/read'
import type { Platform } from '../platform'
import { ById, PAGE_SIZE, Page, type Routes, citizenOf, refusals, staffOf } from '../route'
import { rateCase } from './rate'
import { viewRating } from './read'
import { rectify } from './rectify'
import { rectificationSubject } from './store'
import { detail, readCursor, worklist } from './worklist'

type App = Parameters<Routes>[0]

export const ratingRoutes: Routes = async (app, { platform }) => {
  rating(app, platform)
  rectifying(app, platform)
}

function rating(app: App, platform: Platform): void {
  app.get('/v1/cases/:id/ratings', {
    schema: {
      operationId: 'getRating', params: ById, response: { 200: RatingView, ...refusals },
    },
  }, async (request) => {
    const { params: { id }, actor: by } = request
    const subject = await mustSubject(platform, id)
    request.guard(subject)
    await look(platform, {
      by, personId: subject.ownerId, what: '查看评价和整改', object: `case:${id}`,
    })
    return viewRating(platform, id)
  })

  app.post('/v1/cases/:id/ratings', {
    schema: {
      operationId: 'rateCase', params: ById, body: RatingBody,
      response: { 200: RatingView, ...refusals },
    },
  }, async (request) => {
    const { params: { id: caseId }, body } = request
    request.guard(await mustSubject(platform, caseId))
    return rateCase(platform, { caseId, by: citizenOf(request), body })
  })

  app.post('/v1/rectifications/:id/reply', {
    schema: {
      operationId: 'replyRectification', params: ById, body: RectificationReply,
      response: { 200: RatingView, ...refusals },
    },
  }, async (request) => {
    const { params: { id }, actor: by, body } = request
    const subject = await mustRectification(platform, id)
    request.guard(subject)
    await rectify(platform, { id, by, body })
    return viewRating(platform, subject.caseId)
  })
}

/** @throws {Refused} NOT_FOUND */
async function mustRectification(platform: Platform, id: string) {
  const subject = await rectificationSubject(platform.db.db, id)
  if (!subject) throw new Refused('NOT_FOUND')
  return subject
}

function rectifying(app: App, platform: Platform): void {
  app.get('/v1/rectifications', {
    schema: {
      operationId: 'listRectifications',
      querystring: Type.Object({
        state: Type.Optional(OneOf(RECTIFICATION_STATES)),
        ...Page,
      }, closed),
      response: { 200: RectificationPage, ...refusals },
    },
  }, async (request) => {
    const { state, after, limit = PAGE_SIZE } = request.query
    const by = staffOf(request)
    await look(platform, {
      by, personId: null, what: '查看差评整改列表', object: `rectifications:${by.region}`,
    })
    return worklist(platform, { by, state, limit, after: after ? readCursor(after) : undefined })
  })

  app.get('/v1/rectifications/:id', {
    schema: {
      operationId: 'getRectification', params: ById,
      response: { 200: RectificationDetail, ...refusals },
    },
  }, async (request) => {
    const { params: { id } } = request
    const subject = await mustRectification(platform, id)
    request.guard(subject)
    const by = staffOf(request)
    await look(platform, {
      by, personId: subject.ownerId, what: '查看差评整改', object: `rectification:${id}`,
      why: '差评整改',
    })
    return detail(platform, { id, by })
  })

  app.post('/v1/rectifications/:id/actions', {
    schema: {
      operationId: 'actOnRectification', params: ById, body: RectificationActionBody,
      response: { 200: RectificationDetail, ...refusals },
    },
  }, async (request) => {
    const { params: { id }, body } = request
    request.guard(await mustRectification(platform, id))
    const by = staffOf(request)
    await rectify(platform, { id, by, body })
    return detail(platform, { id, by })
  })
}
