/**
 * A signal of the clocks becomes a matter of supervision, and is told up the ladder 经办 → 科室 →
 * 分管 by SMS. All of it commits with the event on the case's own history.
 */
import {
  LEVEL_WORDS, type Level, actOnSignal, rankOf, stageOf, toldOf,
} from '../../core/escalation'
import { dayWords } from '../../core/timeline'
import type { Docket } from '../cases/docket'
import { departmentName } from '../cases/topic'
import { type TaskRow, taskStateOf } from '../cases/view'
import { tellContacts } from '../contacts/tell'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { type SignalRow, addStep, lockSignal, saveSignal } from './store'

const SYSTEM = { role: 'system', id: null, name: '系统' }

/** To be called with the event task.signal, while the case is locked. */
export async function raise(docket: Docket, task: TaskRow, level: Level): Promise<void> {
  const { platform, tx, at, row, names } = docket
  if (!task.due_on) return
  await endSignalsOf(docket, task)
  const id = platform.newId()
  const unit = departmentName(platform, task.department_id, task.region_code)
  const text = signalText(level, {
    unit, item: names.item(task.item_id), number: row.number, dueOn: task.due_on,
  })
  const about = { ...task, topic_id: row.topic_id, stage: stageOf(taskStateOf(task)) }
  const told = await tellContacts(tx, platform, {
    about, roles: toldOf(level), text, key: `signal:${id}`,
  })
  await tx.insertInto('signals').values({
    id, case_id: row.id, n: task.n, topic_id: row.topic_id, item_id: task.item_id,
    department_id: task.department_id, region_code: task.region_code, level,
    rank: rankOf(level), raised_at: at, due_on: task.due_on, told, state: 'open', order_by: null,
  }).execute()
  await addStep(tx, platform.keys, { id, at, by: SYSTEM, event: 'raise' })
}

function openSignals(tx: Tx, { case_id: caseId, n }: TaskRow): Promise<SignalRow[]> {
  return tx.selectFrom('signals').selectAll().where('case_id', '=', caseId).where('n', '=', n)
    .where('state', '<>', 'closed').forUpdate().execute()
}

/** A worse one took its place, or what it warned of has ended. */
async function supersede(tx: Tx, platform: Platform, row: SignalRow): Promise<void> {
  row.state = actOnSignal(row.state, 'supersede', 'system')
  await saveSignal(tx, row)
  const { keys } = platform
  await addStep(tx, keys, { id: row.id, at: platform.now(), by: SYSTEM, event: 'supersede' })
}

/** A worse one is coming, or the limit was extended in time. The case is locked meanwhile. */
export async function endSignalsOf({ tx, platform }: Docket, task: TaskRow): Promise<void> {
  for (const one of await openSignals(tx, task)) await supersede(tx, platform, one)
}

/** A 预警 whose task has ended in time, or late: nothing is left to warn of. */
export async function endWarning(platform: Platform, id: string): Promise<void> {
  await platform.db.inTx(async (tx) => {
    const row = await lockSignal(tx, id, true)
    if (row && row.state !== 'closed') await supersede(tx, platform, row)
  })
}

export interface Named {
  unit: string
  item: string
  number: string
  dueOn: string
}

function signalText(level: Level, { unit, item, number, dueOn }: Named): string {
  const what = `${LEVEL_WORDS[level]}：${unit}的“${item}”（办件编号 ${number}）`
  const day = dayWords(dueOn)
  switch (level) {
    case 'warning': return `${what}应于${day}前办结，时限将到，请尽快办理。`
    case 'yellow': return `${what}应于${day}办结，已经超期，请立即办理并说明原因。`
    case 'red': return `${what}应于${day}办结，超期严重，监督部门正在督办，请立即办理并说明原因。`
  }
}

export function orderText({ unit, item, number, dueOn }: Named): string {
  return `督办：${unit}的“${item}”（办件编号 ${number}），请于${dayWords(dueOn)}前办理并在系统里说明情况。`
}
