import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Topic } from '../../core/contract/topic'
import { toSupply, type Supply } from '../../core/materials'
import { makePlan } from '../../core/plan'
import { reapply } from '../../core/reapply'
import { anyFacts, anyTopic } from './any-topic'

const ALWAYS = { all: [] }
const PAPERS = ['x.card', 'y.card', 'z.card']

/** The same topic with papers, some with an e-certificate, one declared. */
const withPapers = (topic: Topic): Topic => ({
  ...topic,
  materials: PAPERS.map((key, n) => ({
    id: 'card', key, role: key[0]!, name: '证件', content: '清楚', sides: ['正面'], maxPages: 2,
    how: n === 2 ? 'declaration' as const : 'photo' as const,
    ...(n === 0 ? { certificate: 'card' } : {}),
  })),
  items: topic.items.map((item, n) => ({
    ...item, materials: [{ key: PAPERS[n % 3]!, when: ALWAYS, optional: false }],
  })),
})

const anySupply: fc.Arbitrary<Supply> = fc.oneof(
  fc.array(fc.constantFrom('p1', 'p2', 'p3'), { minLength: 1, maxLength: 2 })
    .map((ids): Supply => ({ by: 'photos', ids })),
  fc.constant<Supply>({ by: 'certificate', certificateId: 'c1' }),
  fc.constant<Supply>({ by: 'declaration' }),
)
const anyFiled = fc.tuple(
  anyFacts, fc.dictionary(fc.constantFrom(...PAPERS, 'gone.card'), anySupply),
).map(([facts, materials]) => ({ ...facts, materials }))
const anyHeld = fc.subarray(['p1', 'p2', 'p3']).map((ids) => new Set(ids))

describe('applying again', () => {
  it('keeps nothing that the topic does not ask, and invents nothing', () => {
    fc.assert(fc.property(anyTopic, anyFiled, anyHeld, (bare, filed, held) => {
      const topic = withPapers(bare)
      const again = reapply(topic, filed, held)
      const plan = makePlan(topic, again)
      const asked = new Set(plan.form.map(({ key }) => key))
      for (const [key, value] of Object.entries(again.form)) {
        expect(asked.has(key)).toBe(true)
        expect(value).toBe(filed.form[key])
      }
      expect(plan.answers).toEqual(again.answers)
      const wanted = new Set(toSupply(plan.materials).map(({ key }) => key))
      for (const [key, supply] of Object.entries(again.materials)) {
        expect(wanted.has(key)).toBe(true)
        expect(supply).toEqual(filed.materials[key])
        expect(supply.by).not.toBe('declaration')
        if (supply.by === 'photos') expect(supply.ids.every((id) => held.has(id))).toBe(true)
      }
    }))
  })

  it('accounts for everything: what was filed is either kept or said to be dropped', () => {
    fc.assert(fc.property(anyTopic, anyFiled, anyHeld, (bare, filed, held) => {
      const { answers, form, materials, dropped } = reapply(withPapers(bare), filed, held)
      expect([...Object.keys(answers), ...dropped.answers].sort())
        .toEqual(Object.keys(filed.answers).sort())
      expect([...Object.keys(form), ...dropped.fields].sort())
        .toEqual(Object.keys(filed.form).sort())
      const redeclared = Object.entries(filed.materials)
        .filter(([key, { by }]) => by === 'declaration' && !dropped.materials.includes(key))
        .map(([key]) => key)
      expect([...Object.keys(materials), ...dropped.materials, ...redeclared].sort())
        .toEqual(Object.keys(filed.materials).sort())
    }))
  })

  it('twice is as once', () => {
    fc.assert(fc.property(anyTopic, anyFiled, anyHeld, (bare, filed, held) => {
      const topic = withPapers(bare)
      const once = reapply(topic, filed, held)
      const twice = reapply(topic, once, held)
      expect([twice.answers, twice.form, twice.materials])
        .toEqual([once.answers, once.form, once.materials])
      expect(twice.dropped).toEqual({ answers: [], fields: [], materials: [] })
    }))
  })

  it('drops a choice that is offered no more', () => {
    fc.assert(fc.property(anyTopic, anyFiled, (bare, filed) => {
      const topic = {
        ...bare,
        fields: bare.fields.map((field) => ({
          ...field, options: [{ value: 'a', label: '甲' }],
        })),
      }
      const { form } = reapply(topic, filed, new Set())
      expect(Object.values(form).filter((value) => value !== 'a' && value !== '')).toEqual([])
    }))
  })
})
