/**
 * What happens because time passes. Every step locks what it changes, skips what another server
 * holds, and looks again before it acts: running twice changes nothing.
 */
import { shanghaiDate } from '../../core/clock'
import { SYSTEM, openDocket, saveDocket } from '../cases/docket'
import { acceptCase, settleIfDone, startReady } from '../cases/moves'
import { stateOf } from '../cases/view'
import { waitsOf } from '../../core/needs'
import { forgetDone } from '../outbox/store'
import type { Platform } from '../platform'
import { remindOfBookings } from './bookings'
import { remindOfDrafts } from './drafts'
import { endWarnings, raiseSignals } from './signals'
import { moveTickets } from './tickets'
import { endRectifications, signalRectifications } from './rectifications'
import { recountOld } from '../stats/store'
import { keepFigures } from '../supervision/rollup'

const BY = { kind: 'system' } as const
const BATCH = 200
const DAY_MS = 86_400_000

/** One round of every clock job. */
export async function tick(platform: Platform): Promise<void> {
  await acceptOverdue(platform)
  await startWaited(platform)
  await raiseSignals(platform)
  await endWarnings(platform)
  await remindOfDrafts(platform)
  await moveTickets(platform)
  await signalRectifications(platform)
  await endRectifications(platform)
  await remindOfBookings(platform)
  await recountOld(platform)
  await keepFigures(platform)
  await forgetOld(platform)
}

const todayOf = ({ now }: Platform) => shanghaiDate(now().toISOString())

/** 行政许可法 §32: not asked to correct within five working days, a case counts as accepted. */
async function acceptOverdue(platform: Platform): Promise<void> {
  const today = todayOf(platform)
  const overdue = await platform.db.db.selectFrom('cases').select('id')
    .where('state', '=', 'submitted').where('accept_by', '<', today)
    .orderBy('accept_by').limit(BATCH).execute()
  for (const { id: caseId } of overdue) {
    await platform.db.inTx(async (tx) => {
      const docket = await openDocket(tx, { platform, caseId, by: BY, skipLocked: true })
      if (!docket || stateOf(docket.row) !== 'submitted') return
      if (docket.row.accept_by >= docket.today) return
      acceptCase(docket, 'auto-accept', SYSTEM)
      await saveDocket(docket, BY, '依法视为受理')
    })
  }
}

/** Tasks that waited for days to pass (公示期 and the like) or for a season to open. */
async function startWaited(platform: Platform): Promise<void> {
  const topics = platform.catalogue.topics
    .filter(({ items }) => items.some(({ needs, season }) => season || waitsOf(needs).length > 0))
    .map(({ id }) => id)
  if (topics.length === 0) return
  const waiting = await platform.db.db.selectFrom('cases as c').select('c.id')
    .where('c.topic_id', 'in', topics).where('c.state', 'in', ['handling', 'correcting'])
    .where((eb) => eb.exists(eb.selectFrom('tasks as t').select('t.n')
      .whereRef('t.case_id', '=', 'c.id').where('t.state', '=', 'waiting')))
    .execute()
  for (const { id: caseId } of waiting) {
    await platform.db.inTx(async (tx) => {
      const docket = await openDocket(tx, { platform, caseId, by: BY, skipLocked: true })
      if (!docket) return
      startReady(docket)
      settleIfDone(docket)
      await saveDocket(docket, BY, '等待期满，转交部门')
    })
  }
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
