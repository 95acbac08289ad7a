import { describe, expect, it } from 'vitest'
import {
  answerCorrection, mergeAsks, outsideItem, outsideNotice, unanswerable,
} from '../../core/correction'
import type { AskedPart } from '../../core/history'
import { makePlan } from '../../core/plan'
import { TRIAL } from '../server/fixtures/topic'

const form = {
  'child.name': '迪丽娜尔', 'mother.name': '阿依努尔', 'mother.idNumber': '', 'mother.phone': '13800000001',
}
const planOf = (values: Readonly<Record<string, string>>) =>
  makePlan(TRIAL, { answers: { pay: 'phone' }, form: values })
const plan = planOf(form)
const field = (key: string): AskedPart => ({ kind: 'field', key, reason: '请核对' })
const material = (key: string): AskedPart => ({ kind: 'material', key, reason: '反光' })
const keys = (asks: readonly AskedPart[]) => asks.map(({ key }) => key)

describe('what may be asked', () => {
  it('is what the notice lists; what an item makes is not', () => {
    const asks = [field('child.name'), field('child.idNumber'), material('mother.id-card'),
      material('child.name'), field('mother.id-card')]
    expect(keys(outsideNotice(plan, asks)))
      .toEqual(['child.idNumber', 'child.name', 'mother.id-card'])
  })

  it('is, for a department, what its own item needs', () => {
    const asks = [field('mother.phone'), material('mother.id-card'), material('mother.promise')]
    expect(keys(outsideItem(plan, 'booklet', asks))).toEqual(['mother.id-card'])
  })

  it('is never what the topic does not know', () => {
    expect(keys(unanswerable(TRIAL, [field('father.religion'), field('child.name')])))
      .toEqual(['father.religion'])
  })

  it('is told once, the first reason kept', () => {
    const merged = mergeAsks([field('child.name')], [{ ...field('child.name'), reason: '另一个' },
      material('child.name')])
    expect(merged.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual(['field 请核对', 'material 反光'])
  })
})

describe('an answer', () => {
  const before = { form, materials: { 'mother.id-card': { by: 'photos', ids: ['1'] } as const } }
  const answer = (given: Parameters<typeof answerCorrection>[0]['given']) => answerCorrection({
    topic: TRIAL, asks: [field('child.name'), material('mother.id-card')], before, given, planOf,
    today: '2026-11-23',
  })
  const good = {
    form: { 'child.name': '阿迪力' }, materials: { 'mother.id-card': { by: 'photos', ids: ['2'] } as const },
  }

  it('changes what was asked and leaves the rest', () => {
    const { after, problems } = answer(good)
    expect(problems).toEqual([])
    expect(after.form).toEqual({ ...form, 'child.name': '阿迪力' })
    expect(after.materials).toEqual(good.materials)
  })

  it('is not troubled by faults elsewhere: only what was asked is the citizen\'s to mend', () => {
    expect(form['mother.idNumber']).toBe('')
    expect(answer(good).problems).toEqual([])
  })

  it.each([
    ['nothing', { form: {}, materials: {} }, ['child.name', 'mother.id-card']],
    ['the same photo', { ...good, materials: before.materials }, ['mother.id-card']],
    ['more than asked', { ...good, form: { ...good.form, 'mother.phone': '1' } }, ['mother.phone']],
    ['a bad value', { ...good, form: { 'child.name': '!' } }, ['child.name']],
  ])('that gives %s is refused', (_what, given, fields) => {
    expect(answer(given).problems.map((problem) => problem.field)).toEqual(fields)
  })
})
