import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { makePlan } from '../../core/plan'
import { checkForm, tidyForm, unasked } from '../../core/validate'
import { loadCatalogue } from '../../server/catalogue/load'
import { MAIN, RIGHT_FORM, TODAY, idNumber } from '../catalogue/newborn-form'

const topic = loadCatalogue(path.resolve('catalogue')).topics.find(({ id }) => id === 'newborn')!
const problems = (
  form: Record<string, string>,
  only?: readonly string[],
  answers: Record<string, string> = MAIN,
) => {
  const filled = { ...RIGHT_FORM, ...form }
  const plan = makePlan(topic, { answers, form: filled })
  return checkForm({ topic, plan, form: filled, today: TODAY }, only).map(({ field, code }) => [field, code])
}

describe('checking a form', () => {
  it('finds nothing wrong in a right one', () => {
    expect(problems({})).toEqual([])
  })

  it('tells empty, ill-formed and out-of-range values apart, in the order of the form', () => {
    expect(problems({
      'child.name': '', 'child.weightGrams': '9000', 'child.gestationWeeks': 'x',
      'mother.idNumber': RIGHT_FORM['mother.idNumber']!.slice(0, 17) + 'Y',
      'mother.phone': '123', 'father.ethnicity': '99',
    })).toEqual([
      ['child.name', 'EMPTY'], ['child.gestationWeeks', 'FORMAT'],
      ['child.weightGrams', 'TOO_LARGE'], ['mother.idNumber', 'FORMAT'],
      ['mother.phone', 'FORMAT'], ['father.ethnicity', 'NOT_AN_OPTION'],
    ])
  })

  it('knows a wrong check digit from a wrong form', () => {
    const right = idNumber('653101', '1995-05-01')
    const wrong = right.slice(0, 17) + (right.endsWith('0') ? '1' : '0')
    expect(problems({ 'mother.idNumber': wrong })).toEqual([['mother.idNumber', 'CHECK_DIGIT']])
  })

  it('tidies before it judges: dots of names, spaces and dashes of numbers', () => {
    expect(problems({ 'mother.name': '阿依古丽•买买提', 'mother.phone': '139 0000 0001' })).toEqual([])
    const plan = makePlan(topic, { answers: MAIN, form: RIGHT_FORM })
    expect(tidyForm(plan, { 'mother.name': '阿依古丽•买买提' })['mother.name'])
      .toBe('阿依古丽·买买提')
  })

  it('takes names of fifty characters whole', () => {
    const long = '阿'.repeat(24) + '·' + '买'.repeat(25)
    expect(problems({ 'child.name': long })).toEqual([])
    expect(problems({ 'child.name': `${long}买` })).toEqual([['child.name', 'TOO_LONG']])
  })

  it('checks one page alone', () => {
    expect(problems({ 'child.name': '', 'father.name': '' }, ['father.name']))
      .toEqual([['father.name', 'EMPTY']])
  })

  it('compares fields only when both are right in themselves', () => {
    expect(problems({ 'mother.bornOn': '1995-02-31' })).toEqual([['mother.bornOn', 'NO_SUCH_DATE']])
    expect(problems({ 'child.bornAt': '2026-03-20 23:59' })).toEqual([])
    expect(problems({ 'child.bornAt': '2026-03-21 00:00' })).toEqual([['child.bornAt', 'RULE']])
  })

  it('ignores what a changed mind left behind: an ID number no longer asked', () => {
    const left = { 'father.idNumber': RIGHT_FORM['mother.idNumber']! }
    expect(problems({ ...left, 'father.idType': '414', 'father.otherIdNumber': 'AB123456' }))
      .toEqual([])
  })

  it('does not stumble over an ill-formed date on another page', () => {
    expect(problems({ 'mother.bornOn': 'x' }, ['child.bornAt'])).toEqual([])
  })

  it('holds a check only in the situation it is for', () => {
    const old = { 'child.bornAt': '2024-06-01 09:00' }
    expect(problems(old)).toEqual([['child.bornAt', 'RULE']])
    expect(problems(old, undefined, { ...MAIN, age: 'over' })).toEqual([])
  })

  it('compares a sex, coded by GB/T 2261.1, with the ID number', () => {
    const check = { field: 'child.sex', when: { all: [] }, text: '不一致' }
    const strict = {
      ...topic, checks: [{ ...check, must: { matchIdNumber: 'mother.idNumber' } }],
    }
    const plan = makePlan(topic, { answers: MAIN, form: RIGHT_FORM })
    const found = (sex: string) =>
      checkForm({ topic: strict, plan, form: { ...RIGHT_FORM, 'child.sex': sex }, today: TODAY }).length
    expect([found('2'), found('1'), found('0')]).toEqual([0, 1, 0]) // sequence 000 is even: female
  })

  it('wants the postal address only when the card is posted', () => {
    expect(problems({ 'child.cardDelivery': 'post' })).toEqual([['child.postalAddress', 'EMPTY']])
  })

  it('refuses values nobody asked for', () => {
    const plan = makePlan(topic, { answers: MAIN, form: RIGHT_FORM })
    expect(unasked(plan, RIGHT_FORM)).toEqual([])
    expect(unasked(plan, { 'child.idNumber': '1', 'mother.religion': 'x' })
      .map(({ field, code }) => [field, code])).toEqual([
      ['child.idNumber', 'NOT_ASKED'], ['mother.religion', 'NOT_ASKED'],
    ])
  })
})
