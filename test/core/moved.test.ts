/** What a newer version asks differently, told against a pinned older one (U17). */
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Topic } from '../../core/contract/topic'
import { movedBetween } from '../../core/moved'
import { loadCatalogue } from '../../server/catalogue/load'
import { anyTopic } from './any-topic'

const { topics } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const now = topics.find(({ id }) => id === 'newborn')!
const ANSWERS = {
  who: 'mother', place: 'local', certificate: 'no', hukou: 'mother', householder: 'parent',
  age: 'month', married: 'yes', peoples: 'same', vaccine: 'no', insure: 'here',
}
const draft = (over: object = {}) => ({ answers: ANSWERS, form: {}, materials: {}, ...over })
const keys = (parts: readonly { key: string }[]) => parts.map(({ key }) => key)

/** The topic as it was: the same in JSON, some of it otherwise. */
function older(alter: (topic: Topic) => void): Topic {
  const before = JSON.parse(JSON.stringify(now)) as Topic // a topic is data
  before.version -= 1
  alter(before)
  return before
}
const item = (topic: Topic, asks: string) =>
  topic.items.find(({ fields }) => fields.some(({ key }) => key === asks))!

describe('since an older version', () => {
  it('nothing moved where nothing a citizen reads or is held to is different', () => {
    const before = older((topic) => {
      topic.title = '旧名字'
      topic.items.forEach((one) => { one.promised = { days: 30, unit: 'working-day' } })
    })
    expect(movedBetween(before, now, draft())).toEqual({ added: [], changed: [], removed: [] })
  })

  it('a field that is new is added, one in other words or with other limits changed', () => {
    const before = older((topic) => {
      topic.items.forEach((one) => {
        one.fields = one.fields.filter(({ key }) => key !== 'child.gestationWeeks')
      })
      topic.fields.find(({ key }) => key === 'child.weightGrams')!.label = '出生时多重'
      topic.fields.find(({ key }) => key === 'child.lengthCm')!.max = 9
    })
    const { added, changed, removed } = movedBetween(before, now, draft())
    expect([keys(added), [...keys(changed)].sort(), removed])
      .toEqual([['child.gestationWeeks'], ['child.lengthCm', 'child.weightGrams'], []])
    expect(added[0]?.label).toBe('孩子的孕周')
  })

  it('a question whose options changed is changed, and a material that is needed more sides of too', () => {
    const before = older((topic) => {
      topic.questions.find(({ id }) => id === 'insure')!.options.pop()
      topic.materials.find(({ key }) => key === 'mother.id-card')!.sides = ['人像面']
    })
    expect([...keys(movedBetween(before, now, draft()).changed)].sort()).toEqual(['insure', 'mother.id-card'])
  })

  it('what was given and is asked no more is named; what was never given is not', () => {
    const before = older((topic) => {
      const extra = topic.fields.find(({ key }) => key === 'child.lengthCm')!
      topic.fields.push({ ...extra, id: 'headCm', key: 'child.headCm', element: 'headCm', label: '头围' })
      item(topic, 'child.lengthCm').fields.push({ key: 'child.headCm', when: { all: [] }, optional: false })
    })
    expect(movedBetween(before, now, draft()).removed).toEqual([])
    expect(movedBetween(before, now, draft({ form: { 'child.headCm': '34' } })).removed).toEqual(['孩子的头围'])
  })

  it('only what this draft is asked counts: another way of answering sees other news', () => {
    const before = older((topic) => {
      topic.materials.forEach((one) => {
        if (one.declaration === undefined) one.content = '旧要求'
      })
    })
    const married = keys(movedBetween(before, now, draft()).changed)
    const single = keys(movedBetween(before, now, draft({ answers: { ...ANSWERS, married: 'no' } })).changed)
    expect(married.length).toBeGreaterThan(0)
    expect(single).not.toEqual(married)
  })
})

it('no version moved against itself, and turning two around swaps new and gone', () => {
  fc.assert(fc.property(anyTopic, anyTopic, (one, other) => {
    const nothing = { answers: {}, form: {}, materials: {} }
    expect(movedBetween(one, one, nothing)).toEqual({ added: [], changed: [], removed: [] })
    const forth = movedBetween(one, other, nothing)
    const back = movedBetween(other, one, nothing)
    expect([...keys(forth.changed)].sort()).toEqual([...keys(back.changed)].sort())
    expect(keys(forth.added).filter((key) => keys(back.added).includes(key))).toEqual([])
  }))
})
