/**
 * What happens because time passes. Every step locks what it changes, skips what another server
 * holds, and looks again before it acts: running twice changes nothing.
 */
import { shanghaiDate } from '../../core/clock'
import { SYSTEM, openDocket, saveDocket } from '../cases/docket'
import { acceptCase } from '../cases/moves'
import { stateOf } from '../cases/view'
import { forgetDone } from '../outbox/store'
import type { Platform } from '../platform'
import { remindOfBookings } from './bookings'
import { remindOfDrafts } from './drafts'
import { each } from './each'
import { endWarnings, wakeTasks } from './tasks'
import { moveTickets } from './tickets'
import { endRectifications, signalRectifications } from './rectifications'
import { recountOld } from '../stats/store'
import { keepFigures } from '../supervision/rollup'

const BY = { kind: 'system' } as const
const BATCH = 200
const DAY_MS = 86_400_000

const JOBS: readonly ((platform: Platform) => Promise<void>)[] = [
  acceptOverdue, wakeTasks, endWarnings, remindOfDrafts, moveTickets,
  signalRectifications, endRectifications, remindOfBookings,
  keepFigures, recountOld, // the second adds up what the first has counted
  forgetOld,
]

/** One round of every clock job. @throws {AggregateError} of those that failed, after the others */
export async function tick(platform: Platform): Promise<void> {
  await each(JOBS, (job) => job(platform))
}

const todayOf = ({ now }: Platform) => shanghaiDate(now().toISOString())

/** 行政许可法 §32: not asked to correct within five working days, a case counts as accepted. */
async function acceptOverdue(platform: Platform): Promise<void> {
  const today = todayOf(platform)
  const overdue = await platform.db.db.selectFrom('cases').select('id')
    .where('state', '=', 'submitted').where('accept_by', '<', today)
    .orderBy('accept_by').limit(BATCH).execute()
  await each(overdue, ({ id: caseId }) => platform.db.inTx(async (tx) => {
    const docket = await openDocket(tx, { platform, caseId, by: BY, skipLocked: true })
    if (!docket || stateOf(docket.row) !== 'submitted') return
    if (docket.row.accept_by >= docket.today) return
    acceptCase(docket, 'auto-accept', SYSTEM)
    await saveDocket(docket, BY, '依法视为受理')
  }))
}

/** What nobody may need again; a request id is kept as long as anything could still retry it. */
async function forgetOld({ db: { db }, blobs, now }: Platform): Promise<void> {
  const ago = (days: number) => new Date(now().getTime() - days * DAY_MS)
  await db.deleteFrom('nonces').where('at', '<', ago(1)).execute()
  await db.deleteFrom('otps').where('expires_at', '<', ago(1)).execute()
  await db.deleteFrom('attempts').where('at', '<', ago(2)).execute()
  await db.deleteFrom('sessions').where('expires_at', '<', now()).execute()
  await db.deleteFrom('requests').where('at', '<', ago(90)).execute()
  await db.deleteFrom('drafts').where('kept_until', '<', now()).execute()
  await db.deleteFrom('pick_up_codes').where('expires_at', '<', now()).execute()
  await db.deleteFrom('signings').where('kept_until', '<', now()).execute()
  await forgetDone(db, ago(30))
  await blobs.sweep(ago(7))
}
