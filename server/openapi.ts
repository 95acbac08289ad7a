/** The contract as it is served, made from the same schemas that check each call. */
import swagger from '@fastify/swagger'
import { type TSchema, Type } from '@sinclair/typebox'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { sql } from 'kysely'
import { NeedSchema } from '../core/contract/need'
import { RuleSchema, TopicSchema } from '../core/contract/topic'
import { Health } from '../core/contract/training'
import { Refusal } from '../core/contract/wire'
import type { Policies } from './policies'
import type { Routes } from './route'

const SHARED = [Refusal, RuleSchema, NeedSchema, TopicSchema]

declare module 'fastify' {
  interface FastifySchema {
    operationId?: string
    'x-policy'?: readonly string[]
  }
}

/**
 * Names every route in GET /v1/openapi.json and completes it with its policy and its refusals.
 * Before any route. @throws Error for a route under /v1 without operationId or policy (S16)
 */
export async function describe(app: FastifyInstance, policies: Policies): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'One Thing 一件事', version: '1' },
      components: {
        securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      },
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, n) =>
        typeof json.$id === 'string' ? json.$id : `schema-${n}`,
    },
  })
  for (const schema of SHARED) app.addSchema(byName(schema, schema.$id))
  app.addHook('onRoute', (route) => complete(route, policies))
}

function complete(route: RouteOptions, policies: Policies): void {
  if (!route.url.startsWith('/v1/')) {
    route.schema = { ...route.schema, hide: true }
    return
  }
  const { operationId } = route.schema ?? {}
  const policy = operationId === undefined ? undefined : policies[operationId]
  if (!policy) {
    throw new Error(`${String(route.method)} ${route.url} has no policy (${String(operationId)})`)
  }
  const refusal = Type.Ref('Refusal#')
  const replies = Object(route.schema?.response) as Record<string, unknown> // ours, by status
  route.schema = {
    ...route.schema,
    'x-policy': policy.who,
    ...(policy.who.includes('anyone') ? {} : { security: [{ session: [] }] }),
    response: { ...replies, '4xx': refusal, '5xx': refusal },
  }
}

/** A schema with every named schema inside it replaced by its name. */
function byName(schema: TSchema, own: string | undefined): unknown {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy)
    if (typeof value !== 'object' || value === null) return value
    const id = '$id' in value ? value.$id : undefined
    if (typeof id === 'string' && id !== own) return { $ref: `${id}#` }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [
      key, key === '$ref' && inner === own ? '#' : copy(inner),
    ]))
  }
  return copy(schema)
}

export const healthRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/health', {
    schema: { operationId: 'getHealth', response: { 200: Health } },
  }, async () => {
    await sql`select 1`.execute(platform.db.db)
    const { training } = platform.config
    return { ok: true as const, ...(training ? { training } : {}) }
  })

  app.get('/v1/openapi.json', {
    schema: {
      operationId: 'getOpenApi',
      response: { 200: Type.Object({}, { additionalProperties: true }) },
    },
  }, () => ({ ...app.swagger() }))
}
