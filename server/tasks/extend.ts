/**
 * 延期 (行政许可法 §42): proposed by the handler, approved by another, once for an item whose law
 * knows it, before its limit has run out. The reason is told to the applicant.
 */
import type { TaskActionBody } from '../../core/contract/task'
import { Refused } from '../../core/refusal'
import { mayExtend } from '../../core/task'
import { said } from '../cases/actions'
import { type Docket, tell } from '../cases/docket'
import { extendClock, moveTask } from '../cases/moves'
import { type TaskRow, plannedOf } from '../cases/view'
import { endSignalsOf } from '../supervision/raise'
import { type Proposal, sealProposal } from './proposal'

type Proposed = Extract<TaskActionBody, { do: 'propose-extension' }>

/** @throws {Refused} NOT_EXTENDABLE, REASON_REQUIRED */
export function proposeExtension(docket: Docket, task: TaskRow, body: Proposed): void {
  const { days, cause, note } = body
  mustBeExtendable(docket, task, days)
  const proposal: Proposal = { propose: 'extend', extension: { days, cause, note: said(note) } }
  moveTask(docket, task, 'propose-extension')
  task.proposal_sealed = sealProposal(docket.platform.keys, task, proposal)
}

/** @throws {Refused} NOT_EXTENDABLE, if the limit has run out since it was proposed */
export async function extend(
  docket: Docket,
  task: TaskRow,
  extension: NonNullable<Proposal['extension']>,
): Promise<void> {
  mustBeExtendable(docket, task, extension.days)
  extendClock(docket, task, extension)
  moveTask(docket, task, 'extend', { ...extension, dueOn: task.due_on ?? undefined })
  task.signal = 'none'
  await endSignalsOf(docket, task)
  const { names, row } = docket
  tell(docket, '办理期限延长', `您的办件（编号 ${row.number}）中，“${names.item(task.item_id)}”经批准延长`
    + ` ${extension.days} 个工作日，理由和新的期限请看办件页面和延期告知书。`)
}

function mustBeExtendable(docket: Docket, task: TaskRow, days: number): void {
  const { extension: extendable } = plannedOf(docket, task).item
  const { extension, due_on: dueOn } = task
  const may = mayExtend(extendable, { extension, dueOn, today: docket.today })
  if (!may || days > (extendable?.days ?? 0)) {
    throw new Refused('NOT_EXTENDABLE', { days: extendable?.days ?? 0 })
  }
}
