/**
 * Fields are sealed with AES-256-GCM and bound to their place (table, column, row), so a sealed
 * value copied to another row does not open (S52). Look-up is by a hash with its own key (S53).
 *
 *   version 1 byte │ key id 2 bytes │ iv 12 │ tag 16 │ ciphertext
 *
 * The iv is random: one key may seal 2^32 values; rotate long before.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** Keys of 32 bytes by id (0–65535). New values are sealed with `current`, old ones still open. */
export interface KeyRing {
  current: number
  keys: ReadonlyMap<number, Buffer>
}

/** Where a sealed value belongs. */
export interface Place {
  table: string
  column: string
  rowId: string
}

/** A value that was altered, moved, or sealed with a key we do not have. Names the place only. */
export class SealBroken extends Error {
  override name = 'SealBroken'
}

const VERSION = 1
const IV_AT = 3
const TAG_AT = IV_AT + 12
const TEXT_AT = TAG_AT + 16
const TAG_BYTES = 16

/** Seals bytes; `boundTo` must be given again to open them. @throws RangeError on a bad key ring */
export function seal(ring: KeyRing, boundTo: string, plain: Uint8Array): Buffer {
  const key = ring.keys.get(ring.current)
  if (!key) throw new RangeError(`key ${ring.current} is not in the key ring`)
  const head = Buffer.alloc(IV_AT)
  head.writeUInt8(VERSION, 0)
  head.writeUInt16BE(ring.current, 1)
  const iv = randomBytes(TAG_AT - IV_AT)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.concat([head, Buffer.from(boundTo)]))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([head, iv, cipher.getAuthTag(), body])
}

/** @throws SealBroken if anything, also the key id, differs from what was sealed */
export function open(ring: KeyRing, boundTo: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < TEXT_AT || bytes.readUInt8(0) !== VERSION) {
    throw new SealBroken(`not a sealed value: ${boundTo}`)
  }
  const keyId = bytes.readUInt16BE(1)
  const key = ring.keys.get(keyId)
  if (!key) throw new SealBroken(`no key ${keyId} for ${boundTo}`)
  const iv = bytes.subarray(IV_AT, TAG_AT)
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.concat([bytes.subarray(0, IV_AT), Buffer.from(boundTo)]))
  decipher.setAuthTag(bytes.subarray(TAG_AT, TEXT_AT))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(TEXT_AT)), decipher.final()])
  } catch (cause) {
    throw new SealBroken(`seal broken: ${boundTo}`, { cause })
  }
}

export function sealText(ring: KeyRing, place: Place, text: string): Buffer {
  return seal(ring, boundTo(place), Buffer.from(text, 'utf8'))
}

/** @throws SealBroken */
export function openText(ring: KeyRing, place: Place, sealed: Uint8Array): string {
  return open(ring, boundTo(place), sealed).toString('utf8')
}

export function sealJson(ring: KeyRing, place: Place, value: unknown): Buffer {
  return sealText(ring, place, JSON.stringify(value))
}

/** The caller checks the shape. @throws SealBroken */
export function openJson(ring: KeyRing, place: Place, sealed: Uint8Array): unknown {
  return JSON.parse(openText(ring, place, sealed))
}

/** Equal values of one `purpose` give equal indexes; without the key nothing can be tried out. */
export function blindIndex(key: Uint8Array, purpose: string, value: string): Buffer {
  return createHmac('sha256', key).update(`${purpose}\0`).update(value, 'utf8').digest()
}

/** The keyed index of an ID number: the same person, wherever they stand. */
export function personIndex(
  { config }: { config: { keys: { index: Uint8Array } } },
  idNumber: string,
): Buffer {
  return blindIndex(config.keys.index, 'people.id', idNumber)
}

/** 256 random bits as 43 characters for a URL or header (S10, S47). Store only its hash. */
export function token(): string {
  return randomBytes(32).toString('base64url')
}

export function tokenHash(given: string): Buffer {
  return sha256(given)
}

export function sha256(bytes: string | Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

/** Equality whose time tells nothing about where two values differ, nor about their lengths. */
export function sameSecret(one: string | Uint8Array, other: string | Uint8Array): boolean {
  return timingSafeEqual(sha256(one), sha256(other))
}

function boundTo({ table, column, rowId }: Place): string {
  return `${table}.${column}:${rowId}`
}
