/**
 * 差评整改: what follows a low rating.
 *
 *   open ─contact─▶ contacted ─answer─▶ answered ─confirm─▶ confirmed ─satisfied, lapse─▶ closed
 *     ▲                 ▲────────────────return┘              │
 *     └──────────────────────────────unsatisfied──────────────┘  (the last round closes)
 *
 * 谁办理、谁负责: whoever was rated contacts the citizen and puts it right; supervision confirms; the
 * citizen has the last word. 误评 is answered by an appeal, which never takes the rating back.
 */
import { type PlainDate, type WorkCalendar, addWorkingDays } from './clock'
import { Refused } from './refusal'

/** 好差评 has five levels; the last two count as 差评. */
export const MOST_STARS_OF_LOW = 2
export const isLow = (stars: number): boolean => stars <= MOST_STARS_OF_LOW

export const RECTIFICATION_STATES = [
  'open', // nobody has spoken to the citizen yet
  'contacted',
  'answered', // waits for supervision
  'confirmed', // told to the citizen, who may answer
  'closed',
] as const
export type RectificationState = (typeof RECTIFICATION_STATES)[number]

export const RECTIFICATION_ROLES = ['handler', 'supervisor', 'citizen', 'system'] as const
export type RectificationRole = (typeof RECTIFICATION_ROLES)[number]

export const RECTIFICATION_ACTIONS = [
  'contact', 'answer', 'confirm', 'return', 'satisfied', 'unsatisfied', 'lapse',
] as const
export type RectificationAction = (typeof RECTIFICATION_ACTIONS)[number]

/** Put right; no legal basis to, so explained; or a rating given by mistake or in bad faith. */
export const ANSWER_KINDS = ['fixed', 'explained', 'appealed'] as const
export type AnswerKind = (typeof ANSWER_KINDS)[number]

type Move = { by: RectificationRole; to: RectificationState }

/** The whole life of a rectification: in each state, who may do what, and where it leads. */
export const RECTIFICATION_ALLOWED:
Record<RectificationState, Partial<Record<RectificationAction, Move>>> = {
  open: { contact: { by: 'handler', to: 'contacted' } },
  contacted: { answer: { by: 'handler', to: 'answered' } },
  answered: {
    confirm: { by: 'supervisor', to: 'confirmed' },
    return: { by: 'supervisor', to: 'contacted' },
  },
  confirmed: {
    satisfied: { by: 'citizen', to: 'closed' },
    unsatisfied: { by: 'citizen', to: 'open' },
    lapse: { by: 'system', to: 'closed' },
  },
  closed: {},
}

/** Days are working days after the day a round begins; see catalogue/rating.yaml. */
export interface RectificationClocks {
  contactDays: number
  answerDays: number
  stopDays: number
  replyDays: number
  rounds: number
}

export interface Standing {
  state: RectificationState
  /** 1, and one more each time the citizen is still not satisfied */
  round: number
}

/**
 * Where it stands after an action. The last round ends with the citizen's word, whatever it is.
 * @throws {Refused} ACTION_NOT_ALLOWED, when the table has no such move for this role
 */
export function actOnRectification(
  { state, round }: Standing,
  action: RectificationAction,
  { by, rounds }: { by: RectificationRole; rounds: number },
): Standing {
  const move = RECTIFICATION_ALLOWED[state][action]
  if (move?.by !== by) throw new Refused('ACTION_NOT_ALLOWED', { state })
  if (action !== 'unsatisfied') return { state: move.to, round }
  return round < rounds ? { state: move.to, round: round + 1 } : { state: 'closed', round }
}

/** The actions a role may take now. */
export function rectificationActions(
  state: RectificationState,
  by: RectificationRole,
): RectificationAction[] {
  return RECTIFICATION_ACTIONS.filter((action) => RECTIFICATION_ALLOWED[state][action]?.by === by)
}

export interface Deadlines {
  contactBy: PlainDate
  answerBy: PlainDate
  /** 硬期限: by then supervision has confirmed an answer */
  stopBy: PlainDate
}

/** The clocks of a round. @throws {RangeError} if the calendar does not cover a year needed */
export function deadlines(
  from: PlainDate,
  { contactDays, answerDays, stopDays }: RectificationClocks,
  calendar: WorkCalendar,
): Deadlines {
  return {
    contactBy: addWorkingDays(from, contactDays, calendar),
    answerBy: addWorkingDays(from, answerDays, calendar),
    stopBy: addWorkingDays(from, stopDays, calendar),
  }
}

export type RectificationSignal = 'none' | 'yellow' | 'red'

/** Yellow: whoever has to act next is late. Red: the hard stop has passed. */
export function rectificationSignal(
  state: RectificationState,
  { contactBy, answerBy, stopBy }: Deadlines,
  today: PlainDate,
): RectificationSignal {
  if (state === 'confirmed' || state === 'closed') return 'none'
  if (today > stopBy) return 'red'
  if (state === 'answered') return 'none'
  return today > (state === 'open' ? contactBy : answerBy) ? 'yellow' : 'none'
}
