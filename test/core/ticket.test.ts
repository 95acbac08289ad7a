import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { Value } from '@sinclair/typebox/value'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { addDays, isWorkingDay, workingDaysBetween } from '../../core/clock'
import { HelpRules } from '../../core/contract/ticket'
import { Refused } from '../../core/refusal'
import {
  RUNGS, type Rung, type Standing, TICKET_ACTIONS, TICKET_ALLOWED, TICKET_KINDS, TICKET_ROLES,
  TICKET_STATES, actOnTicket, daysOf, helpFaults, isTime, rungAbove, ticketActions, ticketDueOn,
} from '../../core/ticket'
import { loadCatalogue } from '../../server/catalogue/load'

const folder = path.resolve(import.meta.dirname, '../../catalogue')
const { calendar } = loadCatalogue(folder)
const rules = Value.Parse(HelpRules, parse(readFileSync(path.join(folder, 'help.yaml'), 'utf8')))
const MONDAY = '2026-11-23'

const anyKind = fc.constantFrom(...TICKET_KINDS)
const anyStep = fc.record({
  action: fc.constantFrom(...TICKET_ACTIONS), by: fc.constantFrom(...TICKET_ROLES),
  daysLater: fc.integer({ min: 0, max: 3 }),
})
const anyStart = fc.record({
  kind: anyKind, hasDepartment: fc.boolean(), state: fc.constantFrom('open', 'reported'),
}).map((start): Standing => ({ ...start, state: start.state as Standing['state'], rung: 'window' }))
const height = (rung: Rung) => RUNGS.indexOf(rung)

/** Every state the walk passes, with the due day that held then. */
interface Step {
  action: typeof TICKET_ACTIONS[number]
  by: typeof TICKET_ROLES[number]
  daysLater: number
}

function walk(start: Standing, steps: readonly Step[]) {
  let [at, today, before] = [start, MONDAY, null as string | null]
  const seen = [{ at, today, before }]
  for (const { action, by, daysLater } of steps) {
    today = addDays(today, daysLater)
    if (!ticketActions(at, by, rules).includes(action)) {
      expect(() => actOnTicket(at, { action, by }, rules)).toThrow(Refused)
      continue
    }
    at = { ...at, ...actOnTicket(at, { action, by }, rules) }
    before = ticketDueOn(at, { action, today, before }, { rules, calendar })
    seen.push({ at, today, before })
  }
  return seen
}

