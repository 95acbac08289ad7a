import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refused } from '../../core/refusal'
import {
  PAUSE_REASONS, TASK_ACTIONS, TASK_ALLOWED, TASK_ENDED, TASK_ROLES, type TaskState, actOnTask,
  fitsMemory, keepsToPeople, mayExtend, memoryAfter, taskActions,
} from '../../core/task'

const STATES = Object.keys(TASK_ALLOWED) as TaskState[] // keys of the table are its states
const anyStep = fc.record({
  action: fc.constantFrom(...TASK_ACTIONS), by: fc.constantFrom(...TASK_ROLES),
})

describe('a task', () => {
  it('waits, is sent, received, corrected, paused and approved', () => {
    let state: TaskState = 'waiting'
    state = actOnTask(state, 'start', 'system')
    state = actOnTask(state, 'receive', 'department')
    state = actOnTask(state, 'request-correction', 'department')
    state = actOnTask(state, 'resume-corrected', 'system')
    state = actOnTask(state, 'pause', 'department')
    state = actOnTask(state, 'resume', 'department')
    expect(actOnTask(state, 'approve', 'department')).toBe('approved')
  })

  it('walked at random moves only as the table allows, and never out of an end', () => {
    fc.assert(fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      let state: TaskState = 'waiting'
      for (const { action, by } of steps) {
        const move = TASK_ALLOWED[state][action]
        const offered = taskActions(state, by).includes(action)
        expect(offered).toBe(move?.by.includes(by) ?? false)
        if (!offered) {
          expect(() => actOnTask(state, action, by)).toThrow(Refused)
          continue
        }
        expect(TASK_ENDED.has(state)).toBe(false)
        state = actOnTask(state, action, by)
        expect(state).toBe(move!.to)
      }
    }), { numRuns: 500 })
  })

  it('is decided only after it was received, and cancelled only by the system', () => {
    for (const state of STATES) {
      for (const decision of ['approve', 'reject', 'pause', 'request-correction'] as const) {
        const decides = decision === 'approve' || decision === 'reject'
        const open = state === 'received' || (decides && state === 'reviewed')
        expect(taskActions(state, 'department').includes(decision)).toBe(open)
      }
      expect(taskActions(state, 'department')).not.toContain('cancel')
      expect(taskActions(state, 'system').includes('cancel')).toBe(!TASK_ENDED.has(state))
    }
  })

  it('is decided by one person, or proposed by one and decided by another', () => {
    for (const state of STATES) {
      const open = (twoPeople: boolean) => taskActions(state, 'department')
        .filter((action) => keepsToPeople(state, action, twoPeople))
      if (state === 'received') {
        expect(open(true)).toEqual(['request-correction', 'pause', 'review', 'propose-extension'])
        expect(open(false))
          .toEqual(['request-correction', 'pause', 'propose-extension', 'approve', 'reject'])
      } else expect(open(true)).toEqual(open(false))
    }
    expect(taskActions('reviewed', 'department')).toEqual(['extend', 'send-back', 'approve', 'reject'])
  })

  it('is extended by its law, once, before its limit has run out, and only if that was proposed', () => {
    const law = { days: 10 }
    const now = { extension: null, dueOn: '2026-11-30', today: '2026-11-30' }
    expect(mayExtend(law, now)).toBe(true)
    expect(mayExtend(undefined, now)).toBe(false)
    expect(mayExtend(law, { ...now, extension: { days: 3 } })).toBe(false)
    expect(mayExtend(law, { ...now, today: '2026-12-01' })).toBe(false)
    expect(mayExtend(law, { ...now, dueOn: null })).toBe(false)
    expect(fitsMemory('extend', { proposed: 'review' })).toBe(false)
    expect(fitsMemory('approve', { proposed: 'propose-extension' })).toBe(false)
    expect(fitsMemory('propose-extension', memoryAfter('extend', { proposed: 'propose-extension' }))).toBe(false)
  })

  it('stops its clock for the eight reasons of the law only', () => {
    expect(Object.values(PAUSE_REASONS)).toEqual(
      ['听证', '招标', '拍卖', '检验', '检测', '检疫', '鉴定', '专家评审'])
  })
})
