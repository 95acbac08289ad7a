/** Retries: the same request id with the same content is the same request (S49, R13). */
import { Refused } from '../../core/refusal'
import type { Actor } from '../actor'
import { blindIndex, sameSecret } from '../crypto'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { claimRequest } from './store'

/** Keyed, because what was asked may hold an ID number. Keys of objects count in any order. */
export function requestHash({ config }: Pick<Platform, 'config'>, request: unknown): Buffer {
  return blindIndex(config.keys.index, 'request', JSON.stringify(request, sorted))
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * True when this request is made for the first time; false when it has been done already.
 * @throws {Refused} REQUEST_REUSED when the id came with other content before
 */
export async function isFirst(
  tx: Tx,
  platform: Platform,
  { by, requestId, request }: { by: Actor; requestId: string; request: unknown },
): Promise<boolean> {
  const hash = requestHash(platform, request)
  const claim = await claimRequest(tx, { actorId: keyOf(by), requestId, hash, at: platform.now() })
  if (claim === 'first') return true
  if (!sameSecret(claim, hash)) throw new Refused('REQUEST_REUSED')
  return false
}

function keyOf(by: Actor): string {
  if ('id' in by) return by.id
  return by.kind === 'outside' ? `outside:${by.department}` : by.kind
}
