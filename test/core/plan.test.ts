import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_INPUTS_A_PAGE, pagesOf } from '../../core/form'
import { itemsOf, needed, stagesOf, trimNeed } from '../../core/needs'
import { makePlan, mayStart } from '../../core/plan'
import { evaluate } from '../../core/rule'
import { anyFacts, anyTopic } from './any-topic'

const shuffled = (record: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(record).reverse())

describe('any plan of any topic', () => {
  it('asks nothing twice, and at most five inputs a page', () => {
    fc.assert(fc.property(anyTopic, anyFacts, (topic, facts) => {
      const { form } = makePlan(topic, facts)
      const keys = form.map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
      const pages = pagesOf(topic, form)
      expect(pages.flatMap(({ fields }) => fields.map(({ key }) => key)).sort())
        .toEqual([...keys].sort())
      for (const { fields, role } of pages) {
        expect(fields.length).toBeGreaterThan(0)
        expect(fields.length).toBeLessThanOrEqual(MAX_INPUTS_A_PAGE)
        expect(fields.every((field) => field.role === role)).toBe(true)
      }
    }))
  })

  it('stages no item before what it needs', () => {
    fc.assert(fc.property(anyTopic, anyFacts, (topic, facts) => {
      const plan = makePlan(topic, facts)
      const stage = new Map(plan.items.map((one) => [one.item.id, one.stage]))
      for (const one of plan.items) {
        for (const id of itemsOf(one.needs)) expect(stage.get(id)).toBeLessThan(one.stage)
        const before = new Set(plan.stages.slice(0, one.stage).flat())
        const waits = { has: () => true } as unknown as ReadonlySet<string> // every wait is over
        const emptied = JSON.stringify(one.needs).includes('"any":[]')
        if (!emptied) expect(needed(one.needs, before, new Set(), waits)).toBe('met')
      }
    }))
  })

  it('says the same for the same answers, in whatever order they were given', () => {
    fc.assert(fc.property(anyTopic, anyFacts, (topic, { answers, form }) => {
      const plan = makePlan(topic, { answers, form })
      expect(makePlan(topic, { answers: shuffled(answers), form: shuffled(form) })).toEqual(plan)
      expect(makePlan(topic, { answers: plan.answers, form })).toEqual(plan)
    }))
  })

  it('lets a hidden question\'s stale answer decide nothing', () => {
    fc.assert(fc.property(anyTopic, anyFacts, anyFacts, (topic, facts, stale) => {
      const plan = makePlan(topic, facts)
      const visible = new Set(plan.questions.map(({ id }) => id))
      const hidden = Object.fromEntries(
        Object.entries(stale.answers).filter(([id]) => !visible.has(id)))
      const shownOnly = Object.fromEntries(
        Object.entries(facts.answers).filter(([id]) => visible.has(id)))
      expect(makePlan(topic, { answers: { ...shownOnly, ...hidden }, form: facts.form }))
        .toEqual(makePlan(topic, { answers: shownOnly, form: facts.form }))
    }))
  })

  it('never takes back an item that was certain while questions are answered in order', () => {
    fc.assert(fc.property(anyTopic, anyFacts, (topic, { answers, form }) => {
      const known: Record<string, string> = {}
      let certain = new Set<string>()
      for (;;) {
        const plan = makePlan(topic, { answers: known, form })
        const now = new Set(plan.items.filter(({ verdict }) => verdict === 'yes')
          .map(({ item }) => item.id))
        for (const id of certain) expect(now.has(id)).toBe(true)
        certain = now
        if (!plan.next) break
        known[plan.next.id] = answers[plan.next.id] ?? 'a'
      }
    }))
  })

  it('promises no fewer days than its longest item, no more than all in a row', () => {
    fc.assert(fc.property(anyTopic, anyFacts, (topic, facts) => {
      const { items, days } = makePlan(topic, facts)
      const each = items.map(({ item }) => item.promised.days)
      expect(days).toBeGreaterThanOrEqual(Math.max(0, ...each))
      const waits = items.length * 30
      expect(days).toBeLessThanOrEqual(each.reduce((sum, n) => sum + n, 0) + waits)
    }))
  })

  it('starts an item only when its needs are done', () => {
    fc.assert(fc.property(anyTopic, anyFacts, (topic, facts) => {
      const { items } = makePlan(topic, facts)
      for (const one of items) {
        const ready = mayStart(one, new Set())
        if (itemsOf(one.needs).length > 0 && 'item' in one.needs) expect(ready).toBe(false)
      }
    }))
  })
})

describe('needs', () => {
  it('drop out of an all-of when the item is not planned; an any-of keeps what is left', () => {
    const present = new Set(['a'])
    expect(trimNeed({ all: [{ item: 'a' }, { item: 'b' }] }, present))
      .toEqual({ all: [{ item: 'a' }] })
    expect(trimNeed({ any: [{ item: 'b' }] }, present)).toEqual({ any: [] })
    expect(trimNeed({ item: 'b' }, present)).toEqual({ all: [] })
  })

  it('can become impossible when what they wait for was rejected', () => {
    const failed = new Set(['a'])
    expect(needed({ item: 'a' }, new Set(), failed)).toBe('impossible')
    expect(needed({ any: [{ item: 'a' }, { item: 'b' }] }, new Set(), failed)).toBe('open')
    expect(needed({ any: [{ item: 'a' }, { item: 'b' }] }, new Set(['b']), failed)).toBe('met')
    expect(needed({ all: [{ item: 'a' }, { item: 'b' }] }, new Set(['b']), failed))
      .toBe('impossible')
  })

  it('on a circle never get a stage', () => {
    fc.assert(fc.property(anyTopic, (topic) => {
      const [first] = topic.items
      const circle = topic.items.map((item) =>
        item.id === first!.id ? { ...item, needs: { item: item.id } } : item)
      const stages = stagesOf(circle, new Set(circle.map(({ id }) => id)))
      expect(stages.flat()).not.toContain(first!.id)
    }))
  })
})

describe('a rule in a plan', () => {
  it('keeps an item as possible while its verdict is unknown', () => {
    fc.assert(fc.property(anyTopic, anyFacts, (topic, facts) => {
      const plan = makePlan(topic, facts)
      for (const item of topic.items) {
        const verdict = evaluate(item.when, { answers: plan.answers, form: facts.form })
        expect(plan.items.find((one) => one.item.id === item.id)?.verdict ?? 'no').toBe(verdict)
      }
    }))
  })
})
