/** One thing a page: no form page of any topic asks more than five things, in any situation (U1). */
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Topic } from '@core/contract/topic'
import { inputsAPage } from '@core/form'
import { makePlan } from '@core/plan'
import { answersTo } from '@core/question'
import { loadCatalogue } from '../../server/catalogue/load'
import { type Draft, blankDraft } from '@/stores/drafts'
import { fillingOf } from '@/stores/filling'
import { rowPages, rowsOf } from '@/stores/rows'
import { phone } from './taro'

const { topics } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const MOST = 5

beforeEach(() => phone.reset())
afterEach(() => phone.reset())

/** A way through the questions and options of the form, chosen at random: what it shows, not whether it is right. */
const wayThrough = (topic: Topic) => fc.infiniteStream(fc.nat()).map((stream) => {
  const one = (values: readonly string[]) => values[stream.next().value % values.length]!
  const answers: Record<string, string> = {}
  for (let { next } = makePlan(topic, { answers, form: {} }); next;) {
    answers[next.id] = one(answersTo(next))
    next = makePlan(topic, { answers, form: {} }).next
  }
  const form: Record<string, string> = {}
  // an option may show a field that has options of its own, hence twice
  for (const _round of [1, 2]) {
    for (const { key, options = [] } of makePlan(topic, { answers, form }).form) {
      if (options.length > 0) form[key] ??= one(options.map(({ value }) => value))
    }
  }
  return { answers, form }
})

/** How many inputs each page of the form, and each screen of a row, shows. */
function inputs(topic: Topic, draft: Draft, perPage?: number): Record<string, number> {
  const filling = fillingOf(topic, draft, perPage)
  return Object.fromEntries(filling.pages.flatMap((page) => (page.list
    ? rowsOf(filling, page.role).flatMap(({ row }) => rowPages(filling, { role: page.role, row }))
    : [page])).map(({ id, fields }) => [id, fields.length]))
}

describe.each(topics.map((topic) => [topic.title, topic] as const))('%s', (_title, topic) => {
  it('asks at most five things a page; in elder mode one', async () => {
    const blank = await blankDraft(topic.version, '653101')
    fc.assert(fc.property(wayThrough(topic), ({ answers, form: typed }) => {
      for (const form of [{}, typed]) {
        const draft = { ...blank, body: { ...blank.body, answers, form } }
        const pages = inputs(topic, draft)
        expect(Math.max(0, ...Object.values(pages)), JSON.stringify(pages)).toBeLessThanOrEqual(MOST)
        const elder = fillingOf(topic, draft, inputsAPage(true)).pages.filter(({ list }) => !list)
        expect(Math.max(0, ...elder.map(({ fields }) => fields.length))).toBeLessThanOrEqual(1)
      }
    }), { numRuns: 20 })
  })
})
