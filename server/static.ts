/** The built app: files as they are, and its page for every address the app itself knows. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Refused } from '../core/refusal'

const PAGE = 'index.html'

/** Serves `dir` at `/`; addresses under /v1 and missing files stay "not found". */
export async function serveApp(app: FastifyInstance, dir: string): Promise<void> {
  await app.register(fastifyStatic, { root: dir, wildcard: false, cacheControl: false })
  app.get('/*', { schema: { hide: true } }, async ({ url }, reply) => {
    const [path = ''] = url.split('?')
    if (/^\/v1(\/|$)/.test(path) || /\.\w+$|\/\./.test(path)) throw new Refused('NOT_FOUND')
    return reply.header('cache-control', 'no-cache').sendFile(PAGE)
  })
}

/** What the content security policy must say to let the page's own inline scripts run. */
export async function inlineScriptHashes(dir: string): Promise<string[]> {
  const page = await readFile(join(dir, PAGE), 'utf8')
  const scripts = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)]
  return scripts.map(([, text = '']) =>
    `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
}
