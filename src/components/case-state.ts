import type { CaseState } from '@core/case'
import type { TaskState } from '@core/task'
import type { Tone } from '@/ui/status'

interface Badge {
  tone: Tone
  label: string
}

/** What a tag says of a case. */
export const CASE_BADGES: Record<CaseState, Badge> = {
  submitted: { tone: 'active', label: '等待受理' },
  returned: { tone: 'warn', label: '请您补正' },
  accepted: { tone: 'active', label: '已受理' },
  handling: { tone: 'active', label: '正在办理' },
  correcting: { tone: 'warn', label: '请您补正' },
  ready: { tone: 'good', label: '已办完' },
  finished: { tone: 'good', label: '已出件' },
  refused: { tone: 'bad', label: '不予受理' },
  withdrawn: { tone: 'plain', label: '已撤回' },
}

/** What a tag says of an item. */
export const TASK_BADGES: Record<TaskState, Badge> = {
  waiting: { tone: 'plain', label: '还没开始' },
  dispatched: { tone: 'active', label: '已转部门' },
  received: { tone: 'active', label: '正在办理' },
  reviewed: { tone: 'active', label: '正在审批' },
  asking: { tone: 'warn', label: '需要补正' },
  paused: { tone: 'warn', label: '暂停计时' },
  approved: { tone: 'good', label: '已办好' },
  rejected: { tone: 'bad', label: '不予办理' },
  cancelled: { tone: 'plain', label: '不再办理' },
}

/** Once it has come this far a case can be rated. */
export const RATEABLE: ReadonlySet<CaseState> = new Set(['finished', 'refused'])
