/**
 * Tasks as time passes: a wait that is over starts one; 预警, 黄牌, 红牌 of one whose clock runs go on
 * the case's own history, and to supervision.
 */
import { shanghaiDate } from '../../core/clock'
import { rankOf } from '../../core/escalation'
import { TASK_ENDED } from '../../core/task'
import { type Docket, SYSTEM, note, openDocket, saveDocket, tell } from '../cases/docket'
import { settleIfDone, startReady } from '../cases/moves'
import { type TaskRow, signalOf } from '../cases/view'
import { runs, toldSignal } from '../cases/wake'
import type { Platform } from '../platform'
import { endWarning, raise } from '../supervision/raise'
import { each } from './each'

const BY = { kind: 'system' } as const
const BATCH = 200

/** Every case with a task whose day has come; saving it sets the task's next. */
export async function wakeTasks(platform: Platform): Promise<void> {
  await each(dueCases(platform), (caseId) => wake(platform, caseId))
}

/** Index: tasks_wake. */
async function* dueCases({ db: { db }, now }: Platform): AsyncGenerator<string> {
  const today = shanghaiDate(now().toISOString())
  let after = { wakeOn: '0001-01-01', caseId: '00000000-0000-0000-0000-000000000000', n: 0 }
  for (;;) {
    const tasks = await db.selectFrom('tasks').select(['case_id', 'n', 'wake_on'])
      .where('wake_on', '<=', today)
      .where((eb) => eb(eb.refTuple('wake_on', 'case_id', 'n'), '>',
        eb.tuple(after.wakeOn as string | null, after.caseId, after.n))) // wake_on is nullable
      .orderBy('wake_on').orderBy('case_id').orderBy('n').limit(BATCH).execute()
    yield* new Set(tasks.map(({ case_id }) => case_id))
    const last = tasks.at(-1)
    if (!last?.wake_on || tasks.length < BATCH) return
    after = { wakeOn: last.wake_on, caseId: last.case_id, n: last.n }
  }
}

async function wake(platform: Platform, caseId: string): Promise<void> {
  await platform.db.inTx(async (tx) => {
    const docket = await openDocket(tx, { platform, caseId, by: BY, skipLocked: true })
    if (!docket) return
    for (const task of docket.tasks) await tellSignal(docket, task)
    startReady(docket)
    settleIfDone(docket)
    await saveDocket(docket, BY, '到期自动处理')
  })
}

/** Each level is told once a task. */
async function tellSignal(docket: Docket, task: TaskRow): Promise<void> {
  const level = signalOf(docket.platform, task)
  if (!runs(task) || level === 'none' || rankOf(level) <= rankOf(toldSignal(task))) return
  task.signal = level
  docket.fresh.touched.add(task)
  note(docket, { is: 'task.signal', itemId: task.item_id, level }, SYSTEM)
  await raise(docket, task, level)
  if (level === 'red') {
    tell(docket, '办理超期', `您的办件（编号 ${docket.row.number}）有事项超期，监督部门正在督办。`)
  }
}

/** 预警 of tasks that have ended: nothing is left to warn of. Index: signals_worst. */
export async function endWarnings(platform: Platform): Promise<void> {
  const over = await platform.db.db.selectFrom('signals as s')
    .innerJoin('tasks as t', (join) =>
      join.onRef('t.case_id', '=', 's.case_id').onRef('t.n', '=', 's.n'))
    .where('s.state', '<>', 'closed').where('s.rank', '=', rankOf('warning'))
    .where('t.state', 'in', [...TASK_ENDED]).select('s.id').limit(BATCH).execute()
  await each(over, ({ id }) => endWarning(platform, id))
}
