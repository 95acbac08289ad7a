/**
 * The platform's front door: what every request passes, then one line per noun. Listening is
 * main.ts's; tests come in through `inject`.
 */
import buildAjv from '@fastify/ajv-compiler'
import buildSerializers from '@fastify/fast-json-stringify-compiler'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { Refused } from '../core/refusal'
import { adminRoutes } from './admin/routes'
import { authenticate, isSigned } from './auth'
import { bookingRoutes } from './bookings/routes'
import { caseRoutes } from './cases/routes'
import { contactRoutes } from './contacts/routes'
import { counterRoutes } from './counter/routes'
import { departmentRoutes } from './departments/routes'
import { serveDesk } from './desk-static'
import { documentRoutes } from './documents/routes'
import { draftRoutes } from './drafts/routes'
import { editingRoutes } from './editing/routes'
import { answerFaults, checkText } from './faults'
import { guideRoutes } from './guides/routes'
import { languageRoutes } from './language/routes'
import { findRoutes } from './find/routes'
import { mandateRoutes } from './mandates/routes'
import { materialRoutes } from './materials/routes'
import { messageRoutes } from './messages/routes'
import { describe, healthRoutes } from './openapi'
import { myDataRoutes } from './people/my-data-routes'
import { peopleRoutes } from './people/routes'
import type { Platform } from './platform'
import { POLICIES, type Policies } from './policies'
import { ratingRoutes } from './ratings/routes'
import { resultRoutes } from './results/routes'
import { sessionRoutes } from './session/routes'
import { signingRoutes } from './signings/routes'
import { inlineScriptHashes, serveApp } from './static'
import { statsRoutes } from './stats/routes'
import { supervisionRoutes } from './supervision/routes'
import { tableRoutes } from './tables/routes'
import { taskRoutes } from './tasks/routes'
import { ticketRoutes } from './tickets/routes'
import { topicRoutes } from './topics/routes'
import { cardOfTopic } from './topics/service'
import { trainingRoutes } from './training/routes'

export interface AppOptions {
  policies?: Policies
  /** folder of the built app; absent: only the API is served */
  appDir?: string
  /** folder of the built staff console */
  deskDir?: string
  /** of one address; of one account half of it (S45) */
  requestsPerMinute?: number
  /** busier than this, requests are refused with 503; 0: never */
  mostLagMs?: number
  /** addresses of our own proxies, whose X-Forwarded-For is believed */
  trustProxy?: string
}

const NOUNS = [
  healthRoutes, sessionRoutes, peopleRoutes, topicRoutes, findRoutes, guideRoutes, draftRoutes,
  materialRoutes, signingRoutes, caseRoutes, taskRoutes, resultRoutes, messageRoutes,
  departmentRoutes, tableRoutes, ticketRoutes, myDataRoutes, ratingRoutes, bookingRoutes,
  statsRoutes, mandateRoutes, languageRoutes, documentRoutes, contactRoutes, supervisionRoutes,
  editingRoutes, adminRoutes, counterRoutes, trainingRoutes,
]
const MOST_BODY_BYTES = 1024 * 1024
const REQUESTS_PER_MINUTE = 1200
const COMPRESSED_FROM_BYTES = 1024
const TOPIC_PAGE = '/pages/topic/index'
const MOST_LAG_MS = 2_000

/** @throws Error for a route without operationId or policy (S16) */
export async function buildApp(
  platform: Platform,
  options: AppOptions = {},
): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: platform.log,
    // Our own line, below, says less.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => platform.newId(),
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: 60_000,
    trustProxy: options.trustProxy ?? false,
    routerOptions: { maxParamLength: 200 },
    schemaController: {
      compilersFactory: { buildValidator: strictBodies(), buildSerializer: sharedSerializers() },
    },
    // Addresses that cannot be read, before any route or hook.
    frameworkErrors: (_error, request, reply) => {
      reply.hijack()
      reply.raw.writeHead(400, { 'content-type': 'application/json; charset=utf-8' })
      reply.raw.end(JSON.stringify({ code: 'MALFORMED', detail: { ref: request.id } }))
    },
  })
  answerFaults(app)
  readBodies(app)
  await describe(app, options.policies ?? POLICIES)
  authenticate(app, platform, options.policies ?? POLICIES)
  await protect(app, options)
  app.addHook('preValidation', async ({ params, query, body }) => {
    for (const part of [params, query, body]) checkText(part, { field: '', depth: 0 })
  })
  watchReplies(app)
  for (const routes of NOUNS) await app.register(routes, { platform })
  if (options.deskDir) await serveDesk(app, options.deskDir)
  if (options.appDir) {
    await serveApp(app, {
      dir: options.appDir,
      publicUrl: platform.config.publicUrl,
      cardOf: (path, query) => (path === TOPIC_PAGE
        ? cardOfTopic(platform.catalogue, query.get('topic')) : undefined),
    })
  }
  await app.ready()
  return app
}

