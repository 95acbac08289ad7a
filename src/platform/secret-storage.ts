/**
 * Sealed storage for drafts: XChaCha20-Poly1305 under a key that never lies beside the ciphertext.
 * The server gives the key per session (holdKey); without it a sealed value reads as absent.
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { fromBase64, fromUtf8, toBase64, toUtf8 } from './bytes'
import { dropKey, heldKey, holdKey } from './key-holder'
import { randomBytes } from './random'
import { itemNames, readItem, removeItem, writeItem } from './storage'

interface Sealed {
  /** Milliseconds since 1970. */
  at: number
  /** base64 of nonce and ciphertext. */
  box: string
}

const PREFIX = 'sealed:'
/** Whose values these are: one's own, or those of whom one acts for. */
let scope = ''

/** From now on, values of this one only; undefined: one's own. */
export function sealUnder(persona: string | undefined) {
  scope = persona ? `@${persona}:` : ''
}

const NONCE_BYTES = 24
const KEY_BYTES = 32
const LIFE_MS = 7 * 24 * 3600 * 1000

// The cipher counts in BigInt; phones before 2020 have none. Theirs keep drafts on the server only.
const canSeal = typeof BigInt !== 'undefined'

/** Takes the session's key: base64 of 32 bytes. @throws {RangeError} of another length */
export function openSecrets(keyBase64: string) {
  if (!canSeal) return
  if (fromBase64(keyBase64).length !== KEY_BYTES) throw new RangeError('key must have 32 bytes')
  holdKey(keyBase64)
}

/** True while this run has a key. */
export const secretsOpen = () => heldKey() !== undefined

/** Seals and stores a value (JSON). Does nothing without a key: the value must not lie open. */
export async function writeSecret(name: string, value: unknown, now: Date): Promise<void> {
  const key = heldKey()
  if (!key) return
  // Named before anything is waited for: it stays with whom it was written for.
  const whole = scope + name
  const nonce = await randomBytes(NONCE_BYTES)
  // Bound to its name: one draft's ciphertext cannot be passed off as another's.
  const cipher = xchacha20poly1305(fromBase64(key), nonce, toUtf8(whole))
  const text = cipher.encrypt(toUtf8(JSON.stringify(value)))
  const box = new Uint8Array(NONCE_BYTES + text.length)
  box.set(nonce)
  box.set(text, NONCE_BYTES)
  const sealed: Sealed = { at: now.getTime(), box: toBase64(box) }
  writeItem(PREFIX + whole, sealed)
}

/** The value, or undefined: never stored, older than seven days, or sealed under another key. */
export function readSecret<Value>(plain: string, now: Date): Value | undefined {
  const name = scope + plain
  const key = heldKey()
  const sealed = readItem<Sealed>(PREFIX + name)
  if (!key || !sealed) return undefined
  if (now.getTime() - sealed.at > LIFE_MS) {
    removeItem(PREFIX + name)
    return undefined
  }
  const box = fromBase64(sealed.box)
  const cipher = xchacha20poly1305(fromBase64(key), box.slice(0, NONCE_BYTES), toUtf8(name))
  let open: Uint8Array
  try {
    open = cipher.decrypt(box.slice(NONCE_BYTES))
  } catch {
    // Another session's key, or a damaged copy: the server's draft is the one of record.
    removeItem(PREFIX + name)
    return undefined
  }
  return JSON.parse(fromUtf8(open)) as Value // only writeSecret seals under this name
}

/** Forgets one value. */
export const removeSecret = (name: string) => removeItem(PREFIX + scope + name)

/** Forgets every value of one whom one no longer acts for. */
export function wipeSecretsOf(persona: string) {
  itemNames().filter((name) => name.startsWith(`${PREFIX}@${persona}:`)).forEach(removeItem)
}

/** Forgets every sealed value and the key: logging out. */
export function wipeSecrets() {
  itemNames().filter((name) => name.startsWith(PREFIX)).forEach(removeItem)
  dropKey()
}
