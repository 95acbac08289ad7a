import { Type } from '@sinclair/typebox'
import { Slug, closed } from '../../core/contract/wire'
import type { Routes } from '../route'
import { printedGuide } from './service'

const PART = '[A-Za-z0-9_-]+:[A-Za-z0-9_.,-]+'
const Query = Type.Object(
  {
    answers: Type.Optional(Type.String({
      pattern: `^${PART}(;${PART})*$`, maxLength: 2000,
      description: 'question:value;question:value; absent: the guide of every situation',
    })),
  },
  closed,
)
const Pdf = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })
/** Printing costs a hundred times what other reads do. */
const PER_MINUTE = 120

export const guideRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/topics/:id/guide.pdf', {
    schema: {
      operationId: 'printGuide',
      params: Type.Object({ id: Slug }, closed),
      querystring: Query,
      response: { 200: Pdf, 304: Type.Null({ description: 'If-None-Match is current' }) },
    },
    config: { rateLimit: { max: PER_MINUTE } },
  }, async (request, reply) => {
    const answers = readAnswers(request.query.answers)
    const { bytes, etag, name } = await printedGuide(platform, { id: request.params.id, answers })
    reply.header('etag', etag).header('cache-control', 'no-cache')
    if (request.headers['if-none-match'] === etag) return reply.code(304).send(null)
    const file = encodeURIComponent(name)
    return reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename="guide.pdf"; filename*=UTF-8''${file}`)
      .send(bytes)
  })
}

function readAnswers(text: string | undefined): Record<string, string> {
  const pairs = (text?.split(';') ?? []).map((pair): [string, string] => {
    const at = pair.indexOf(':')
    return [pair.slice(0, at), pair.slice(at + 1)]
  })
  return Object.fromEntries(pairs)
}
