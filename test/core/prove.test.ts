import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Topic } from '../../core/contract/topic'
import { needed, trimNeed } from '../../core/needs'
import { makePlan } from '../../core/plan'
import { prove } from '../../core/prove'
import { evaluate } from '../../core/rule'
import { countAnswers, worldsOf } from '../../core/worlds'
import { loadCatalogue } from '../../server/catalogue/load'
import { writeInvented } from '../catalogue/invented'
import { anyTopic } from './any-topic'

const tree = loadCatalogue(writeInvented()).topics[0]!

/** Every complete way through the questions, by brute force. */
function everyAnswer(topic: Topic, given: Record<string, string> = {}): Record<string, string>[] {
  const { next } = makePlan(topic, { answers: given, form: {} })
  if (!next) return [given]
  return next.options.flatMap(({ value }) => everyAnswer(topic, { ...given, [next.id]: value }))
}

/** Finish whatever may start, round after round; is something left? A wait ends some day. */
function isStuck(topic: Topic, answers: Record<string, string>): boolean {
  const { items } = makePlan(topic, { answers, form: {} })
  const certain = items.filter(({ verdict }) => verdict === 'yes').map(({ item }) => item)
  const ids = new Set(certain.map(({ id }) => id))
  const over = { has: () => true } as unknown as ReadonlySet<string> // every wait is over
  const done = new Set<string>()
  for (let round = 0; round < certain.length; round += 1) {
    certain
      .filter(({ needs }) => needed(trimNeed(needs, ids), done, new Set(), over) === 'met')
      .forEach(({ id }) => done.add(id))
  }
  return done.size < certain.length
}

describe('the answer space', () => {
  it('is counted without missing or doubling a way', () => {
    fc.assert(fc.property(anyTopic, (topic) => {
      expect(countAnswers(topic)).toBe(everyAnswer(topic).length)
    }), { numRuns: 60 })
  })

  it('projected on one rule holds exactly the verdicts of the whole', () => {
    fc.assert(fc.property(anyTopic, (topic) => {
      const whole = everyAnswer(topic)
      for (const { when } of topic.items) {
        const all = new Set(whole.map((answers) => evaluate(when, { answers, form: {} })))
        const projected = new Set(worldsOf(topic, [when]).map((facts) => evaluate(when, facts)))
        expect([...projected].sort()).toEqual([...all].sort())
      }
    }), { numRuns: 60 })
  })
})

describe('a proof', () => {
  it('of a random topic finds a task that never starts exactly when brute force does', () => {
    fc.assert(fc.property(anyTopic, (random) => {
      const topic: Topic = {
        ...random,
        items: random.items.map((item) => ({
          ...item, fields: [], mode: 'verify', result: { ...item.result, gives: [] },
        })),
        fields: [], roles: [],
      }
      const { faults } = prove(topic)
      const stuck = everyAnswer(topic).some((answers) => isStuck(topic, answers))
      expect(faults.some((fault) => fault.includes('can never start'))).toBe(stuck)
    }), { numRuns: 100 })
  })

  it('refuses a plan that is empty for some answer', () => {
    const topic: Topic = {
      ...tree,
      items: tree.items.map((item) => ({ ...item, when: { q: 'watering', is: 'yes' } })),
    }
    expect(prove(topic).faults).toContain('tree: answers watering=no lead to no plan')
  })

  it('refuses an item that stays undecided because its question is hidden', () => {
    const topic: Topic = {
      ...tree,
      questions: tree.questions.map((question) =>
        question.id === 'watering' ? { ...question, when: { q: 'size', is: 'few' } } : question),
    }
    expect(prove(topic).faults).toContainEqual(
      expect.stringContaining('item watering: undecided for size=many'))
  })

  it('accepts a hidden question once the rule says when it counts', () => {
    const topic: Topic = {
      ...tree,
      questions: tree.questions.map((question) =>
        question.id === 'watering' ? { ...question, when: { q: 'size', is: 'few' } } : question),
      items: tree.items.map((item) => item.id !== 'watering' ? item : {
        ...item, when: { all: [{ q: 'size', is: 'few' }, { q: 'watering', is: 'yes' }] },
      }),
    }
    expect(prove(topic).faults).toEqual([])
  })

  it('accepts exactly one of an alternative, refuses both or neither', () => {
    const either = (left: Topic['items'][number]['when'], right: typeof left): Topic => ({
      ...tree,
      items: tree.items.map((item, n) => ({
        ...item, alternative: 'way', needs: { all: [] }, when: n === 0 ? left : right,
        materials: [], fields: item.fields.slice(0, 1), result: { ...item.result, gives: [] },
      })),
      fields: tree.fields.slice(0, 1), materials: [],
      questions: tree.questions.filter(({ id }) => id === 'watering'),
    })
    const yes = { q: 'watering', is: 'yes' }
    expect(prove(either(yes, { not: yes })).faults).toEqual([])
    expect(prove(either(yes, { all: [] })).faults.join('\n')).toContain('alternative way: 2 items')
    expect(prove(either(yes, { any: [] })).faults.join('\n')).toContain('alternative way: 0 items')
  })
})
