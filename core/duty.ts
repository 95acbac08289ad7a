/**
 * 岗位: what a member of staff may do within their role. Window and department each have several,
 * which a unit may give to one person or to several; the law wants some kept apart (two people).
 */
import type { CaseAction } from './case'
import type { TaskAction, TaskState } from './task'

export const DUTIES = {
  accept: '受理', examine: '初审', dispatch: '分派', urge: '督促', 'hand-over': '出件',
  handle: '审核', approve: '审批',
} as const
export type Duty = keyof typeof DUTIES
export const DUTY_IDS = Object.keys(DUTIES) as Duty[] // keys of the table

/** The duty a window action needs; undefined: none, the table of case.ts alone decides. */
export function caseDuty(action: CaseAction): Duty | undefined {
  switch (action) {
    case 'accept':
    case 'refuse': return 'accept'
    case 'return': return 'examine'
    case 'dispatch':
    case 'urge':
    case 'hand-over': return action
    default: return undefined
  }
}

/** The duty a department action needs. A decision that needs two people is the approver's. */
export function taskDuty(action: TaskAction, state: TaskState): Duty {
  const second = action === 'send-back' || action === 'extend' || state === 'reviewed'
  return second ? 'approve' : 'handle'
}

/** Whether somebody with these duties may; null: all duties of the role. */
export function hasDuty(duties: readonly Duty[] | null, duty: Duty | undefined): boolean {
  return duty === undefined || duties === null || duties.includes(duty)
}
