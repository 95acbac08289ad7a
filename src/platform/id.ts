import { toHex } from './bytes'
import { randomBytes } from './random'

/** A new random id (UUID version 4). */
export async function newId(): Promise<string> {
  return uuidFrom(await randomBytes(16))
}

/** The UUID version 4 made of 16 random bytes. */
export function uuidFrom(random: Uint8Array): string {
  const bytes = Uint8Array.from(random)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
