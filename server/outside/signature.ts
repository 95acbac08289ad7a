/**
 * Signatures between us and the systems outside, as core/contract/outside.ts describes them. Pure:
 * time and nonce come in, and whoever verifies must still see to it that a nonce counts once (S49).
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

const FIVE_MINUTES_MS = 300_000

export interface SignedRequest {
  method: string
  /** the request target: path with its query, as it stands on the request line */
  path: string
  /** empty for a GET */
  body: string | Uint8Array
}

export interface SignatureHeaders {
  'x-key-id': string
  'x-timestamp': string
  'x-nonce': string
  'x-signature': string
}

export type SignatureVerdict =
  | { ok: true; keyId: string; nonce: string; rememberUntil: Date }
  | { ok: false; why: 'missing' | 'unknown-key' | 'late' | 'forged' }

/** The headers that sign a request. `nonce`: 16 to 64 letters, digits, `_` or `-`, all new. */
export function signRequest(
  request: SignedRequest,
  key: { keyId: string; secret: string },
  { now, nonce }: { now: Date; nonce: string },
): SignatureHeaders {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  return {
    'x-key-id': key.keyId,
    'x-timestamp': timestamp,
    'x-nonce': nonce,
    'x-signature': mac(request, key.secret, { timestamp, nonce }).toString('hex'),
  }
}

/**
 * Whether the headers sign this very request, at most five minutes from `now`. Constant in time
 * over the signature. The caller must refuse a nonce it has seen, and keep it till `rememberUntil`.
 * @param headers  names in lower case, as Node gives them; a repeated header counts as missing
 */
export function verifySignature(
  request: SignedRequest & { headers: Readonly<Record<string, string | string[] | undefined>> },
  secretOf: (keyId: string) => string | undefined,
  now: Date,
): SignatureVerdict {
  const keyId = read(request.headers['x-key-id'], /^[\w.-]{1,64}$/)
  const timestamp = read(request.headers['x-timestamp'], /^\d{10}$/)
  const nonce = read(request.headers['x-nonce'], /^[\w-]{16,64}$/)
  const signature = read(request.headers['x-signature'], /^[0-9a-f]{64}$/)
  if (!keyId || !timestamp || !nonce || !signature) return { ok: false, why: 'missing' }
  const secret = secretOf(keyId)
  if (secret === undefined) return { ok: false, why: 'unknown-key' }
  const signedAt = Number(timestamp) * 1000
  if (Math.abs(now.getTime() - signedAt) > FIVE_MINUTES_MS) return { ok: false, why: 'late' }
  const right = mac(request, secret, { timestamp, nonce })
  if (!timingSafeEqual(right, Buffer.from(signature, 'hex'))) return { ok: false, why: 'forged' }
  // A signature from the future stays good for longer than five minutes of ours.
  return { ok: true, keyId, nonce, rememberUntil: new Date(signedAt + FIVE_MINUTES_MS + 1000) }
}

function read(header: string | string[] | undefined, shape: RegExp): string | undefined {
  return typeof header === 'string' && shape.test(header) ? header : undefined
}

function mac(
  { method, path, body }: SignedRequest,
  secret: string,
  { timestamp, nonce }: { timestamp: string; nonce: string },
): Buffer {
  const digest = createHash('sha256').update(body).digest('hex')
  const signed = [method.toUpperCase(), path, timestamp, nonce, digest].join('\n')
  return createHmac('sha256', secret).update(signed).digest()
}
