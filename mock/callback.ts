/** Signed calls from a department to our platform, tried again while it is away. */
import { setTimeout as pause } from 'node:timers/promises'
import { type Key, signatureHeaders } from './signature'

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 10_000
const TIMEOUT_MS = 20_000

export interface Caller {
  key: Key
  /** of the platform; paths in a task are below it */
  serverUrl: string
  signal: AbortSignal
}

export interface Called {
  status: number
  type: string
  body: Buffer
}

/** Undefined if the department was stopped before the platform answered. */
export async function call(
  caller: Caller,
  request: { method: 'GET' | 'POST'; path: string; content?: unknown },
): Promise<Called | undefined> {
  const { signal } = caller
  for (let wait = FIRST_WAIT_MS; !signal.aborted; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    const answer = await once(caller, request)
    if (answer && answer.status < 500 && answer.status !== 429) return answer
    await pause(wait, undefined, { signal }).catch(stoppedEarly)
  }
  return undefined
}

/** A department that is stopped while it waits does not wait on. */
function stoppedEarly(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error
}

async function once(
  { key, serverUrl, signal }: Caller,
  { method, path, content }: { method: 'GET' | 'POST'; path: string; content?: unknown },
): Promise<Called | undefined> {
  const url = new URL(path, serverUrl)
  const body = content === undefined ? '' : JSON.stringify(content)
  const headers = signatureHeaders(key, { method, path: url.pathname + url.search, body })
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body || undefined,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })
    const type = response.headers.get('content-type') ?? ''
    return { status: response.status, type, body: Buffer.from(await response.arrayBuffer()) }
  } catch {
    // The platform is away: `call` waits and tries again.
    return undefined
  }
}
