/** 求助 as time passes: overdue ones climb, quiet ones end, ended ones are asked about. */
import { addDays, dayStart, shanghaiDate } from '../../core/clock'
import { type TicketState, isTime, ticketActions } from '../../core/ticket'
import type { Platform } from '../platform'
import { moveTicket } from '../tickets/move'
import { type TicketRow, lockTicket, standingOf } from '../tickets/store'
import { each } from './each'

const BATCH = 200
const BY = { kind: 'system' } as const

/** Whatever is due in each state, the longest waiting first. Index: tickets_clock. */
export async function moveTickets(platform: Platform): Promise<void> {
  const { help } = platform.catalogue
  const kinds = [
    overdueTickets, waiting('answered', help.quietDays), waiting('closed', help.followUpDays),
    waiting('asked', help.lapseDays),
  ]
  await each(kinds, (kind) => each(allOf(platform, kind), (id) => step(platform, id)))
}

interface Place {
  key: string
  id: string
}
/** The next candidates after a place; which of them are due the row itself tells. */
type Candidates = (platform: Platform, after: Place) => Promise<Place[]>

const FIRST: Place = { key: '0001-01-01', id: '00000000-0000-0000-0000-000000000000' }

async function* allOf(platform: Platform, candidates: Candidates): AsyncGenerator<string> {
  for (let after = FIRST; ;) {
    const found = await candidates(platform, after)
    yield* found.map(({ id }) => id)
    const last = found.at(-1)
    if (!last || found.length < BATCH) return
    after = last
  }
}

const overdueTickets: Candidates = async ({ db: { db }, now }, after) => {
  const rows = await db.selectFrom('tickets').select(['id', 'due_on'])
    .where('state', '=', 'open').where('due_on', '<', shanghaiDate(now().toISOString()))
    .where((eb) => eb(eb.refTuple('due_on', 'id'), '>',
      eb.tuple(after.key as string | null, after.id))) // due_on is nullable
    .orderBy('due_on').orderBy('id').limit(BATCH).execute()
  return rows.map(({ id, due_on: key }) => ({ id, key: key ?? FIRST.key }))
}

const waiting = (state: TicketState, days: number): Candidates =>
  async ({ db: { db }, now }, after) => {
    const before = addDays(shanghaiDate(now().toISOString()), 1 - days)
    const rows = await db.selectFrom('tickets').select(['id', 'moved_at'])
      .where('state', '=', state).where('moved_at', '<', dayStart(before))
      .where((eb) => eb(eb.refTuple('moved_at', 'id'), '>',
        eb.tuple(new Date(after.key), after.id)))
      .orderBy('moved_at').orderBy('id').limit(BATCH).execute()
    return rows.map(({ id, moved_at: at }) => ({ id, key: at.toISOString() }))
  }

/** Looks again under the lock: running twice changes nothing. */
async function step(platform: Platform, id: string): Promise<void> {
  await platform.db.inTx(async (tx) => {
    const row = await lockTicket(tx, id, true)
    const action = row && dueAction(platform, row)
    if (row && action) await moveTicket(tx, platform, { row, by: BY, doing: { action } })
  })
}

function dueAction(platform: Platform, row: TicketRow) {
  const { help: rules, calendar } = platform.catalogue
  const day = (at: Date) => shanghaiDate(at.toISOString())
  const action = isTime(
    { state: row.state, since: day(row.moved_at), dueOn: row.due_on },
    day(platform.now()), { rules, calendar })
  // On the top rung nobody is above: it stays there, overdue for everyone to see.
  const can = action && ticketActions(standingOf(row), 'system', rules).includes(action)
  return can ? action : undefined
}
