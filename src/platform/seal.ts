/**
 * Sealing bytes under the session's draft key: XChaCha20-Poly1305, the nonce in front. Bound to a
 * name, so that one sealed file cannot be passed off as another.
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { fromBase64, toUtf8 } from './bytes'
import { heldKey } from './key-holder'
import { randomBytes } from './random'

const NONCE_BYTES = 24

/** The sealed bytes; undefined without a key: nothing personal may lie open. */
export async function sealBytes(name: string, bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const key = heldKey()
  if (!key) return undefined
  const nonce = await randomBytes(NONCE_BYTES)
  const text = xchacha20poly1305(fromBase64(key), nonce, toUtf8(name)).encrypt(bytes)
  const box = new Uint8Array(NONCE_BYTES + text.length)
  box.set(nonce)
  box.set(text, NONCE_BYTES)
  return box
}

/** The bytes again; undefined without a key, under another person's, or when damaged. */
export function openSealed(name: string, box: Uint8Array): Uint8Array | undefined {
  const key = heldKey()
  if (!key) return undefined
  const cipher = xchacha20poly1305(fromBase64(key), box.slice(0, NONCE_BYTES), toUtf8(name))
  try {
    return cipher.decrypt(box.slice(NONCE_BYTES))
  } catch {
    return undefined // another person's key, or a damaged file: to this person it is not there
  }
}
