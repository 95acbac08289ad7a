/**
 * What happens because time passes. Every step locks what it changes, skips what another server
 * holds, and looks again before it acts: running twice changes nothing.
 */
import { shanghaiDate } from '../../core/clock'
import type { Selectable } from 'kysely'
import type { Tasks } from '../db/schema'
import { SYSTEM, note, openDocket, saveDocket, tell } from '../cases/docket'
import { acceptCase, settleIfDone, startReady } from '../cases/moves'
import { signalOf, stateOf, taskStateOf } from '../cases/view'
import { waitsOf } from '../../core/needs'
import { TASK_ENDED } from '../../core/task'
import { forgetDone } from '../outbox/store'
import type { Platform } from '../platform'
import { remindOfBookings } from './bookings'
import { remindOfDrafts } from './drafts'
import { moveTickets } from './tickets'
import { endRectifications, signalRectifications } from './rectifications'
import { recountOld } from '../stats/store'

const BY = { kind: 'system' } as const
const BATCH = 200
const DAY_MS = 86_400_000
const LEVELS = ['none', 'warning', 'yellow', 'red'] as const

/** One round of every clock job. */
export async function tick(platform: Platform): Promise<void> {
  await acceptOverdue(platform)
  await startWaited(platform)
  await raiseSignals(platform)
  await remindOfDrafts(platform)
  await moveTickets(platform)
  await signalRectifications(platform)
  await endRectifications(platform)
  await remindOfBookings(platform)
  await recountOld(platform)
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

/** 预警, 黄牌, 红牌: each told once per task. Index: tasks_due. */
async function raiseSignals(platform: Platform): Promise<void> {
  let after = { dueOn: '0001-01-01', caseId: '00000000-0000-0000-0000-000000000000', n: 0 }
  for (;;) {
    const tasks = await platform.db.db.selectFrom('tasks').selectAll()
      .where('state', 'in', ['dispatched', 'received', 'reviewed']).where('due_on', 'is not', null)
      .where((eb) => eb(eb.refTuple('due_on', 'case_id', 'n'), '>',
        eb.tuple(after.dueOn as string | null, after.caseId, after.n))) // due_on is nullable
      .orderBy('due_on').orderBy('case_id').orderBy('n').limit(BATCH).execute()
    for (const task of tasks) if (isNews(platform, task)) await raiseSignal(platform, task)
    const last = tasks.at(-1)
    if (!last?.due_on || tasks.length < BATCH) return
    after = { dueOn: last.due_on, caseId: last.case_id, n: last.n }
  }
}

function isNews(platform: Platform, task: Selectable<Tasks>): boolean {
  return levelOf(signalOf(platform, task)) > levelOf(task.signal)
}

const levelOf = (name: string) => LEVELS.findIndex((level) => level === name)

async function raiseSignal(platform: Platform, { case_id, n }: Selectable<Tasks>): Promise<void> {
  await platform.db.inTx(async (tx) => {
    const docket = await openDocket(tx, { platform, caseId: case_id, by: BY, skipLocked: true })
    const task = docket?.tasks.find((one) => one.n === n)
    if (!docket || !task || TASK_ENDED.has(taskStateOf(task)) || !isNews(platform, task)) return
    const level = signalOf(platform, task)
    if (level === 'none') return
    task.signal = level
    docket.fresh.touched.add(task)
    note(docket, { is: 'task.signal', itemId: task.item_id, level }, SYSTEM)
    if (level === 'red') {
      tell(docket, '办理超期', `您的办件（编号 ${docket.row.number}）有事项超期，监督部门正在督办。`)
    }
    await saveDocket(docket, BY, '时限信号')
  })
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
  await db.deleteFrom('signings').where('kept_until', '<', now()).execute()
  await forgetDone(db, ago(30))
  await blobs.sweep(ago(7))
}
