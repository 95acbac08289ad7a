import { Type } from '@sinclair/typebox'
import { LanguageCode, LanguageSource } from '../../core/contract/language'
import { closed } from '../../core/contract/wire'
import { Refused } from '../../core/refusal'
import { contentHash } from '../catalogue/load'
import type { Routes } from '../route'

/** Asked for only by a phone that shows the layer, and again only when a message changed. */
export const languageRoutes: Routes = async (app, { platform }) => {
  const known = new Map(platform.catalogue.languages.map((one) =>
    [one.language, { language: one, etag: `"${contentHash(one)}"` }]))

  app.get('/v1/language/:code', {
    schema: {
      operationId: 'getLanguage',
      params: Type.Object({ code: LanguageCode }, closed),
      response: {
        200: LanguageSource,
        304: Type.Null({ description: 'the version of If-None-Match is current' }),
      },
    },
    // Our own data, checked when it was loaded: there is nothing to filter from it.
    serializerCompiler: () => JSON.stringify,
  }, async (request, reply) => {
    const found = known.get(request.params.code)
    if (!found) throw new Refused('NOT_FOUND')
    reply.header('etag', found.etag).header('cache-control', 'no-cache')
    if (request.headers['if-none-match'] === found.etag) return reply.code(304).send(null)
    return found.language
  })
}
