/**
 * What has happened to a case, and the states that follow from it.
 *
 *   events ──replay──▶ state of the case and of each task
 *
 * The stored states are a cache of this; a test holds them equal.
 */
import { CASE_ACTIONS, type CaseAction, type CaseRole, type CaseState, actOnCase } from './case'
import {
  TASK_ACTIONS, TASK_ENDED, type ExtensionCause, type PauseReason, type TaskAction,
  type TaskMemory, type TaskState, actOnTask, fitsMemory, memoryAfter,
} from './task'

export type EventName =
  | 'submit' | 'choose-handover' | CaseAction | `task.${TaskAction}` | 'task.signal'
  | 'result.revoke'

export type EventRole = 'citizen' | 'window' | 'department' | 'system' | 'supervisor'

/** One field or material that a correction asks for. */
export interface AskedPart {
  kind: 'field' | 'material'
  key: string
  reason: string
  itemId?: string
}

/** As stored: never a form value, never a citizen's name. */
export interface Happening {
  is: EventName
  itemId?: string
  /** submit: the items in the order of their tasks */
  items?: readonly string[]
  /** submit: entered by the window for an applicant who was there (窗口代办) */
  atWindow?: true
  /** submit at the window: begun on the applicant's own phone, taken up by 接办码 */
  pickedUp?: true
  /** submit: begun at this office's window, which moved it to the applicant's phone */
  begunAt?: string
  acceptBy?: string
  dueOn?: string
  reason?: string
  remedy?: string
  note?: string
  asks?: readonly AskedPart[]
  /** the legal reason of asking outside the notice or a second time */
  override?: string
  handover?: 'electronic' | 'window' | 'post'
  level?: 'warning' | 'yellow' | 'red'
  pause?: PauseReason
  /** of an extension: working days, and why */
  days?: number
  cause?: ExtensionCause
  result?: string
}

export interface HistoryEntry {
  seq: number
  by: EventRole
  event: Happening
}

export interface Replayed {
  state: CaseState
  tasks: ReadonlyMap<string, TaskState>
}

const UNDER_WAY: ReadonlySet<CaseState> = new Set(['handling', 'correcting'])
const caseActions: ReadonlySet<string> = new Set(CASE_ACTIONS)
const taskActions: ReadonlySet<string> = new Set(TASK_ACTIONS.map((action) => `task.${action}`))

/**
 * The states after these events.
 * @param entries  all events of one case, in order
 * @throws {Error} on a gap, a task begun before 分派, a decision other than the proposed one, a
 * second extension, or a settlement before its tasks ended;
 * {Refused} on an event the tables of case.ts and task.ts do not allow
 */
export function replay(entries: readonly HistoryEntry[]): Replayed {
  const [first] = entries
  if (first?.event.is !== 'submit') throw new Error('a history begins with its submission')
  const tasks = new Map<string, TaskState>(first.event.items?.map((id) => [id, 'waiting']))
  const memories = new Map<string, TaskMemory>()
  let state: CaseState = 'submitted'
  entries.forEach(({ seq, by, event }, n) => {
    if (seq !== n + 1) throw new Error(`event ${n + 1} is missing before ${seq}`)
    if (isCaseAction(event.is)) {
      state = actOnCase(state, event.is, caseRole(by))
      if (event.is === 'settle' && ![...tasks.values()].every((one) => TASK_ENDED.has(one))) {
        throw new Error(`event ${seq}: settled with a task still open`)
      }
    } else if (isTaskAction(event.is)) {
      const id = event.itemId ?? ''
      const action = event.is.slice('task.'.length) as TaskAction // isTaskAction has looked
      const before = tasks.get(id)
      if (!before) throw new Error(`event ${seq}: the case has no item "${id}"`)
      if (action === 'start' && !UNDER_WAY.has(state)) {
        throw new Error(`event ${seq}: a task started outside the handling of its case`)
      }
      const memory = memories.get(id) ?? {}
      if (!fitsMemory(action, memory)) throw new Error(`event ${seq}: ${action} was not proposed`)
      memories.set(id, memoryAfter(action, memory))
      tasks.set(id, actOnTask(before, action, by === 'department' ? 'department' : 'system'))
    }
  })
  return { state, tasks }
}

function isCaseAction(name: EventName): name is CaseAction {
  return caseActions.has(name)
}

function isTaskAction(name: EventName): name is `task.${TaskAction}` {
  return taskActions.has(name)
}

function caseRole(by: EventRole): CaseRole {
  return by === 'citizen' || by === 'window' ? by : 'system'
}
