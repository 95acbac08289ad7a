/** Who is calling, made once per request, and whether they may call this at all (S16). */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '../core/refusal'
import { actsCover } from '../core/mandate'
import type { Actor } from './actor'
import { ALL_ROWS, NO_ROWS, type Scope, ofRegions, within } from './db/scope'
import { actFor } from './mandates/act'
import { verifySignature } from './outside/signature'
import type { Platform } from './platform'
import { type Policies, type Policy, regionsOf } from './policies'
import { actorOf } from './session/service'

const ANONYMOUS: Actor = { kind: 'anonymous' }

/** Adds `actor` and `guard` to every request and refuses whom the route's policy does not name. */
export function authenticate(app: FastifyInstance, platform: Platform, policies: Policies): void {
  app.decorateRequest('actor')
  app.decorateRequest('sessionHash', undefined)
  app.decorateRequest('rawBody', undefined)
  app.decorateRequest('guard')

  app.addHook('onRequest', async (request) => {
    request.actor = ANONYMOUS
    const { may } = policyOf(request, policies) ?? {}
    request.guard = (...subjects) => {
      const passes = may && subjects.some((subject) => may(request.actor, subject))
      if (!passes) throw new Refused('NOT_FOUND')
    }
    refuseCrossSite(request, platform)
  })

  // After the limit by address, which is the last of the onRequest hooks.
  app.addHook('preParsing', async (request) => {
    const bearer = bearerOf(request)
    if (bearer !== undefined) Object.assign(request, await actorOf(platform, bearer))
    const mandateId = request.headers['x-acting-for']
    if (mandateId !== undefined) request.actor = await actFor(platform, request.actor, mandateId)
    if (!isSigned(request)) admit(request.actor, policyOf(request, policies))
  })

  // The handler, and all it waits for, sees these rows only; what is for anyone, staff see too.
  app.addHook('preHandler', (request, _reply, done) => {
    const open = policyOf(request, policies)?.who.includes('anyone')
    within(open ? ALL_ROWS : scopeOf(request.actor, platform), done)
  })

  // A signature covers the body, so it can be checked only now.
  app.addHook('preValidation', async (request) => {
    if (!isSigned(request)) return
    request.actor = await systemOf(platform, request)
    admit(request.actor, policyOf(request, policies))
  })
}

/** Calls of a department's own system carry `x-key-id`; a token, if there is one, comes first. */
export function isSigned({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers.authorization === undefined && headers['x-key-id'] !== undefined
}

function policyOf(request: FastifyRequest, policies: Policies): Policy | undefined {
  const { operationId } = request.routeOptions.schema ?? {}
  return operationId === undefined ? undefined : policies[operationId]
}

/** Without a policy: the pages of the app, and what does not exist. */
function admit(actor: Actor, policy: Policy | undefined): void {
  if (!policy) return
  if (!policy.who.includes('anyone') && !policy.who.includes(actor.kind)) {
    throw new Refused(actor.kind === 'anonymous' ? 'NOT_SIGNED_IN' : 'NOT_ALLOWED')
  }
  if (!mayActing(actor, policy)) throw new Refused('NOT_WHILE_ACTING')
  if (!mayAtCounter(actor, policy)) throw new Refused('NOT_AT_COUNTER')
}

/** Whoever acts for somebody may only what the policy says may be done so (S18). */
function mayActing(actor: Actor, { acting, actingKinds }: Policy): boolean {
  if (actor.kind !== 'citizen' || !actor.acting) return true
  const { kind, acts } = actor.acting
  return acting !== undefined && actsCover(acts, acting) && (actingKinds?.includes(kind) ?? true)
}

/** What a clerk opened for a citizen at the window reaches only what that one filing needs. */
function mayAtCounter(actor: Actor, { counter }: Policy): boolean {
  if (actor.kind !== 'citizen' || !actor.counter) return true
  return counter?.includes(actor.counter.purpose) ?? false
}

/** Window, department and supervision handle the cases of their regions; other staff none. */
function scopeOf(actor: Actor, { catalogue }: Platform): Scope {
  switch (actor.kind) {
    case 'window':
    case 'department':
    case 'supervisor': return ofRegions(regionsOf(catalogue, actor.region))
    case 'anonymous':
    case 'citizen':
    case 'outside': return ALL_ROWS
    default: return NO_ROWS
  }
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  const { authorization } = headers
  if (authorization === undefined) return undefined
  const token = /^Bearer ([\w-]{43})$/.exec(authorization)?.[1]
  if (!token) throw new Refused('NOT_SIGNED_IN')
  return token
}

/** A page of another site may not act here, whatever the browser lets it send (S13). */
function refuseCrossSite({ method, headers }: FastifyRequest, { config }: Platform): void {
  if (method === 'GET' || method === 'HEAD') return
  const { origin } = headers
  if (headers['sec-fetch-site'] === 'cross-site') throw new Refused('NOT_ALLOWED')
  if (origin === undefined) return
  const host = URL.canParse(origin) ? new URL(origin).host : ''
  if (host !== headers.host && host !== new URL(config.publicUrl).host) {
    throw new Refused('NOT_ALLOWED')
  }
}

/**
 * The department system behind a signature (core/contract/outside.ts).
 * @throws {Refused} BAD_SIGNATURE for a forged, late or repeated call, never saying which (S49)
 */
async function systemOf(platform: Platform, request: FastifyRequest): Promise<Actor> {
  const { departments } = platform.outside
  const verdict = verifySignature(
    {
      method: request.method,
      path: request.url,
      body: request.rawBody ?? '',
      headers: request.headers,
    },
    (keyId) => departments.secretOf(keyId)?.secret,
    platform.now(),
  )
  if (!verdict.ok) throw new Refused('BAD_SIGNATURE')
  const { keyId, nonce } = verdict
  const department = departments.secretOf(keyId)?.department
  const row = { key_id: keyId, nonce, at: platform.now() }
  const { numInsertedOrUpdatedRows: fresh } = await platform.db.db
    .insertInto('nonces')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (!fresh || department === undefined) throw new Refused('BAD_SIGNATURE')
  return { kind: 'outside', department, keyId }
}
