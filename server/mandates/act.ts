/** 代办: a call of somebody who acts for another; `X-Acting-For` names the mandate. */
import { shanghaiDate } from '../../core/clock'
import { Refused } from '../../core/refusal'
import type { Actor } from '../actor'
import type { Platform } from '../platform'
import { liveMandate } from './store'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * The principal as the caller. Everything is keyed by whose it is, so this is the wall between two
 * clients of one agent. Looked up at each call: a mandate revoked is over at the next request.
 * @throws {Refused} MANDATE_ENDED, whether it ended, was revoked, is another's or never was (S46);
 * NOT_ALLOWED for anybody but a citizen
 */
export async function actFor(
  platform: Platform,
  actor: Actor,
  mandateId: string | string[],
): Promise<Actor> {
  if (actor.kind !== 'citizen' || actor.counter) throw new Refused('NOT_ALLOWED')
  const today = shanghaiDate(platform.now().toISOString())
  const mandate = typeof mandateId === 'string' && UUID.test(mandateId)
    ? await liveMandate(platform.db.db, { id: mandateId, agentId: actor.id, today }) : undefined
  if (!mandate || !actor.verified) throw new Refused('MANDATE_ENDED')
  const { id, principal_id, kind, topics, acts, verified } = mandate
  return {
    kind: 'citizen', id: principal_id, verified,
    acting: { mandateId: id, agentId: actor.id, kind, topics, acts },
  }
}
