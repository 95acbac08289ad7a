import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rule } from '../../core/rule'
import { type Guide, makeGuide } from '../../core/guide'
import { sheetOf } from '../../core/guide-sheet'
import { makePlan } from '../../core/plan'
import { ruleWords } from '../../core/rule-words'
import { loadCatalogue } from '../../server/catalogue/load'
import { anyFacts, anyTopic } from './any-topic'

const { topics } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const topic = topics.find(({ id }) => id === 'newborn')!
const ANSWERS = {
  who: 'mother', place: 'local', certificate: 'no', hukou: 'mother', householder: 'parent',
  age: 'month', married: 'yes', peoples: 'same', vaccine: 'no', insure: 'here',
}
const said = (guide: Guide) => JSON.stringify(sheetOf(guide))

describe('the full guide', () => {
  for (const one of topics) {
    it(`of ${one.title} tells every item, material, basis, clock, fee and number to call`, () => {
      const text = said(makeGuide(one))
      // What is only a result is told with its item.
      const isHandedIn = ({ key }: { key: string }) =>
        one.items.some(({ materials }) => materials.some((use) => use.key === key))
      const missing = [
        one.title,
        ...one.basis.flatMap(({ law, article }) => [law, article]),
        ...one.questions.flatMap(({ ask, options }) => [ask, ...options.map(({ label }) => label)]),
        ...one.items.flatMap((item) => [
          item.name, ...item.conditions, ...item.seedRows, item.fee.text, item.fee.basis, item.result.name,
          ...item.basis.flatMap(({ law, article }) => [law, article]),
          ...item.onsite.flatMap(({ text: step, who, why }) => [step, who, why]),
          String(item.promised.days || '当场办结'), item.source,
        ]),
        ...one.materials.filter(isHandedIn).flatMap(({ name, content, sample, declaration }) =>
          [name, content, ...(sample ?? []), ...(declaration ? [declaration] : [])]),
        ...one.deadlines.flatMap(({ text: day, missed, basis }) => [day, missed, basis.law]),
        ...one.notices.map(({ text: notice }) => notice),
        ...one.stops.flatMap(({ title, text: stop, next }) => [title, stop, next]),
        ...one.fields.filter(({ key }) => !one.items.some(({ result }) => result.gives.includes(key)))
          .map(({ label }) => label),
      ].filter((part) => !text.includes(JSON.stringify(part).slice(1, -1)))
      expect(missing).toEqual([])
    })

    it(`of ${one.title} is marked 参考 while it is a draft, and holds no word of code`, () => {
      const guide = makeGuide(one)
      const isDraft = one.status === 'draft' || one.items.some(({ status }) => status === 'draft')
      expect([guide.draft, said(guide).includes('参考')]).toEqual([isDraft, isDraft])
      expect(said({ ...guide, flow: { nodes: [], edges: [] } })).not.toMatch(/undefined|\[object|不适用/)
    })
  }

  it('of somebody’s own tells exactly the items and materials of their plan', () => {
    const guide = makeGuide(topic, ANSWERS)
    const plan = makePlan(topic, { answers: ANSWERS, form: {} })
    expect(guide.scope).toBe('mine')
    expect(new Set(guide.items.map(({ id }) => id)))
      .toEqual(new Set(plan.items.map(({ item }) => item.id)))
    expect(guide.materials.map(({ key }) => key)).toEqual(plan.materials.map(({ key }) => key))
    expect(guide.fields.flatMap(({ labels }) => labels)).toHaveLength(plan.form.length)
    expect(guide.items.filter(({ when }) => when !== '')).toEqual([])
    expect(guide.days).toBe(plan.days)
  })

  it('leaves out nothing of any plan, for any topic and any answers', () => {
    fc.assert(fc.property(anyTopic, anyFacts, (any, { answers }) => {
      const guide = makeGuide(any, answers)
      if (guide.scope === 'all') {
        expect(new Set(guide.items.map(({ id }) => id))).toEqual(new Set(any.items.map(({ id }) => id)))
        return
      }
      const plan = makePlan(any, { answers, form: {} })
      const staged = plan.stages.flat()
      expect(guide.items.map(({ id }) => id).sort()).toEqual([...staged].sort())
    }))
  })

  it('takes answers to nothing as no answers', () => {
    expect(makeGuide(topic, { nonsense: 'yes', who: 'nobody' })).toEqual(makeGuide(topic))
  })
})

describe('a rule in words', () => {
  const words = (rule: Rule) => ruleWords(topic, rule)
  it('reads as a situation', () => {
    expect(words({ all: [] })).toBe('')
    expect(words({ q: 'married', is: 'no' })).toBe('“孩子的父母登记结婚了吗？”选“没有登记”')
    expect(words({ not: { q: 'married', is: 'no' } })).toBe('“孩子的父母登记结婚了吗？”选“登记了”')
    const either: Rule = { any: [{ q: 'age', is: 'over' }, { q: 'place', is: 'home' }] }
    expect(words({ all: [{ q: 'who', is: 'father' }, either] }))
      .toBe('“您是孩子的什么人？”选“父亲”，并且（“孩子现在多大？”选“已满 1 岁”，或者“孩子是在哪里出生的？”选“家中或者路上”）')
    expect(words({ any: [{ all: [] }, { q: 'who', is: 'father' }] })).toBe('')
    expect(words({ field: 'mother.idNumber', equals: 'father.idNumber' })).toBe('母亲的身份证号和父亲的身份证号相同')
  })
})
