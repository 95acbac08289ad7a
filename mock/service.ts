/** One stand-in: an HTTP service on its own port that can be told to misbehave. */
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { type Key, signatureGate } from './signature'

export interface Service {
  url: string
  close(): Promise<void>
}

export interface ServiceOptions {
  /** 0 or absent: any free one */
  port?: number
}

/** How a service misbehaves: 503, answers late, answers with rubbish. */
export const FAULTS: ReadonlySet<string> = new Set(['down', 'slow', 'junk'])
export const SLOW_MS = 30_000

/** Bodies stay bytes, as a signature covers bytes; `json` reads them. */
export function newService(): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 4_000_000 })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ error: error.message }))
  return app
}

export async function listen(app: FastifyInstance, { port = 0 }: ServiceOptions): Promise<Service> {
  const url = await app.listen({ host: '127.0.0.1', port })
  return { url, close: () => app.close() }
}

export class BadRequest extends Error {
  constructor(readonly statusCode: number, message: string) {
    super(message)
  }
}

/** The body as it came. @throws BadRequest if it is not a JSON object */
export function json(request: FastifyRequest): Record<string, unknown> {
  let given: unknown
  try {
    given = JSON.parse(bytes(request).toString('utf8'))
  } catch {
    throw new BadRequest(400, 'not JSON')
  }
  if (typeof given !== 'object' || given === null) throw new BadRequest(400, 'not an object')
  return { ...given }
}

/** Opens a signed request. */
export function signedJson(key: Key): (request: FastifyRequest) => Record<string, unknown> {
  const passes = signatureGate(key)
  return (request) => {
    const { method, url: path, headers } = request
    if (!passes({ method, path, headers, body: bytes(request) })) {
      throw new BadRequest(401, 'signature')
    }
    return json(request)
  }
}

function bytes({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}

export const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** `POST /admin/behaviour {then: normal | down | slow | junk, delayMs?}` for all other paths. */
export function canMisbehave(app: FastifyInstance): void {
  let fault: string = 'normal'
  let delayMs = SLOW_MS
  app.post('/admin/behaviour', async (request) => {
    const { then, delayMs: given } = json(request)
    if (then !== 'normal' && !FAULTS.has(String(then))) throw new BadRequest(400, 'then')
    fault = String(then)
    delayMs = typeof given === 'number' ? given : SLOW_MS
    return { then: fault, delayMs }
  })
  app.addHook('preHandler', async (request, reply) => {
    if (request.url.startsWith('/admin/')) return
    if (fault === 'slow') await pause(delayMs)
    if (fault === 'down') return reply.code(503).send('down')
    if (fault === 'junk') return reply.send(JUNK)
  })
}

export const JUNK = '<html><body>系统升级中</body></html>'
