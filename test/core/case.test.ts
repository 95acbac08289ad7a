import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CASE_ACTIONS, CASE_ALLOWED, CASE_ENDED, CASE_ROLES, type CaseState, actOnCase, caseActions,
} from '../../core/case'
import { Refused } from '../../core/refusal'

const STATES = Object.keys(CASE_ALLOWED) as CaseState[] // keys of the table are its states
const anyStep = fc.record({
  action: fc.constantFrom(...CASE_ACTIONS), by: fc.constantFrom(...CASE_ROLES),
})

describe('a case', () => {
  it('goes from submission to hand-over', () => {
    let state: CaseState = 'submitted'
    state = actOnCase(state, 'accept', 'window')
    state = actOnCase(state, 'dispatch', 'window')
    state = actOnCase(state, 'return', 'window')
    expect(state).toBe('correcting')
    state = actOnCase(state, 'resubmit', 'citizen')
    state = actOnCase(state, 'settle', 'system')
    expect(actOnCase(state, 'hand-over', 'window')).toBe('finished')
  })

  it('walked at random moves only as the table allows, and never out of an end', () => {
    fc.assert(fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      let state: CaseState = 'submitted'
      for (const { action, by } of steps) {
        const move = CASE_ALLOWED[state][action]
        const offered = caseActions(state, by).includes(action)
        expect(offered).toBe(move?.by.includes(by) ?? false)
        if (!offered) {
          expect(() => actOnCase(state, action, by)).toThrow(Refused)
          continue
        }
        expect(CASE_ENDED.has(state)).toBe(false)
        state = actOnCase(state, action, by)
        expect(state).toBe(move!.to)
      }
    }), { numRuns: 500 })
  })

  it('offers nothing in an end, and something in every other state', () => {
    for (const state of STATES) {
      const offers = CASE_ROLES.flatMap((by) => caseActions(state, by))
      expect(offers.length > 0).toBe(!CASE_ENDED.has(state))
    }
  })

  it('can reach every state, and an end from every state', () => {
    const from = (start: CaseState) => {
      const seen = new Set<CaseState>([start])
      for (const state of seen) {
        Object.values(CASE_ALLOWED[state]).forEach(({ to }) => seen.add(to))
      }
      return seen
    }
    expect(from('submitted').size).toBe(STATES.length)
    for (const state of STATES) {
      expect([...from(state)].some((end) => CASE_ENDED.has(end))).toBe(true)
    }
  })

  it('lets the citizen withdraw until results are ready, and nobody else ever', () => {
    for (const state of STATES) {
      expect(caseActions(state, 'window')).not.toContain('withdraw')
      const early = !CASE_ENDED.has(state) && state !== 'ready'
      expect(caseActions(state, 'citizen').includes('withdraw')).toBe(early)
    }
  })
})
