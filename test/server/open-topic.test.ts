/**
 * 一个新主题只靠数据上线：加三个 YAML 文件，就能看到、填写、提交、办结、评价。
 * The same robot then carries the real newborn topic through several situations.
 */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Result } from '../../core/contract/case'
import type { Home, TopicBrief } from '../../core/contract/home'
import { prove } from '../../core/prove'
import { loadCatalogue } from '../../server/catalogue/load'
import { startHarness } from './harness'
import { carryThrough, fileCase, ok } from './robot'

const ITEM_TREE = `
id: tree-permit
name: 古树认养登记
short: 古树认养
seedRows: ['99.1']
department: public-security
mode: apply
roles: [keeper]
conditions: [愿意照看一棵古树]
basis: [{ law: 《城市绿化条例》, article: 第二十四条 }]
promised: { days: 3, unit: working-day }
fee: { amount: 0, text: 不收费, basis: 不收费 }
result: { name: 认养登记单, certificate: true, gives: [keeper.birthCertificateNumber] }
fields:
  - keeper.name
  - keeper.idType
  - { field: keeper.idNumber, when: { field: keeper.idType, is: '111' } }
  - { field: keeper.otherIdNumber, when: { not: { field: keeper.idType, is: '111' } } }
  - keeper.bornOn
  - keeper.homeAddress
materials: [keeper.id-card]
checks:
  - field: keeper.bornOn
    must: { matchIdNumber: keeper.idNumber }
    text: 出生日期和身份证号不一致，请核对。
status: draft
source: 测试用的虚构事项
checkedOn: '2026-11-23'
`
const ITEM_WATER = `
id: tree-water
name: 古树浇水用水备案
short: 浇水用水
seedRows: ['99.2']
department: tax
mode: verify
roles: [keeper]
conditions: [已经认养]
basis: [{ law: 《城市绿化条例》, article: 第二十四条 }]
promised: { days: 1, unit: working-day }
fee: { amount: 0, text: 不收费, basis: 不收费 }
result: { name: 用水备案回执, certificate: false }
fields: [keeper.name, keeper.phone, keeper.birthCertificateNumber]
materials: []
status: draft
source: 测试用的虚构事项
checkedOn: '2026-11-23'
`
const TOPIC = `
id: old-tree
number: 99
version: 1
title: 认养一棵古树
summary: 认养古树、登记用水，一次办。
audience: person
stage: 生活
tone: plain
lead: public-security
phrases: [认养古树]
basis: [{ law: 《城市绿化条例》, article: 第二十四条 }]
roles: [{ id: keeper, label: 认养人, relation: [{ to: me }] }]
questions:
  - id: water
    ask: 要用自来水浇树吗？
    options: [{ value: tap, label: 要 }, { value: rain, label: 不用 }]
items:
  - { item: tree-permit }
  - { item: tree-water, when: { q: water, is: tap }, needs: { item: tree-permit } }
status: draft
`

async function catalogueWithOneMore(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'one-thing-catalogue-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  await cp(resolve(import.meta.dirname, '../../catalogue'), folder, { recursive: true })
  await writeFile(join(folder, 'items/tree-permit.yaml'), ITEM_TREE)
  await writeFile(join(folder, 'items/tree-water.yaml'), ITEM_WATER)
  await writeFile(join(folder, 'topics/old-tree.yaml'), TOPIC)
  return folder
}

const catalogue = await catalogueWithOneMore()
const h = await startHarness({ catalogue })

describe('一个新主题，只有数据', () => {
  it('通过目录检查', () => {
    const topic = loadCatalogue(catalogue).topics.find(({ id }) => id === 'old-tree')!
    expect(prove(topic).faults).toEqual([])
  })

  it('出现在首页和主题列表里', async () => {
    const get = <T>(url: string) => ok<T>(h, undefined, { method: 'GET', url })
    const home = await get<Home>('/v1/home')
    const { topics } = await get<{ topics: TopicBrief[] }>('/v1/topics')
    for (const list of [home.topics, topics]) {
      expect(list.find(({ id }) => id === 'old-tree')).toMatchObject({
        title: '认养一棵古树', items: 2, departments: 2,
      })
    }
  })

  it('能填写、提交、受理、办结、出件、评价；后一项用上前一项的结果', async () => {
    const who = await h.citizen()
    const filed = await fileCase(h, who, { topicId: 'old-tree', seed: 3 })
    expect(filed.view.state).toBe('submitted')
    expect(filed.view.tasks.map(({ itemId }) => itemId)).toEqual(['tree-permit', 'tree-water'])
    const done = await carryThrough(h, who, filed)
    expect(done.state).toBe('finished')
    expect(done.tasks.map(({ state }) => state)).toEqual(['approved', 'approved'])
    expect(done.rating?.stars).toBe(5)
    const { result } = done.tasks[0]!
    const document = await ok<Result>(h, who, { method: 'GET', url: `/v1/results/${result!.id}` })
    expect(document.name).toBe('认养登记单')
    const seen = await ok(h, undefined, { method: 'GET', url: `/v1/verify/${document.verifyCode}` })
    expect(seen).toMatchObject({ state: 'valid', number: document.number })
  })

  it('另一种回答少办一项', async () => {
    const who = await h.citizen()
    const answers = { water: 'rain' }
    const filed = await fileCase(h, who, { topicId: 'old-tree', seed: 4, answers })
    const done = await carryThrough(h, who, filed)
    expect(done.tasks.map(({ itemId, state }) => [itemId, state])).toEqual([
      ['tree-permit', 'approved'],
    ])
  })
})

describe('新生儿出生，机器人从头办到尾', () => {
  const situations: Record<string, { answers: Record<string, string>; items: number }> = {
    '母亲办，本地医院出生，六件事': { answers: {}, items: 6 },
    '外婆办，未婚，已满一岁，户主是外公': {
      answers: { who: 'relative', married: 'no', age: 'over', householder: 'other' }, items: 6,
    },
    '父亲办，外省出生，出生证已领，不同民族，户口随父': {
      answers: {
        who: 'father', place: 'away', certificate: 'yes', peoples: 'different', hukou: 'father',
      },
      items: 5,
    },
    '在家出生，不参保，接种证已领': {
      answers: { place: 'home', insure: 'elsewhere', vaccine: 'yes' }, items: 3,
    },
  }
  for (const [name, { answers, items }] of Object.entries(situations)) {
    it(name, async () => {
      const who = await h.citizen()
      const filed = await fileCase(h, who, { topicId: 'newborn', seed: items, answers })
      expect(filed.view.tasks).toHaveLength(items)
      const done = await carryThrough(h, who, filed)
      expect(done.state).toBe('finished')
      expect(done.tasks.map(({ state }) => state)).toEqual(Array(items).fill('approved'))
      expect(done.tasks.every(({ result }) => result !== null)).toBe(true)
    })
  }

  it('同一份提交再发一次，还是同一个办件', async () => {
    const who = await h.citizen()
    const { submission, view } = await fileCase(h, who, { topicId: 'newborn', seed: 9 })
    const again = await h.call(who, { method: 'POST', url: '/v1/cases', payload: submission })
    expect(again.statusCode).toBe(200)
    expect(again.json<{ number: string }>().number).toBe(view.number)
  })
})
