/**
 * The two state machines walked at random against a model written another way: the language of all
 * lawful histories, one letter a step. Nothing may be skipped, repeated or put before its time.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CASE_ACTIONS, CASE_ROLES, type CaseAction, type CaseRole, type CaseState, actOnCase } from '../../core/case'
import { type EventName, type HistoryEntry, replay } from '../../core/history'
import { Refused } from '../../core/refusal'
import {
  TASK_ACTIONS, TASK_ROLES, type TaskAction, type TaskMemory, type TaskRole, type TaskState, actOnTask, fitsMemory,
  memoryAfter,
} from '../../core/task'

const WALKS = 10_000
const STEPS = { minLength: 10, maxLength: 40, size: 'max' } as const

const CASE_LETTERS: Record<CaseAction, string> = {
  accept: 'a', 'auto-accept': 'A', return: 'r', refuse: 'f', dispatch: 'd', urge: 'u', resubmit: 'z',
  withdraw: 'w', settle: 's', 'hand-over': 'h', 'confirm-receipt': 'c',
}
/**
 * Rounds of 补正 before acceptance; then nothing, a withdrawal, a refusal, or acceptance. After
 * 分派: urging and rounds of 补正, until everything is settled and handed over.
 */
const CASE_MODEL = /^(rz)*(r?|r?w|f|[aA](w|d(u|ru*z)*(w|ru*w?|s[hc]?)?)?)$/
const CASE_HANDS: Record<CaseRole, string> = { citizen: 'zwc', window: 'arfduh', system: 'As' }

const TASK_LETTERS: Record<TaskAction, string> = {
  start: 's', receive: 'v', 'request-correction': 'q', 'resume-corrected': 'k', pause: 'p', resume: 'm',
  review: 'e', 'propose-extension': 'o', extend: 'O', 'send-back': 'b', approve: 'Y', reject: 'N', cancel: 'x',
}
/**
 * Sent, received, and after any number of 补正, pauses and proposals sent back, and an extension at
 * most once: one end.
 */
const TASK_MODEL = new RegExp('^(x|s(x|v(qk|pm|eb|ob)*'
  + '(oO(qk|pm|eb)*([qp]x?|e[YNx]?|[YNx])?|[qp]x?|e[YNx]?|ox?|[YNx])?)?)?$')
const TASK_HANDS: Record<TaskRole, string> = { department: 'vqpmeboOYN', system: 'skx' }

const seen = { case: new Set<string>(), task: new Set<string>() }

describe('the machines', () => {
  it(`of a case: ${WALKS} walks keep to the model`, () => {
    const step = fc.record({ action: fc.constantFrom(...CASE_ACTIONS), by: fc.constantFrom(...CASE_ROLES) })
    fc.assert(fc.property(fc.array(step, STEPS), (steps) => {
      let state: CaseState = 'submitted'
      let history = ''
      const entries = told([['citizen', 'submit']], [])
      for (const { action, by } of steps) {
        const letter = CASE_LETTERS[action]
        const lawful = CASE_HANDS[by].includes(letter) && CASE_MODEL.test(history + letter)
        expect(attempt(() => (state = actOnCase(state, action, by))), `${history} ${letter} ${by}`).toBe(lawful)
        if (!lawful) continue
        history += letter
        seen.case.add(state)
        entries.push(entry(entries.length + 1, by, action))
      }
      expect(replay(entries).state).toBe(state)
    }), { numRuns: WALKS })
    expect(seen.case.size).toBeGreaterThanOrEqual(8)
  }, 120_000)

  it(`of a task: ${WALKS} walks keep to the model`, () => {
    const step = fc.record({ action: fc.constantFrom(...TASK_ACTIONS), by: fc.constantFrom(...TASK_ROLES) })
    fc.assert(fc.property(fc.array(step, STEPS), (steps) => {
      let state: TaskState = 'waiting'
      let memory: TaskMemory = {}
      let history = ''
      const entries = told([['citizen', 'submit'], ['window', 'accept'], ['window', 'dispatch']])
      for (const { action, by } of steps) {
        const letter = TASK_LETTERS[action]
        const lawful = TASK_HANDS[by].includes(letter) && TASK_MODEL.test(history + letter)
        expect(fitsMemory(action, memory) && attempt(() => (state = actOnTask(state, action, by))),
          `${history} ${letter} ${by}`).toBe(lawful)
        if (!lawful) continue
        history += letter
        memory = memoryAfter(action, memory)
        seen.task.add(action === 'extend' ? 'extended' : state)
        entries.push(entry(entries.length + 1, by, `task.${action}`))
      }
      expect(replay(entries).tasks.get('one')).toBe(state)
    }), { numRuns: WALKS })
    expect(seen.task.size).toBeGreaterThanOrEqual(9)
    expect(seen.task).toContain('extended')
  }, 120_000)

  it('are not walked past a history with a gap, a repeated or a reordered event', () => {
    const lawful: Told = [
      ['citizen', 'submit'], ['window', 'accept'], ['window', 'dispatch'], ['system', 'task.start'],
      ['department', 'task.receive'], ['department', 'task.approve'],
      ['system', 'settle'], ['window', 'hand-over'],
    ]
    expect(replay(told(lawful)).state).toBe('finished')
    const index = fc.integer({ min: 1, max: lawful.length - 1 })
    fc.assert(fc.property(index, index, (one, other) => {
      const twice = [...lawful.slice(0, one + 1), ...lawful.slice(one)]
      expect(() => replay(told(twice))).toThrow()
      const without = lawful.filter((_, n) => n !== one)
      if (one < lawful.length - 1) expect(() => replay(told(without))).toThrow()
      if (one === other) return
      const swapped = lawful.map((event, n) => (n === one ? lawful[other]! : n === other ? lawful[one]! : event))
      expect(() => replay(told(swapped))).toThrow()
    }), { numRuns: 500 })
  })
})

type Told = [HistoryEntry['by'], EventName][]

const told = (list: Told, items = ['one']) => list.map(([by, is], n) => entry(n + 1, by, is, items))

function entry(seq: number, by: HistoryEntry['by'], is: EventName, items = ['one']): HistoryEntry {
  return { seq, by, event: { is, itemId: 'one', ...(is === 'submit' ? { items } : {}) } }
}

/** True if the step is allowed; only a refusal counts as not allowed. */
function attempt(step: () => unknown): boolean {
  try {
    step()
    return true
  } catch (error) {
    if (error instanceof Refused && error.code === 'ACTION_NOT_ALLOWED') return false
    throw error
  }
}
