/**
 * 求助: the life of a citizen's call for help. Two things move in it: its state, by the table
 * below, and its rung on the ladder, which only ever goes up.
 *
 *   reported ─raise▶ open ─answer▶ answered ─confirm / end▶ closed ─ask▶ asked ─▶ settled
 *                     ▲ │ close ────────────────────────────▶ │              │
 *                     └─┴──────────── reopen, a rung higher ──┴──────────────┘
 */
import { type PlainDate, type WorkCalendar, addDays, addWorkingDays } from './clock'
import type { HelpRules, RungLimit } from './contract/ticket'
import { Refused } from './refusal'

export const TICKET_KINDS = ['inquiry', 'assistance', 'unresolved'] as const
export type TicketKind = (typeof TICKET_KINDS)[number]

/** The ladder, lowest first: 综合窗口, 部门, 联动会审, 领导小组. A kind may leave rungs out. */
export const RUNGS = ['window', 'department', 'joint', 'leaders'] as const
export type Rung = (typeof RUNGS)[number]

/** Which staff answers on a rung: the window convenes the joint review and reports to leaders. */
export const RUNG_HOLDERS: Record<Rung, 'window' | 'department'> = {
  window: 'window', department: 'department', joint: 'window', leaders: 'window',
}

export const TICKET_STATES = [
  'reported', // 否定答复报告: something was refused; the citizen has not complained
  'open', // somebody on the ladder has it and its clock runs
  'answered', // waits for the citizen to say whether it helps
  'closed', // ended; asked about four weeks later
  'asked', // “真的解决了吗？”
  'settled',
] as const
export type TicketState = (typeof TICKET_STATES)[number]

export const TICKET_ROLES = ['citizen', 'holder', 'system'] as const
export type TicketRole = (typeof TICKET_ROLES)[number]

export const TICKET_ACTIONS = [
  'raise', 'say', 'answer', 'pass-up', 'close', 'confirm', 'reopen', 'withdraw', 'escalate', 'end',
  'ask', 'lapse',
] as const
export type TicketAction = (typeof TICKET_ACTIONS)[number]

/** How a ticket ended: by staff solved, explained or sent elsewhere; by the citizen; by silence. */
export const OUTCOMES = ['solved', 'explained', 'elsewhere', 'withdrawn', 'quiet'] as const
export type Outcome = (typeof OUTCOMES)[number]

interface Move {
  by: readonly TicketRole[]
  to: TicketState
  /** goes on to the next rung of the ladder, where there is one */
  up?: true
}

const REOPEN: Move = { by: ['citizen'], to: 'open', up: true }

/** The whole life of a ticket: in each state, who may do what, and where it leads. */
export const TICKET_ALLOWED: Record<TicketState, Partial<Record<TicketAction, Move>>> = {
  reported: { raise: { by: ['citizen'], to: 'open' } },
  open: {
    say: { by: ['citizen'], to: 'open' },
    answer: { by: ['holder'], to: 'answered' },
    'pass-up': { by: ['holder'], to: 'open', up: true },
    escalate: { by: ['system'], to: 'open', up: true },
    close: { by: ['holder'], to: 'closed' },
    withdraw: { by: ['citizen'], to: 'settled' },
  },
  answered: {
    say: { by: ['citizen'], to: 'open' },
    confirm: { by: ['citizen'], to: 'closed' },
    reopen: REOPEN,
    withdraw: { by: ['citizen'], to: 'settled' },
    end: { by: ['system'], to: 'closed' },
  },
  closed: { reopen: REOPEN, ask: { by: ['system'], to: 'asked' } },
  asked: {
    confirm: { by: ['citizen'], to: 'settled' },
    reopen: REOPEN,
    lapse: { by: ['system'], to: 'settled' },
  },
  settled: {},
}

/** Where a ticket stands. */
export interface Standing {
  kind: TicketKind
  state: TicketState
  rung: Rung
  /** no department is known for it: that rung is passed over */
  hasDepartment: boolean
}

type At = Pick<Standing, 'kind' | 'rung' | 'hasDepartment'>

