/**
 * The one door to the systems outside: only configured hosts, no redirects (S48), five seconds, and
 * a reply that has the agreed shape or counts as none (S50).
 */
import type { Static, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { Refused } from '@core/refusal'
import type { Log } from '../log'
import { signRequest } from './signature'

const MOST_REPLY_BYTES = 1_000_000

/** What every adapter is given. */
export interface Line {
  /** in logs and in the refusal; never shown with personal data */
  system: string
  /** `host:port` of every configured system */
  hosts: ReadonlySet<string>
  timeoutMs: number
  now: () => Date
  newNonce: () => string
  log: Log
}

interface Call {
  method: 'GET' | 'POST'
  url: URL
  headers?: Readonly<Record<string, string>>
  body?: string
}

/** A path below a configured address, which may itself have one. */
export function under(base: string, path: string): URL {
  return new URL(base.replace(/\/+$/, '') + path)
}

/** Why a call failed, in words that are safe to log: no address, no content. */
class NoAnswer extends Error {}

/**
 * One call and its checked reply.
 * @throws {Refused} OUTSIDE_DOWN when there is no answer in time, or none of the agreed shape
 */
export async function ask<T extends TSchema>(line: Line, call: Call, reply: T): Promise<Static<T>> {
  try {
    const answer = parse(await send(line, call))
    if (!Value.Check(reply, answer)) throw new NoAnswer('a reply of the wrong shape')
    return answer
  } catch (error) {
    const { system, log } = line
    log.warn({ system, reason: reasonOf(error) }, 'An outside system gave no usable answer')
    throw new Refused('OUTSIDE_DOWN', { system })
  }
}

/** `ask` with a signed JSON body. */
export function askSigned<T extends TSchema>(
  line: Line,
  { url, key, content }: { url: URL; key: { keyId: string; secret: string }; content: unknown },
  reply: T,
): Promise<Static<T>> {
  const body = JSON.stringify(content)
  const signature = signRequest(
    { method: 'POST', path: url.pathname + url.search, body },
    key,
    { now: line.now(), nonce: line.newNonce() },
  )
  const headers = { 'content-type': 'application/json', ...signature }
  return ask(line, { method: 'POST', url, headers, body }, reply)
}

async function send({ hosts, timeoutMs }: Line, { method, url, headers, body }: Call) {
  if (!hosts.has(url.host)) throw new NoAnswer('a host that is not configured')
  const response = await fetch(url, {
    method,
    headers: { accept: 'application/json', ...headers },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw new NoAnswer(`status ${response.status}`)
  }
  return readText(response)
}

async function readText({ body }: Response): Promise<string> {
  const reader = body?.getReader()
  const parts: Uint8Array[] = []
  let bytes = 0
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    bytes += part.value.byteLength
    if (bytes > MOST_REPLY_BYTES) {
      await reader?.cancel()
      throw new NoAnswer('a reply that is too long')
    }
    parts.push(part.value)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's text quotes the reply, which may hold personal data.
    throw new NoAnswer('a reply that is not JSON')
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof NoAnswer) return error.message
  if (!(error instanceof Error)) return 'unknown'
  if (error.name === 'TimeoutError') return 'no answer in time'
  const { cause } = error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name
}
