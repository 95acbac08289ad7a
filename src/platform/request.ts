import Taro from '@tarojs/taro'
import { heardFromPlatform, platformWasSilent } from './network'
import { apiUrl } from './origin'

const TIMEOUT_MS = 15_000

/** A refusal of the server, or OFFLINE / TIMEOUT where it could not be asked (status 0). */
export class RequestFailed extends Error {
  constructor(
    readonly code: string,
    readonly detail: Record<string, unknown> = {},
    readonly status = 0,
  ) {
    super(code)
    this.name = 'RequestFailed'
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  body?: object
  /** The session's token, sent as Authorization: Bearer. */
  token?: string
  headers?: Record<string, string>
  timeoutMs?: number
}

export interface Reply<Body> {
  status: number
  /** Undefined for 204 and 304. */
  body: Body | undefined
  etag: string | undefined
}

/**
 * Asks our API. A reply of 2xx or 304 comes back; everything else is thrown.
 * @param path  from the root, e.g. /v1/home
 * @throws {RequestFailed} with the server's {code, detail}, or OFFLINE, TIMEOUT, INTERNAL
 */
export async function request<Body>(path: string, options: RequestOptions = {}) {
  const { method = 'GET', body, token, headers, timeoutMs = TIMEOUT_MS } = options
  const task = Taro.request<unknown>({
    url: apiUrl(path),
    method,
    data: body,
    dataType: 'json',
    timeout: timeoutMs,
    header: {
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
  })
  const reply = await task.catch((error: unknown) => {
    throw unanswered(isTimeout(error) ? 'TIMEOUT' : 'OFFLINE')
  })
  return accept<Body>(reply.statusCode, reply.data, reply.header ?? {})
}

/** A call without an answer; whether the platform is out of reach is looked into. */
export function unanswered(code: 'OFFLINE' | 'TIMEOUT'): RequestFailed {
  platformWasSilent()
  return new RequestFailed(code)
}

/** Turns a raw reply into a Reply, or throws its refusal. */
export function accept<Body>(status: number, data: unknown, header: Record<string, unknown>) {
  heardFromPlatform()
  if (status !== 304 && (status < 200 || status > 299)) throw refusalOf(status, data)
  const empty = status === 204 || status === 304
  const etag = header.etag ?? header.ETag ?? header.Etag
  const reply: Reply<Body> = {
    status,
    body: empty ? undefined : data as Body, // the server checks its replies against the contract
    etag: typeof etag === 'string' ? etag : undefined,
  }
  return reply
}

function refusalOf(status: number, data: unknown): RequestFailed {
  if (typeof data === 'object' && data !== null && 'code' in data) {
    // the wire shape of every refusal; its text comes from core/refusal by the code
    const { code, detail } = data as { code: unknown; detail?: Record<string, unknown> }
    return new RequestFailed(String(code), detail ?? {}, status)
  }
  return new RequestFailed('INTERNAL', {}, status)
}

function isTimeout(error: unknown): boolean {
  const text = typeof error === 'object' && error !== null && 'errMsg' in error
    ? String(error.errMsg)
    : String(error)
  return /time\s?out|abort/i.test(text)
}