/** Addresses carry only text, so theirs is turned into numbers; a body says what it means. */
function strictBodies() {
  const build = buildAjv()
  const options = { removeAdditional: false, useDefaults: true, allErrors: false } as const
  const compilers = (externalSchemas: Parameters<typeof build>[0]) => {
    const body = build(externalSchemas, { customOptions: { ...options, coerceTypes: false } })
    const address = build(externalSchemas, { customOptions: { ...options, coerceTypes: true } })
    return (part: { httpPart?: string; schema: object }) =>
      (part.httpPart === 'body' ? body : address)(part)
  }
  // What Fastify itself calls so; the types of its two packages do not agree with each other.
  return compilers as never
}

/** One for each schema: most routes share their refusals, and making one takes milliseconds. */
function sharedSerializers(): ReturnType<typeof buildSerializers> {
  const build = buildSerializers()
  return (externalSchemas, options) => {
    const compile = build(externalSchemas, options)
    const made = new Map<unknown, ReturnType<typeof compile>>()
    return (route) => {
      const there = made.get(route.schema) ?? compile(route)
      made.set(route.schema, there)
      return there
    }
  }
}

/** JSON, and the bytes of a chunk; anything else is refused. A signature needs the body as sent. */
function readBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (isSigned(request)) request.rawBody = Buffer.from(body)
    if (body.length === 0) return done(null, undefined)
    parse(request, body.toString(), done)
  })
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) =>
    done(null, body))
}

async function protect(app: FastifyInstance, options: AppOptions): Promise<void> {
  const scripts = options.appDir ? await inlineScriptHashes(options.appDir) : []
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...scripts],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
  })
  // Villages pay for every kilobyte. Photos and PDFs are compressed by their own formats.
  await app.register(compress, { threshold: COMPRESSED_FROM_BYTES, encodings: ['br', 'gzip'] })
  await limitRates(app, options.requestsPerMinute ?? REQUESTS_PER_MINUTE)
  await app.register(underPressure, {
    maxEventLoopDelay: options.mostLagMs ?? MOST_LAG_MS,
    // Infinite where nothing was measured yet: a start took the loop to itself.
    pressureHandler: (_request, _reply, _type, lag) => {
      if (lag !== Infinity) throw new Refused('UNAVAILABLE')
    },
  })
}

/** By address, then by account. Each server counts for itself: these only stop floods (S45). */
async function limitRates(app: FastifyInstance, max: number): Promise<void> {
  const tooMany = (seconds: number) =>
    new Refused('TOO_MANY_REQUESTS', { seconds: Math.max(1, seconds) })
  const timeWindow = 60_000
  await app.register(rateLimit, {
    max,
    timeWindow,
    // A village behind one address loads the app a hundred files a phone: they are only files.
    allowList: ({ url }) => !url.startsWith('/v1/'),
    errorResponseBuilder: (_request, { ttl }) => tooMany(Math.ceil(ttl / 1000)),
  })
  const byAccount = app.createRateLimit({
    max: Math.ceil(max / 2),
    timeWindow,
    // Who acts for many must not use up what each of them has.
    keyGenerator: ({ actor }) =>
      ('acting' in actor && actor.acting?.agentId) || ('id' in actor ? actor.id : 'none'),
  })
  app.addHook('preParsing', async (request) => {
    if (!('id' in request.actor)) return
    const verdict = await byAccount(request)
    if (!verdict.isAllowed && verdict.isExceeded) throw tooMany(verdict.ttlInSeconds)
  })
}

/** Only our own pages may ask for a camera (documents at a computer); nobody for anything else. */
const PERMISSIONS =
  'camera=(self), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()'

/** The number of the request goes with the reply; what was meant for one reader is not stored. */
function watchReplies(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
    reply.header('permissions-policy', PERMISSIONS)
    const own = request.actor.kind !== 'anonymous' || request.headers.authorization !== undefined
    const api = request.url.startsWith('/v1/')
    if (own || (api && !reply.hasHeader('cache-control'))) reply.header('cache-control', 'no-store')
  })
  // An allow-list: no address, no body, no query, no header (S57).
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      actor: request.actor.kind,
    }, 'request')
  })
}
