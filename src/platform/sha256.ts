import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from './bytes'

/** SHA-256 of bytes, as 64 hexadecimal digits. */
export function sha256Hex(bytes: ArrayBuffer): string {
  return toHex(sha256(new Uint8Array(bytes)))
}
