/** One way to call the platform: token, JSON, refusals. Screens call src/api/<noun>, never this. */
import { Refused, type RefusalCode } from '@core/refusal'
import { now } from '@/platform/clock'
import { RequestFailed, request, type RequestOptions } from '@/platform/request'

let bearer: string | undefined
let ended: () => void = () => undefined
let heardAt: string | undefined

/** Set by the session store: the token to send, and what to do when the server ends the session. */
export function authorise(token: string | undefined, whenEnded: () => void) {
  bearer = token
  if (!token) heardAt = undefined
  ended = whenEnded
}

let actingFor: string | undefined
let mandateEnded: () => void = () => undefined

/** Set by the persona store: the mandate one acts under; undefined: one is oneself. */
export function actUnder(mandateId: string | undefined) {
  actingFor = mandateId
}

/** What to do when the platform says that a mandate is over. */
export function whenMandateEnds(run: () => void) {
  mandateEnded = run
}

/** What is always one's own, whomever one acts for. */
const OWN = /^\/(session|me(?!\/certificates)|mandates|bookings|signings\/)/

/** On whose behalf a call is made; nothing for one's own account. */
export function actingHeaders(path: string): Record<string, string> {
  return actingFor && bearer && !OWN.test(path) ? { 'X-Acting-For': actingFor } : {}
}

/** When the platform last answered who is signed in: from then on the session is idle. */
export const lastHeardAt = () => heardAt

/** The token, for what is not JSON. */
export const bearerToken = () => bearer

/**
 * Asks the platform.
 * @throws {Refused} with the server's code; OFFLINE or TIMEOUT when it was not reached
 */
export async function call<Body>(path: string, options: Omit<RequestOptions, 'token'> = {}) {
  const headers = { ...options.headers, ...actingHeaders(path) }
  const askedFor = actingFor
  try {
    const reply = await request<Body>(`/v1${path}`, { ...options, headers, token: bearer })
    if (bearer) heardAt = now().toISOString()
    if (askedFor !== actingFor && !OWN.test(path)) return await outOfPlace(options.method)
    return reply
  } catch (error) {
    if (askedFor !== actingFor && !OWN.test(path)) return outOfPlace(options.method)
    throw refused(error)
  }
}

/** What comes back once one acts for another must reach no page and no store of that other. */
function outOfPlace(method: RequestOptions['method'] = 'GET'): Promise<never> {
  if (method !== 'GET') throw new Refused('TIMEOUT')
  return new Promise<never>(() => undefined)
}

/** The same failure as a Refused; a bug stays what it is. */
export function refused(error: unknown): unknown {
  if (!(error instanceof RequestFailed)) return error
  if (error.code === 'NOT_SIGNED_IN') ended()
  if (error.code === 'MANDATE_ENDED') mandateEnded()
  // an unknown code still reads as INTERNAL in say()
  return new Refused(error.code as RefusalCode, error.detail)
}

/** Reads; the body is always there because no etag was sent. */
export async function get<Body>(path: string): Promise<Body> {
  return (await call<Body>(path)).body!
}

/** Writes; the reply carries what changed, so nothing is fetched again. */
export async function send<Body>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
): Promise<Body> {
  return (await call<Body>(path, { method, body })).body!
}

/** Anything thrown by a call, as a refusal to show. Bugs are thrown on. */
export function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error
  throw error
}
