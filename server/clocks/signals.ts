/** 预警, 黄牌, 红牌 of tasks as time passes: on the case's own history, and to supervision. */
import type { Selectable } from 'kysely'
import { type Level, LEVELS, rankOf } from '../../core/escalation'
import { TASK_ENDED } from '../../core/task'
import { SYSTEM, note, openDocket, saveDocket, tell } from '../cases/docket'
import { signalOf, taskStateOf } from '../cases/view'
import type { Tasks } from '../db/schema'
import type { Platform } from '../platform'
import { endWarning, raise } from '../supervision/raise'

const BY = { kind: 'system' } as const
const BATCH = 200

/** Each is told once per task. Index: tasks_due. */
export async function raiseSignals(platform: Platform): Promise<void> {
  let after = { dueOn: '0001-01-01', caseId: '00000000-0000-0000-0000-000000000000', n: 0 }
  for (;;) {
    const tasks = await platform.db.db.selectFrom('tasks').selectAll()
      .where('state', 'in', ['dispatched', 'received', 'reviewed']).where('due_on', 'is not', null)
      .where((eb) => eb(eb.refTuple('due_on', 'case_id', 'n'), '>',
        eb.tuple(after.dueOn as string | null, after.caseId, after.n))) // due_on is nullable
      .orderBy('due_on').orderBy('case_id').orderBy('n').limit(BATCH).execute()
    for (const task of tasks) if (newsOf(platform, task)) await raiseSignal(platform, task)
    const last = tasks.at(-1)
    if (!last?.due_on || tasks.length < BATCH) return
    after = { dueOn: last.due_on, caseId: last.case_id, n: last.n }
  }
}

/** The level to tell; undefined: nothing worse than was told. */
function newsOf(platform: Platform, task: Selectable<Tasks>): Level | undefined {
  const level = signalOf(platform, task)
  const told = LEVELS.find((one) => one === task.signal) ?? 'none'
  return level !== 'none' && rankOf(level) > rankOf(told) ? level : undefined
}

async function raiseSignal(platform: Platform, { case_id, n }: Selectable<Tasks>): Promise<void> {
  await platform.db.inTx(async (tx) => {
    const docket = await openDocket(tx, { platform, caseId: case_id, by: BY, skipLocked: true })
    const task = docket?.tasks.find((one) => one.n === n)
    if (!docket || !task || TASK_ENDED.has(taskStateOf(task))) return
    const level = newsOf(platform, task)
    if (!level) return
    task.signal = level
    docket.fresh.touched.add(task)
    note(docket, { is: 'task.signal', itemId: task.item_id, level }, SYSTEM)
    await raise(docket, task, level)
    if (level === 'red') {
      tell(docket, '办理超期', `您的办件（编号 ${docket.row.number}）有事项超期，监督部门正在督办。`)
    }
    await saveDocket(docket, BY, '时限信号')
  })
}

/** 预警 of tasks that have ended: nothing is left to warn of. Index: signals_worst. */
export async function endWarnings(platform: Platform): Promise<void> {
  const over = await platform.db.db.selectFrom('signals as s')
    .innerJoin('tasks as t', (join) =>
      join.onRef('t.case_id', '=', 's.case_id').onRef('t.n', '=', 's.n'))
    .where('s.state', '<>', 'closed').where('s.rank', '=', rankOf('warning'))
    .where('t.state', 'in', [...TASK_ENDED]).select('s.id').limit(BATCH).execute()
  for (const { id } of over) await endWarning(platform, id)
}
