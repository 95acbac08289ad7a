import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALWAYS, type Rule, atoms, both, evaluate, mapAtoms } from '../../core/rule'
import { anyFacts, anyRule } from './any-topic'

const facts = (answers: Record<string, string>, form: Record<string, string> = {}) =>
  ({ answers, form })

describe('a rule', () => {
  it('is unknown, never no, while its question is open', () => {
    expect(evaluate({ q: 'a', is: 'x' }, facts({}))).toBe('unknown')
    expect(evaluate({ not: { q: 'a', is: 'x' } }, facts({}))).toBe('unknown')
    expect(evaluate({ q: 'a', is: 'x' }, facts({ a: 'y' }))).toBe('no')
    expect(evaluate({ q: 'a', is: ['x', 'y'] }, facts({ a: 'y' }))).toBe('yes')
  })

  it('treats a cleared field as unanswered', () => {
    expect(evaluate({ field: 'm.id', is: '1' }, facts({}, { 'm.id': '' }))).toBe('unknown')
    expect(evaluate({ field: 'm.id', equals: 'f.id' }, facts({}, { 'm.id': '1', 'f.id': '' })))
      .toBe('unknown')
    expect(evaluate({ field: 'm.id', equals: 'f.id' }, facts({}, { 'm.id': '1', 'f.id': '1' })))
      .toBe('yes')
  })

  it('is settled by one part: all by a no, any by a yes', () => {
    const open: Rule = { q: 'open', is: 'x' }
    const no: Rule = { q: 'a', is: 'x' }
    expect(evaluate({ all: [open, no] }, facts({ a: 'y' }))).toBe('no')
    expect(evaluate({ any: [open, { not: no }] }, facts({ a: 'y' }))).toBe('yes')
    expect(evaluate(ALWAYS, facts({}))).toBe('yes')
    expect(evaluate({ any: [] }, facts({}))).toBe('no')
  })

  it('refuses an unbound fact', () => {
    expect(() => evaluate({ fact: 'lost' }, facts({}))).toThrow('lost')
  })

  // What a citizen has once been told must stay true while they go on answering.
  it('once settled, survives every further answer', () => {
    fc.assert(fc.property(anyRule, anyFacts, anyFacts, (rule, told, later) => {
      const verdict = evaluate(rule, told)
      fc.pre(verdict !== 'unknown')
      const kept = Object.fromEntries(Object.entries(told.form).filter(([, value]) => value !== ''))
      expect(evaluate(rule, {
        answers: { ...later.answers, ...told.answers },
        form: { ...later.form, ...kept },
      })).toBe(verdict)
    }), { numRuns: 1000 })
  })

  it('maps and lists its atoms without changing what it says', () => {
    fc.assert(fc.property(anyRule, anyFacts, (rule, given) => {
      const copy = mapAtoms(rule, (atom) => atom)
      expect(evaluate(copy, given)).toBe(evaluate(rule, given))
      expect(atoms(copy)).toEqual(atoms(rule))
      expect(evaluate(both(rule, ALWAYS), given)).toBe(evaluate(rule, given))
    }))
  })
})
