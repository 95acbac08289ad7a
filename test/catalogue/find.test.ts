import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadCatalogue } from '../../server/catalogue/load'
import { makeFind } from '../../server/find/engine'
import { lifeOf } from '../../server/find/routes'

const CATALOGUE = path.resolve(import.meta.dirname, '../../catalogue')
const PHRASES = path.resolve(import.meta.dirname, 'phrases.yaml')
const LEAST_PHRASES = 220
const LEAST_OF_ONE = 10
const LEAST_RATE = 0.95

const catalogue = loadCatalogue(CATALOGUE)
const { topics, find: source } = catalogue
// the shape of the file beside this one; a wrong one fails every test below
const expected = parse(readFileSync(PHRASES, 'utf8')) as Record<string, string[]>
const asked = Object.entries(expected).flatMap(([topicId, phrases]) =>
  phrases.map((phrase) => ({ topicId, phrase })))

/** Everything the index is built from, as written. */
const indexed = new Set([
  ...topics.flatMap(({ title, summary, phrases, items }) =>
    [title, summary, ...phrases, ...items.flatMap(({ name, short }) => [name, short])]),
  ...source.words.flat(),
  ...source.life.flatMap(({ title, events }) =>
    [title, ...events.flatMap((event) => [event.title, event.note ?? ''])]),
])

const find = makeFind(topics, source)
const answered = asked.map((one) => ({ ...one, found: find(one.phrase) }))

function missesOf(answers: typeof answered) {
  return answers.filter(({ topicId, found }) =>
    !found.slice(0, 3).some((one) => one.topicId === topicId))
}

describe('查找：说人话也能找到', () => {
  it(`至少 ${LEAST_PHRASES} 句平常话，每个主题至少 ${LEAST_OF_ONE} 句，没有一句照抄索引`, () => {
    expect(asked.length).toBeGreaterThanOrEqual(LEAST_PHRASES)
    expect(new Set(asked.map(({ phrase }) => phrase)).size).toBe(asked.length)
    expect(Object.keys(expected).sort()).toEqual(topics.map(({ id }) => id).sort())
    for (const [topicId, phrases] of Object.entries(expected)) {
      expect(phrases.length, topicId).toBeGreaterThanOrEqual(LEAST_OF_ONE)
    }
    expect(asked.filter(({ phrase }) => indexed.has(phrase))).toEqual([])
  })

  it('95% 以上的话，前三个结果里有要办的事', () => {
    const misses = missesOf(answered)
    const rate = 1 - misses.length / asked.length
    const listed = misses.map(({ topicId, phrase }) => `${phrase} (${topicId})`).join('，')
    console.log(`top 3: ${(rate * 100).toFixed(1)} % of ${asked.length}; missed: ${listed || 'none'}`)
    expect(rate).toBeGreaterThanOrEqual(LEAST_RATE)
  })

  it('最常说的几句，排在第一', () => {
    const first = {
      孩子上户口: 'newborn', haizishanghukou: 'newborn', 上户囗: 'newborn',
      店关门了: 'company-closing', 爸爸去世: 'bereavement', babaqushi: 'bereavement',
      tuixiu: 'retirement', 开饭馆: 'restaurant-opening', 公基金代款: 'housing-loan',
      esfgh: 'home-sale', 当兵回来: 'veteran-return', 娃娃上学: 'school-entry',
    }
    const found = Object.keys(first).map((phrase) => [phrase, find(phrase)[0]?.topicId])
    expect(Object.fromEntries(found)).toEqual(first)
  })

  it('没有近义词就达不到：这个数不是白来的', () => {
    const without = makeFind(topics, { ...source, words: [] })
    const misses = missesOf(asked.map((one) => ({ ...one, found: without(one.phrase) })))
    expect(1 - misses.length / asked.length).toBeLessThan(LEAST_RATE)
  })

  it('空话、无关的话不硬凑结果', () => {
    for (const nothing of ['', '   ', '？！', '今天天气怎么样', '你好', '怎么办', '😀', 'vvvv']) {
      expect(find(nothing), nothing).toEqual([])
    }
  })

  it('最多八个，每个只出现一次，并说出和哪些话有关', () => {
    for (const { phrase, found } of answered) {
      expect(found.length, phrase).toBeLessThanOrEqual(8)
      expect(new Set(found.map(({ topicId }) => topicId)).size).toBe(found.length)
    }
    const [card] = find('给娃娃办社保卡')
    expect(card?.why.length).toBeGreaterThan(0)
  })
})

describe('发生了什么事？', () => {
  const groups = lifeOf(catalogue)

  it('首页点一下、选一类、选一件：三步以内到达每个主题', () => {
    const reached = new Set(groups.flatMap(({ events }) => events.map(({ topic }) => topic)))
    expect([...reached].sort()).toEqual(topics.map(({ id }) => id).sort())
  })

  it('每件事都在它所属的个人或企业一边，没有一件通向没有的主题', () => {
    const audiences = new Map(topics.map(({ id, audience }) => [id, audience]))
    const astray = source.life.flatMap(({ audience, events }) =>
      events.filter(({ topic }) => audiences.get(topic) !== audience))
    expect(astray).toEqual([])
  })

  it('每一类不多于十件，名称不重复', () => {
    for (const audience of ['person', 'company']) {
      expect(groups.filter((group) => group.audience === audience).length).toBeLessThanOrEqual(10)
    }
    const titles = groups.flatMap(({ title, events }) => [title, ...events.map((e) => e.title)])
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('说到亲人离开时，不用“死”字', () => {
    expect(JSON.stringify(source.life)).not.toContain('死')
  })
})