/** The rung above this one; undefined at the top. */
export function rungAbove(at: At, { kinds }: HelpRules): RungLimit | undefined {
  const place = RUNGS.indexOf(at.rung)
  return kinds[at.kind].rungs.find(({ rung }) =>
    RUNGS.indexOf(rung) > place && (rung !== 'department' || at.hasDepartment))
}

/**
 * State and rung after an action.
 * @throws {Refused} ACTION_NOT_ALLOWED, when the table has no such move for this role, or a ticket
 * is to be passed up from the top
 */
export function actOnTicket(
  standing: Standing,
  { action, by }: { action: TicketAction; by: TicketRole },
  rules: HelpRules,
): { state: TicketState; rung: Rung } {
  if (!ticketActions(standing, by, rules).includes(action)) {
    throw new Refused('ACTION_NOT_ALLOWED', { state: standing.state })
  }
  const move = TICKET_ALLOWED[standing.state][action]
  const above = move?.up ? rungAbove(standing, rules)?.rung : undefined
  return { state: move?.to ?? standing.state, rung: above ?? standing.rung }
}

/** The actions a role may take now; drives the buttons and the reply's `actions`. */
export function ticketActions(
  standing: Standing,
  by: TicketRole,
  rules: HelpRules,
): TicketAction[] {
  const isTop = rungAbove(standing, rules) === undefined
  return TICKET_ACTIONS.filter((action) => {
    const leadsNowhere = isTop && (action === 'pass-up' || action === 'escalate')
    return !leadsNowhere && TICKET_ALLOWED[standing.state][action]?.by.includes(by)
  })
}

/** Actions after which whoever has it starts anew: what was said before is another clock's. */
const RESTARTS: ReadonlySet<TicketAction> = new Set(['raise', 'pass-up', 'escalate', 'reopen'])

/**
 * The day by which the rung must answer; a word added by the citizen moves nothing.
 * @param before  the day that held until now; null when no clock ran
 * @throws {RangeError} if the calendar does not cover the days needed
 */
export function ticketDueOn(
  { kind, state, rung }: Pick<Standing, 'kind' | 'state' | 'rung'>,
  { action, today, before }: {
    action: TicketAction
    today: PlainDate
    before: PlainDate | null
  },
  { rules, calendar }: { rules: HelpRules; calendar: WorkCalendar },
): PlainDate | null {
  if (state !== 'open') return null
  if (before !== null && !RESTARTS.has(action)) return before
  return addWorkingDays(today, daysOf(rules, { kind, rung }), calendar)
}

/** Working days a rung has; those of the highest one below it if it is not on the ladder. */
export function daysOf(
  { kinds }: HelpRules,
  { kind, rung }: { kind: TicketKind; rung: Rung },
): number {
  const place = RUNGS.indexOf(rung)
  const below = kinds[kind].rungs.filter((one) => RUNGS.indexOf(one.rung) <= place)
  return below[below.length - 1]?.days ?? 0
}

/** Whether the day has come for the system to do this to a ticket of this state. */
export function isTime(
  { state, since, dueOn }: { state: TicketState; since: PlainDate; dueOn: PlainDate | null },
  today: PlainDate,
  { rules, calendar }: { rules: HelpRules; calendar: WorkCalendar },
): TicketAction | undefined {
  switch (state) {
    case 'open': return dueOn !== null && today > dueOn ? 'escalate' : undefined
    case 'answered':
      return today > addWorkingDays(since, rules.quietDays, calendar) ? 'end' : undefined
    case 'closed': return today >= addDays(since, rules.followUpDays) ? 'ask' : undefined
    case 'asked': return today >= addDays(since, rules.lapseDays) ? 'lapse' : undefined
    case 'reported':
    case 'settled': return undefined
  }
}

/** What the shape of the file cannot tell: a ladder that does not go up from the window. */
export function helpFaults({ kinds }: Pick<HelpRules, 'kinds'>): string[] {
  return TICKET_KINDS.flatMap((kind) => {
    const places = kinds[kind].rungs.map(({ rung }) => RUNGS.indexOf(rung))
    const climbs = places.every((place, n) => n === 0 || place > (places[n - 1] ?? 0))
    return [
      ...(places[0] === 0 ? [] : [`${kind}: the ladder begins at the window`]),
      ...(climbs ? [] : [`${kind}: the rungs must go up`]),
    ]
  })
}
