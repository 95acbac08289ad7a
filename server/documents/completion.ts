/** 办结通知书: what came of every item of a case, within how many of the days promised. */
import { shanghaiDate, workingDaysBetween } from '../../core/clock'
import { limitText } from '../../core/limit'
import type { Plan } from '../../core/plan'
import { titled } from '../../core/titled'
import { heldDays } from '../cases/moves'
import { departmentName } from '../cases/topic'
import { type CaseRows, type TaskRow, extensionOf } from '../cases/view'
import type { Platform } from '../platform'
import type { PrintedBlock } from '../print/blocks'

interface Outcome {
  name: string
  department: string
  state: string
  startedOn: string | null
  endedOn: string | null
  promised: string
  /** working days the clock ran; null: it never began */
  usedDays: number | null
  result: string | null
  reason: string | null
}

export interface Outcomes {
  acceptedOn: string | null
  dueOn: string | null
  /** working days from acceptance to the end of the last item; null: not all have ended */
  usedDays: number | null
  items: Outcome[]
}

const dayOf = (at: Date | null) => at && shanghaiDate(at.toISOString())

function extendedWords(task: TaskRow): string {
  const extension = extensionOf(task)
  return extension ? `，依法延长 ${extension.days} 个工作日` : ''
}

export function outcomesOf(
  platform: Platform,
  { row, tasks, results, plan }: Pick<CaseRows, 'row' | 'tasks' | 'results'> & { plan: Plan },
): Outcomes {
  const { calendar } = platform.catalogue
  const items = tasks.map((task): Outcome => {
    const planned = plan.items.find(({ item }) => item.id === task.item_id)
    const [startedOn, endedOn] = [dayOf(task.started_at), dayOf(task.ended_at)]
    const result = results.find(({ n }) => n === task.n)
    return {
      name: planned?.item.name ?? task.item_id,
      department: departmentName(platform, task.department_id, task.region_code),
      state: task.state,
      startedOn,
      endedOn,
      promised: planned && !planned.season
        ? `${limitText(planned.item.promised)}${extendedWords(task)}` : '按报名时间',
      usedDays: startedOn && endedOn
        ? workingDaysBetween(startedOn, endedOn, calendar) - heldDays({ platform }, task) : null,
      result: result ? `${titled(result.name)}，编号 ${result.number}` : null,
      reason: task.reason,
    }
  })
  const acceptedOn = dayOf(row.accepted_at)
  const [last = null] = items.map(({ endedOn }) => endedOn).sort().reverse()
  const over = items.every(({ endedOn }) => endedOn !== null)
  return {
    acceptedOn,
    dueOn: row.due_on,
    usedDays: acceptedOn && last && over ? workingDaysBetween(acceptedOn, last, calendar) : null,
    items,
  }
}

const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  approved: '已办好', rejected: '不予办理', cancelled: '不再办理',
}

export function outcomeBlocks(items: readonly Outcome[]): PrintedBlock[] {
  return items.map((item, n): PrintedBlock => {
    const { name, department, state, startedOn, endedOn, promised, usedDays, result, reason } = item
    const used = usedDays === null ? '' : `，实际用时 ${usedDays} 个工作日`
    return {
      is: 'record',
      title: `${n + 1}. ${name}`,
      mark: OUTCOME_WORDS[state] ?? '',
      rows: [
        { term: '办理部门', lines: [department] },
        ...(startedOn && endedOn
          ? [{ term: '起止', lines: [`${startedOn} 至 ${endedOn}`] }] : []),
        { term: '用时', lines: [`承诺 ${promised}${used}`] },
        ...(result ? [{ term: '结果', lines: [result] }] : []),
        ...(reason ? [{ term: '理由', lines: [reason] }] : []),
      ],
    }
  })
}
