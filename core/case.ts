/** 办件: the life of a case. One table says who may do what in each state. */
import { Refused } from './refusal'

export type CaseState =
  | 'submitted' // waiting for 受理; the fifth working day accepts it (行政许可法 §32)
  | 'returned' // 补正 before acceptance: nothing runs until the citizen answers
  | 'accepted' // 受理, waiting for 分派
  | 'handling' // tasks run in parallel
  | 'correcting' // 补正 while sibling tasks go on
  | 'ready' // every task has ended; results wait for 出件
  | 'finished' // results handed over
  | 'refused' // 不予受理
  | 'withdrawn'

export const CASE_ROLES = ['citizen', 'window', 'system'] as const
export type CaseRole = (typeof CASE_ROLES)[number]

export const CASE_ACTIONS = [
  'accept', 'auto-accept', 'return', 'refuse', 'dispatch', 'urge', 'resubmit', 'withdraw',
  'settle', 'hand-over', 'confirm-receipt',
] as const
export type CaseAction = (typeof CASE_ACTIONS)[number]

type Move = { by: readonly CaseRole[]; to: CaseState }

/** The whole life of a case: in each state, who may do what, and where it leads. */
export const CASE_ALLOWED: Record<CaseState, Partial<Record<CaseAction, Move>>> = {
  submitted: {
    accept: { by: ['window'], to: 'accepted' },
    'auto-accept': { by: ['system'], to: 'accepted' },
    return: { by: ['window'], to: 'returned' },
    refuse: { by: ['window'], to: 'refused' },
    withdraw: { by: ['citizen'], to: 'withdrawn' },
  },
  returned: {
    resubmit: { by: ['citizen'], to: 'submitted' },
    withdraw: { by: ['citizen'], to: 'withdrawn' },
  },
  accepted: {
    dispatch: { by: ['window'], to: 'handling' },
    withdraw: { by: ['citizen'], to: 'withdrawn' },
  },
  handling: {
    return: { by: ['window'], to: 'correcting' },
    urge: { by: ['window'], to: 'handling' },
    withdraw: { by: ['citizen'], to: 'withdrawn' },
    settle: { by: ['system'], to: 'ready' },
  },
  correcting: {
    resubmit: { by: ['citizen'], to: 'handling' },
    urge: { by: ['window'], to: 'correcting' },
    withdraw: { by: ['citizen'], to: 'withdrawn' },
  },
  ready: {
    'hand-over': { by: ['window'], to: 'finished' },
    'confirm-receipt': { by: ['citizen'], to: 'finished' },
  },
  finished: {},
  refused: {},
  withdrawn: {},
}

export const CASE_ENDED: ReadonlySet<CaseState> = new Set(['finished', 'refused', 'withdrawn'])

/**
 * The state after an action.
 * @throws {Refused} ACTION_NOT_ALLOWED, when the table has no such move for this role
 */
export function actOnCase(state: CaseState, action: CaseAction, by: CaseRole): CaseState {
  const move = CASE_ALLOWED[state][action]
  if (!move?.by.includes(by)) throw new Refused('ACTION_NOT_ALLOWED', { state })
  return move.to
}

/** The actions a role may take now; drives the buttons and the reply's `actions`. */
export function caseActions(state: CaseState, by: CaseRole): CaseAction[] {
  return CASE_ACTIONS.filter((action) => CASE_ALLOWED[state][action]?.by.includes(by))
}
