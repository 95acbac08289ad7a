/** Every error's way out: a code, a detail without anything of the cause, and a status (S58). */
import type { FastifyError, FastifyInstance } from 'fastify'
import { REFUSALS, type Refusal, Refused } from '../core/refusal'
import { isConnectionLost } from './db/pool'

/** Refuses text that databases and documents cannot hold, and nesting nobody needs (S33, S36). */
export function checkText(value: unknown, at: { field: string; depth: number }): void {
  const refuse = (problem: string): never => {
    throw new Refused('MALFORMED', { field: at.field, problem })
  }
  if (at.depth > MOST_DEPTH) refuse('depth')
  if (typeof value === 'string') {
    if (value.includes('\0') || LONE_SURROGATE.test(value)) refuse('text')
  } else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const [key, inner] of Object.entries(value)) {
      const field = at.field ? `${at.field}.${key}` : key
      checkText(key, { field: at.field, depth: at.depth + 1 })
      checkText(inner, { field, depth: at.depth + 1 })
    }
  }
}

const MOST_DEPTH = 20
const LONE_SURROGATE = /\p{Surrogate}/u

/** One place decides what leaks. */
export function answerFaults(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError | Refused>((error, request, reply) => {
    const { code, detail } = refusalOf(error, request.id)
    const { status } = REFUSALS[code]
    const ours = error instanceof Refused
    if (status >= 500 && !ours) request.log.error({ error }, 'A request failed')
    if (typeof detail.seconds === 'number') reply.header('retry-after', detail.seconds)
    else if (status === 503) reply.header('retry-after', 5)
    return reply.code(status).send({ code, detail })
  })
  app.setNotFoundHandler(() => {
    throw new Refused('NOT_FOUND')
  })
}

function refusalOf(error: FastifyError | Refused, ref: string): Refusal {
  if (error instanceof Refused) {
    const detail = error.code === 'MALFORMED' ? { ref, ...error.detail } : error.detail
    return { code: error.code, detail }
  }
  if (error.validation) return { code: 'MALFORMED', detail: { ref, ...fieldOf(error) } }
  if (isConnectionLost(error)) return { code: 'UNAVAILABLE', detail: { ref } }
  switch (error.statusCode ?? 500) {
    case 404:
      return { code: 'NOT_FOUND', detail: {} }
    case 413:
      return { code: 'TOO_LARGE', detail: {} }
    case 503:
      return { code: 'UNAVAILABLE', detail: { ref } }
    default: {
      const theirs = error.statusCode !== undefined && error.statusCode < 500
      return { code: theirs ? 'MALFORMED' : 'INTERNAL', detail: { ref } }
    }
  }
}

/** The deepest fault: of a choice of shapes, it belongs to the shape that fits best. */
function fieldOf({ validation = [] }: FastifyError): { field: string; problem: string } {
  const depth = (path: string) => path.split('/').length
  const [worst] = [...validation].sort((a, b) => depth(b.instancePath) - depth(a.instancePath))
  const { missingProperty, additionalProperty } = worst?.params ?? {}
  const named = [missingProperty, additionalProperty].filter((one) => typeof one === 'string')
  const path = worst?.instancePath.split('/').filter(Boolean) ?? []
  return { field: [...path, ...named].join('.'), problem: worst?.keyword ?? 'shape' }
}
