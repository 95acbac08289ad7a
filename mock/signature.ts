/**
 * The other side's own signing, written from core/contract/outside.ts and not shared with the
 * server: an error in either shows up when they talk.
 */
import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'

export interface Key {
  keyId: string
  secret: string
}

interface Signed {
  method: string
  path: string
  body: string | Buffer
}

const LATEST_SECONDS = 300

function sign(secret: string, { method, path, body }: Signed, timestamp: string, nonce: string) {
  const digest = createHash('sha256').update(body).digest('hex')
  return createHmac('sha256', secret)
    .update(`${method}\n${path}\n${timestamp}\n${nonce}\n${digest}`)
    .digest('hex')
}

export function signatureHeaders({ keyId, secret }: Key, signed: Signed): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomUUID()
  return {
    'x-key-id': keyId,
    'x-timestamp': timestamp,
    'x-nonce': nonce,
    'x-signature': sign(secret, signed, timestamp, nonce),
  }
}

/** Remembers nonces, so a replayed request does not pass twice. */
export function signatureGate({ keyId, secret }: Key) {
  const seen = new Map<string, number>()
  return (request: Signed & { headers: Record<string, unknown> }): boolean => {
    const [id, timestamp, nonce, signature] = ['key-id', 'timestamp', 'nonce', 'signature'].map(
      (name) => String(request.headers[`x-${name}`] ?? ''),
    )
    const now = Date.now() / 1000
    for (const [old, at] of seen) if (now - at > 2 * LATEST_SECONDS) seen.delete(old)
    if (id !== keyId || !timestamp || !nonce || seen.has(nonce)) return false
    if (!(Math.abs(now - Number(timestamp)) <= LATEST_SECONDS)) return false
    const right = Buffer.from(sign(secret, request, timestamp, nonce))
    const given = Buffer.from(signature ?? '')
    if (right.length !== given.length || !timingSafeEqual(right, given)) return false
    seen.set(nonce, now)
    return true
  }
}
