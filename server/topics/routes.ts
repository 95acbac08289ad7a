import { Type } from '@sinclair/typebox'
import { Calendar, Home, Regions, Topics } from '../../core/contract/home'
import { Slug, closed } from '../../core/contract/wire'
import type { Routes } from '../route'
import { readHome } from './home'
import { listRegions, listTopics, loadPublished } from './service'

const Version = Type.Object(
  { version: Type.Optional(Type.Integer({ minimum: 1, description: 'that a case is pinned to' })) },
  closed,
)

export const topicRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/home', {
    schema: { operationId: 'getHome', response: { 200: Home } },
  }, ({ actor }) => readHome(platform, actor))

  app.get('/v1/topics', {
    schema: { operationId: 'listTopics', response: { 200: Topics } },
  }, () => ({ topics: listTopics(platform.catalogue) }))

  app.get('/v1/topics/:id', {
    schema: {
      operationId: 'getTopic',
      params: Type.Object({ id: Slug }, closed),
      querystring: Version,
      // By name, added in app.ts: its own definitions recur in it many times.
      response: {
        200: Type.Unsafe<unknown>({ $ref: 'Topic#' }),
        304: Type.Null({ description: 'the version of If-None-Match is current' }),
      },
    },
    // Our own data, checked when it was loaded: there is nothing to filter from it.
    serializerCompiler: () => JSON.stringify,
  }, async (request, reply) => {
    const { id } = request.params
    const { topic, hash } = await loadPublished(platform, { id, version: request.query.version })
    const etag = `"${hash}"`
    reply.header('etag', etag).header('cache-control', 'no-cache')
    if (request.headers['if-none-match'] === etag) return reply.code(304).send(null)
    return topic
  })

  app.get('/v1/regions', {
    schema: { operationId: 'listRegions', response: { 200: Regions } },
  }, () => ({ regions: listRegions(platform.catalogue) }))

  app.get('/v1/calendar', {
    schema: { operationId: 'getCalendar', response: { 200: Calendar } },
  }, () => ({ ...platform.catalogue.calendar }))
}