describe('a ticket', () => {
  it('is asked, answered, closed, asked about after four weeks, and reopened a rung higher', () => {
    let at: Standing = { kind: 'inquiry', state: 'open', rung: 'window', hasDepartment: true }
    const move = (action: typeof TICKET_ACTIONS[number], by: typeof TICKET_ROLES[number]) => {
      at = { ...at, ...actOnTicket(at, { action, by }, rules) }
    }
    move('answer', 'holder')
    move('confirm', 'citizen')
    move('ask', 'system')
    move('reopen', 'citizen')
    expect(at).toMatchObject({ state: 'open', rung: 'department' })
  })

  it('walked at random moves only as the table allows, never down, with a clock while open', () => {
    fc.assert(fc.property(anyStart, fc.array(anyStep, { maxLength: 60 }), (start, steps) => {
      const seen = walk(start, steps)
      for (const [n, { at, today, before }] of seen.entries()) {
        const earlier = seen[n - 1]
        if (earlier) expect(height(at.rung)).toBeGreaterThanOrEqual(height(earlier.at.rung))
        if (at.rung === 'department') expect(at.hasDepartment).toBe(true)
        expect(rules.kinds[at.kind].rungs.map(({ rung }) => rung)).toContain(at.rung)
        if (n > 0) expect(before !== null).toBe(at.state === 'open')
        if (before) expect(isWorkingDay(before, calendar)).toBe(true)
        const moved = earlier && earlier.at.rung !== at.rung
        if (moved && before) {
          expect(workingDaysBetween(today, before, calendar)).toBe(daysOf(rules, at))
        }
      }
      const last = seen.at(-1)!.at
      if (last.state === 'settled') {
        for (const by of TICKET_ROLES) expect(ticketActions(last, by, rules)).toEqual([])
      }
    }), { numRuns: 500 })
  })

  it('left alone climbs to the leading group, rung by rung, and stays there', () => {
    fc.assert(fc.property(anyKind, fc.boolean(), (kind, hasDepartment) => {
      let at: Standing = { kind, state: 'open', rung: 'window', hasDepartment }
      const rungs: Rung[] = ['window']
      while (rungAbove(at, rules)) {
        at = { ...at, ...actOnTicket(at, { action: 'escalate', by: 'system' }, rules) }
        rungs.push(at.rung)
      }
      const ladder = rules.kinds[kind].rungs.map(({ rung }) => rung)
      expect(rungs).toEqual(ladder.filter((rung) => hasDepartment || rung !== 'department'))
      expect(at.rung).toBe('leaders')
      expect(ticketActions(at, 'system', rules)).toEqual([])
      expect(ticketActions(at, 'holder', rules)).not.toContain('pass-up')
    }))
  })

  it('gives staff no way to stop a citizen, and the citizen one out of every state but the end', () => {
    for (const state of TICKET_STATES) {
      const can = Object.entries(TICKET_ALLOWED[state]).filter(([, { by }]) => by.includes('citizen'))
      expect(can.length > 0, state).toBe(state !== 'settled')
    }
    for (const state of ['answered', 'closed', 'asked'] as const) {
      const at: Standing = { kind: 'unresolved', state, rung: 'leaders', hasDepartment: true }
      expect(actOnTicket(at, { action: 'reopen', by: 'citizen' }, rules).state).toBe('open')
      expect(ticketActions(at, 'holder', rules)).toEqual([])
    }
  })

  it('words added by the citizen never move the day by which it must be answered', () => {
    const open = { kind: 'unresolved', state: 'open', rung: 'department' } as const
    const due = ticketDueOn(open, { action: 'say', today: '2026-11-27', before: '2026-11-30' }, { rules, calendar })
    expect(due).toBe('2026-11-30')
  })
})

describe('the clocks of help', () => {
  const when = { rules, calendar }
  const open = { kind: 'unresolved', state: 'open' } as const
  const start = { action: 'escalate', today: MONDAY, before: null } as const

  it('are those of the ladder: window 1, department 5, joint review 10 working days', () => {
    expect(ticketDueOn({ ...open, rung: 'window' }, start, when)).toBe('2026-11-24')
    expect(ticketDueOn({ ...open, rung: 'department' }, start, when)).toBe('2026-11-30')
    expect(ticketDueOn({ ...open, rung: 'joint' }, start, when)).toBe('2026-12-07')
    expect(rules.status).toBe('draft')
  })

  it('run out after the due day, not on it', () => {
    const at = (today: string) =>
      isTime({ state: 'open', since: MONDAY, dueOn: '2026-11-24' }, today, when)
    expect([at('2026-11-24'), at('2026-11-25')]).toEqual([undefined, 'escalate'])
  })

  it('ask after four weeks to the day, end a quiet answer, file what nobody answered', () => {
    const at = (state: Standing['state'], today: string) =>
      isTime({ state, since: MONDAY, dueOn: null }, today, when)
    expect([at('closed', '2026-12-20'), at('closed', '2026-12-21')]).toEqual([undefined, 'ask'])
    expect([at('answered', '2026-11-30'), at('answered', '2026-12-01')]).toEqual([undefined, 'end'])
    expect([at('asked', '2026-12-20'), at('asked', '2026-12-21')]).toEqual([undefined, 'lapse'])
    expect([at('settled', '2027-01-01'), at('reported', '2027-01-01')]).toEqual([undefined, undefined])
  })
})

describe('the ladder file', () => {
  it('has no faults, and planted ones are found', () => {
    expect(helpFaults(rules)).toEqual([])
    const { inquiry } = rules.kinds
    const upsideDown = { ...inquiry, rungs: [...inquiry.rungs].reverse() }
    expect(helpFaults({ kinds: { ...rules.kinds, inquiry: upsideDown } })).toHaveLength(2)
    const twice = { ...inquiry, rungs: [inquiry.rungs[0]!, inquiry.rungs[0]!] }
    expect(helpFaults({ kinds: { ...rules.kinds, inquiry: twice } })).toHaveLength(1)
  })
})
