import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measure } from '../../core/meter'
import { makePlan } from '../../core/plan'
import { loadCatalogue } from '../../server/catalogue/load'
import { writeInvented } from '../catalogue/invented'
import { anyFacts, anyTopic } from './any-topic'

describe('the reform meter', () => {
  it('counts by hand the same for the invented topic', () => {
    const topic = loadCatalogue(writeInvented()).topics[0]!
    const plan = makePlan(topic, { answers: { size: 'many', watering: 'yes' }, form: {} })
    expect(measure(plan)).toEqual({
      forms: { apart: 2, together: 1 },
      fields: { apart: 6, together: 3 },
      materials: { apart: 3, together: 2 },
      steps: { apart: 4, together: 2 },
      visits: { apart: 2, together: 0 },
      days: { apart: 5, together: 5 },
      legalDays: { apart: 22, together: 5 },
    })
  })

  it('never counts more together than apart, for any topic', () => {
    fc.assert(fc.property(anyTopic, anyFacts, (topic, facts) => {
      const plan = makePlan(topic, facts)
      const { forms, fields, visits, steps } = measure(plan)
      for (const { apart, together } of [forms, fields, visits, steps]) {
        expect(together).toBeLessThanOrEqual(apart)
      }
    }))
  })

  it('counts nothing in an empty plan', () => {
    const topic = loadCatalogue(writeInvented()).topics[0]!
    const none = makePlan({ ...topic, items: [] }, { answers: {}, form: {} })
    for (const saved of Object.values(measure(none))) {
      expect(saved).toEqual({ apart: 0, together: 0 })
    }
  })
})
