import { hkdfSync } from 'node:crypto'
import type { Platform } from '../platform'

/**
 * The key of the drafts on a phone, the same at each sign-in of a person, so that a draft saved
 * before a session ended opens after the next sign-in. Base64 of 32 bytes; stored nowhere.
 */
export function draftKeyOf({ config }: Platform, personId: string): string {
  const key = hkdfSync('sha256', config.keys.session, personId, 'one-thing phone drafts v1', 32)
  return Buffer.from(key).toString('base64')
}
