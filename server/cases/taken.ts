/** Two clerks at one case: the loser of a race is told who was first, and when. */
import { shanghaiTime } from '../../core/clock'
import { Refused } from '../../core/refusal'
import type { Actor } from '../actor'
import { isStaff } from '../route'
import type { Docket } from './docket'
import { happeningOf } from './view'

/**
 * Does a step; if the state no longer lets staff do it because a colleague was there, says so.
 * @param where  the item acted on; null: the case
 * @throws {Refused} TAKEN {by, at, time}; anything else as the step threw it
 */
export async function withTaker(
  docket: Docket,
  { by, itemId }: { by: Actor; itemId: string | null },
  step: () => void | Promise<void>,
): Promise<void> {
  try {
    await step()
  } catch (error) {
    const late = error instanceof Refused && error.code === 'ACTION_NOT_ALLOWED' && isStaff(by)
    const taker = late ? await lastColleague(docket, { by: by.id, itemId }) : undefined
    if (!taker) throw error
    const at = taker.at.toISOString()
    throw new Refused('TAKEN', {
      by: taker.name, at, time: shanghaiTime(at), state: docket.row.state,
    })
  }
}

/** Whoever took the last step, if it was another member of staff. */
async function lastColleague(
  { tx, row }: Docket,
  { by, itemId }: { by: string; itemId: string | null },
): Promise<{ name: string; at: Date } | undefined> {
  const events = await tx.selectFrom('case_events as e').leftJoin('staff as s', 's.id', 'e.by_id')
    .where('e.case_id', '=', row.id).where('e.by_role', 'in', ['window', 'department'])
    .orderBy('e.seq', 'desc').select(['e.at', 'e.by_id', 'e.by_name', 'e.event', 's.name'])
    .execute()
  const last = events.map(({ event, ...rest }) => ({ ...rest, event: happeningOf({ event }) }))
    .find(({ event: { is, itemId: about = null } }) => is !== 'submit' && about === itemId)
  if (!last || last.by_id === by) return undefined
  return { name: last.name ?? last.by_name, at: last.at }
}
