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

/** When the platform last answered who is signed in: from then on the session is idle. */
export const lastHeardAt = () => heardAt

/** The token, for what is not JSON. */
export const bearerToken = () => bearer

/**
 * Asks the platform.
 * @throws {Refused} with the server's code; OFFLINE or TIMEOUT when it was not reached
 */
export async function call<Body>(path: string, options: Omit<RequestOptions, 'token'> = {}) {
  try {
    const reply = await request<Body>(`/v1${path}`, { ...options, token: bearer })
    if (bearer) heardAt = now().toISOString()
    return reply
  } catch (error) {
    throw refused(error)
  }
}

/** The same failure as a Refused; a bug stays what it is. */
export function refused(error: unknown): unknown {
  if (!(error instanceof RequestFailed)) return error
  if (error.code === 'NOT_SIGNED_IN') ended()
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
