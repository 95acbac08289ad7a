/** The built staff console at /desk/: hashed files for a year, one page for all its addresses. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Refused } from '../core/refusal'

const PAGE = 'index.html'
const A_YEAR = 'public, max-age=31536000, immutable'

/** @param dir  the built console, its text files compressed beside them */
export async function serveDesk(app: FastifyInstance, dir: string): Promise<void> {
  const page = await readFile(join(dir, PAGE), 'utf8')
  await app.register(fastifyStatic, {
    root: join(dir, 'assets'),
    prefix: '/desk/assets/',
    wildcard: false,
    decorateReply: false,
    cacheControl: false,
    preCompressed: true,
    index: false,
    // every name here carries the hash of its content
    setHeaders: (reply) => {
      void reply.header('cache-control', A_YEAR)
    },
  })
  app.get('/desk', { schema: { hide: true } }, (_request, reply) => reply.redirect('/desk/'))
  app.get('/desk/*', { schema: { hide: true } }, async ({ url }, reply) => {
    const [path = ''] = url.split('?')
    if (path.startsWith('/desk/assets/')) throw new Refused('NOT_FOUND')
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)
  })
}
