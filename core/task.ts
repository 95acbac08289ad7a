/** 事项办件: the life of one item of a case at one department. */
import { Refused } from './refusal'

export type TaskState =
  | 'waiting' // its needs are not met yet
  | 'dispatched' // sent to the department, not yet received
  | 'received'
  | 'reviewed' // the first of two people has proposed a decision
  | 'asking' // asked a correction; waits for the window's consolidated round and the citizen
  | 'paused' // 特别程序: a legal reason stops the clock
  | 'approved' // with a result
  | 'rejected'
  | 'cancelled' // the case was withdrawn, or something it needs was rejected

export const TASK_ROLES = ['department', 'system'] as const
export type TaskRole = (typeof TASK_ROLES)[number]

export const TASK_ACTIONS = [
  'start', 'receive', 'request-correction', 'resume-corrected', 'pause', 'resume', 'review',
  'propose-extension', 'extend', 'send-back', 'approve', 'reject', 'cancel',
] as const
export type TaskAction = (typeof TASK_ACTIONS)[number]

type Move = { by: readonly TaskRole[]; to: TaskState }

const CANCEL: Move = { by: ['system'], to: 'cancelled' }

/** The whole life of a task: in each state, who may do what, and where it leads. */
export const TASK_ALLOWED: Record<TaskState, Partial<Record<TaskAction, Move>>> = {
  waiting: { start: { by: ['system'], to: 'dispatched' }, cancel: CANCEL },
  dispatched: { receive: { by: ['department'], to: 'received' }, cancel: CANCEL },
  received: {
    approve: { by: ['department'], to: 'approved' },
    reject: { by: ['department'], to: 'rejected' },
    'request-correction': { by: ['department'], to: 'asking' },
    pause: { by: ['department'], to: 'paused' },
    review: { by: ['department'], to: 'reviewed' },
    'propose-extension': { by: ['department'], to: 'reviewed' },
    cancel: CANCEL,
  },
  reviewed: {
    approve: { by: ['department'], to: 'approved' },
    reject: { by: ['department'], to: 'rejected' },
    extend: { by: ['department'], to: 'received' },
    'send-back': { by: ['department'], to: 'received' },
    cancel: CANCEL,
  },
  asking: { 'resume-corrected': { by: ['system'], to: 'received' }, cancel: CANCEL },
  paused: { resume: { by: ['department'], to: 'received' }, cancel: CANCEL },
  approved: {},
  rejected: {},
  cancelled: {},
}

/** 计时: at a department, and its clock runs. */
export const TASK_RUNNING: ReadonlySet<TaskState> = new Set(['dispatched', 'received', 'reviewed'])
/** 在办: at a department, or on its way back there. */
export const TASK_OPEN: ReadonlySet<TaskState> = new Set([...TASK_RUNNING, 'asking', 'paused'])
export const TASK_ENDED: ReadonlySet<TaskState> = new Set(['approved', 'rejected', 'cancelled'])

/** 特别程序: the only reasons that stop a clock, told to the citizen in writing (行政许可法 §45). */
export const PAUSE_REASONS = {
  hearing: '听证',
  bidding: '招标',
  auction: '拍卖',
  inspection: '检验',
  testing: '检测',
  quarantine: '检疫',
  appraisal: '鉴定',
  'expert-review': '专家评审',
} as const
export type PauseReason = keyof typeof PAUSE_REASONS

/** 延期: why a decision needs more time, told to the applicant (行政许可法 §42). */
export const EXTENSION_CAUSES = {
  complex: '情况复杂，需要进一步核实',
  consult: '需要征求其他单位或者利害关系人的意见',
  'site-check': '现场核查受天气、道路等客观条件影响',
  'beyond-control': '发生不可抗力',
} as const
export type ExtensionCause = keyof typeof EXTENSION_CAUSES

/** An extension as it was approved, or is proposed. */
export interface Extension {
  /** working days, on top of promise and law alike */
  days: number
  cause: ExtensionCause
  note: string
}

/**
 * Whether the limit of an item may still be extended: by its law, once, and before it has run out.
 * @param extendable  from the catalogue; undefined: its law knows no extension
 */
export function mayExtend(
  extendable: object | undefined,
  { extension, dueOn, today }: { extension: unknown; dueOn: string | null; today: string },
): boolean {
  return extendable !== undefined && !extension && dueOn !== null && today <= dueOn
}

/** What the state of a task does not tell of its past. */
export interface TaskMemory {
  /** what waits for the second of two people */
  proposed?: 'review' | 'propose-extension'
  extended?: true
}

/** A decision follows what was proposed, and a limit is extended once. */
export function fitsMemory(action: TaskAction, { proposed, extended }: TaskMemory): boolean {
  switch (action) {
    case 'propose-extension': return !extended
    case 'extend': return proposed === 'propose-extension'
    case 'approve':
    case 'reject': return proposed !== 'propose-extension'
    default: return true
  }
}

export function memoryAfter(action: TaskAction, { extended }: TaskMemory): TaskMemory {
  const once = extended || action === 'extend' ? { extended: true as const } : {}
  return action === 'review' || action === 'propose-extension'
    ? { ...once, proposed: action } : once
}

/**
 * The state after an action.
 * @throws {Refused} ACTION_NOT_ALLOWED, when the table has no such move for this role
 */
export function actOnTask(state: TaskState, action: TaskAction, by: TaskRole): TaskState {
  const move = TASK_ALLOWED[state][action]
  if (!move?.by.includes(by)) throw new Refused('ACTION_NOT_ALLOWED', { state })
  return move.to
}

/** The actions a role may take now. */
export function taskActions(state: TaskState, by: TaskRole): TaskAction[] {
  return TASK_ACTIONS.filter((action) => TASK_ALLOWED[state][action]?.by.includes(by))
}

/**
 * Whether an action keeps to the number of people an item wants: where the law wants two, a
 * handler proposes and another decides; elsewhere one person decides at once.
 */
export function keepsToPeople(state: TaskState, action: TaskAction, twoPeople: boolean): boolean {
  if (state !== 'received') return true
  const decides = action === 'approve' || action === 'reject'
  return twoPeople ? !decides : action !== 'review'
}
