/**
 * 责任人联系表 and the ladder 经办 → 科室 → 分管: whom a signal of the clocks is told, and what
 * supervision and the department do about it.
 */
import type { Signal } from './signal'
import { Refused } from './refusal'
import type { TaskState } from './task'

/** Annex 2 of the plan names these three; the first is told of everything. */
export const CONTACT_ROLES = { handler: '业务经办人员', chief: '科室负责人', leader: '分管领导' } as const
export type ContactRole = keyof typeof CONTACT_ROLES
export const CONTACT_ROLE_IDS = Object.keys(CONTACT_ROLES) as ContactRole[] // keys of the table

/** 业务经办人可分环节设置多人负责. */
export const CONTACT_STAGES = { receive: '受理', review: '审核', approve: '审批' } as const
export type ContactStage = keyof typeof CONTACT_STAGES
export const CONTACT_STAGE_IDS = Object.keys(CONTACT_STAGES) as ContactStage[] // likewise

/** What a contact answers for; null: for all of them. */
export interface ContactScope {
  departmentId: string
  regionCode: string
  topicId: string | null
  itemId: string | null
  role: ContactRole
  stage: ContactStage | null
}

export interface Matter {
  departmentId: string
  regionCode: string
  topicId: string
  itemId: string
  role: ContactRole
  stage: ContactStage
}

/**
 * Everyone who answers for a matter in a role: those named most closely. People of its own county
 * before the prefecture's, of the item before the topic before the whole unit, of the stage before
 * all stages. Several named equally closely all answer.
 */
export function contactsFor<C extends ContactScope>(contacts: readonly C[], matter: Matter): C[] {
  const fitting = contacts.filter((one) => answers(one, matter))
  const closest = Math.max(...fitting.map((one) => closeness(one, matter)))
  return fitting.filter((one) => closeness(one, matter) === closest)
}

function answers(one: ContactScope, matter: Matter): boolean {
  const fits = (scope: string | null, of: string) => scope === null || scope === of
  return one.departmentId === matter.departmentId && one.role === matter.role &&
    (one.regionCode === matter.regionCode || one.regionCode === prefectureOf(matter.regionCode)) &&
    fits(one.topicId, matter.topicId) && fits(one.itemId, matter.itemId) &&
    fits(one.stage, matter.stage)
}

function closeness(one: ContactScope, matter: Matter): number {
  return (one.regionCode === matter.regionCode ? 8 : 0) + (one.itemId ? 4 : 0) +
    (one.topicId ? 2 : 0) + (one.stage ? 1 : 0)
}

/** '653101' → '653100' */
export function prefectureOf(regionCode: string): string {
  return `${regionCode.slice(0, 4)}00`
}

/** The stage at which a task whose clock runs stands. */
export function stageOf(state: TaskState): ContactStage {
  if (state === 'dispatched') return 'receive'
  return state === 'reviewed' ? 'approve' : 'review'
}

export type Level = Exclude<Signal, 'none'>
export const LEVELS = ['warning', 'yellow', 'red'] as const satisfies Level[]
export const LEVEL_WORDS: Record<Level, string> = { warning: '预警', yellow: '黄牌', red: '红牌' }

/** 0: nothing to tell; higher is worse. */
export function rankOf(signal: Signal): number {
  return signal === 'none' ? 0 : LEVELS.indexOf(signal) + 1
}

/** 预警 is told to the handler, 黄牌 to the chief too, 红牌 to the leader too. */
export function toldOf(level: Level): ContactRole[] {
  return CONTACT_ROLE_IDS.slice(0, rankOf(level))
}

export const SIGNAL_STATES = ['open', 'explained', 'closed'] as const
export type SignalState = (typeof SIGNAL_STATES)[number]
export const SIGNAL_ACTIONS = ['order', 'explain', 'close', 'supersede'] as const
export type SignalAction = (typeof SIGNAL_ACTIONS)[number]
/** `system`: a worse signal came, or the task of a mere 预警 has ended. */
export type SignalRole = 'supervisor' | 'department' | 'system'

type Move = { by: SignalRole; to: SignalState }

/** The whole life of a signal. An explanation that does not satisfy is answered by an order. */
export const SIGNAL_ALLOWED: Record<SignalState, Partial<Record<SignalAction, Move>>> = {
  open: {
    order: { by: 'supervisor', to: 'open' },
    explain: { by: 'department', to: 'explained' },
    close: { by: 'supervisor', to: 'closed' },
    supersede: { by: 'system', to: 'closed' },
  },
  explained: {
    order: { by: 'supervisor', to: 'open' },
    close: { by: 'supervisor', to: 'closed' },
    supersede: { by: 'system', to: 'closed' },
  },
  closed: {},
}

/** @throws {Refused} ACTION_NOT_ALLOWED, when the table has no such move for this role */
export function actOnSignal(state: SignalState, action: SignalAction, by: SignalRole): SignalState {
  const move = SIGNAL_ALLOWED[state][action]
  if (move?.by !== by) throw new Refused('ACTION_NOT_ALLOWED', { state })
  return move.to
}

/** What a role may do now. */
export function signalActions(state: SignalState, by: SignalRole): SignalAction[] {
  return SIGNAL_ACTIONS.filter((action) => SIGNAL_ALLOWED[state][action]?.by === by)
}
