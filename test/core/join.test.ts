import { describe, expect, it } from 'vitest'
import { carriedOver, joinsOf } from '../../core/join'
import { linkAll, readCatalogue } from '../../server/catalogue/load'

const topics = linkAll(readCatalogue('catalogue'))
const topic = (id: string) => topics.find((one) => one.id === id)!
const sale = topic('home-sale')
const loan = topic('housing-loan')
const toLoan = { as: { borrower: 'buyer', property: 'property' } }
const SOLD = {
  'buyer.1.name': '张建军', 'buyer.1.phone': '13900000020', 'buyer.2.name': '陈梅',
  'seller.1.name': '吐尔逊·依明', 'property.location': '喀什市演示路 1 号',
  'property.price': '560000', 'property.electricityAccount': '6500000001',
}

describe('接着办', () => {
  it('只在情形相符时提出', () => {
    const at = (pay: string) => joinsOf(sale, { answers: { pay }, form: {} })
    expect(at('fund').map((join) => join.topic)).toEqual(['housing-loan'])
    expect(at('cash')).toEqual([])
    expect(joinsOf(sale, { answers: {}, form: {} })).toEqual([])
  })

  it('名单只带第一人，只带对方要问的，别的角色不带', () => {
    const carried = carriedOver(toLoan, { topic: sale, form: SOLD }, { topic: loan, form: {} })
    expect(carried).toEqual({
      'borrower.name': '张建军', 'borrower.phone': '13900000020',
      'property.location': '喀什市演示路 1 号', 'property.price': '560000',
    })
  })

  it('带进名单的，成为第一行', () => {
    const back = { as: { buyer: 'borrower' } }
    const from = { topic: loan, form: { 'borrower.name': '张建军' } }
    expect(carriedOver(back, from, { topic: sale, form: {} })).toEqual({ 'buyer.1.name': '张建军' })
  })

  it('那边已经填过的人，一项也不混进去', () => {
    const having = { 'borrower.name': '陈梅' }
    const carried = carriedOver(toLoan, { topic: sale, form: SOLD }, { topic: loan, form: having })
    expect(Object.keys(carried)).toEqual(['property.location', 'property.price'])
  })

  it('每个主题指向的角色两边都有', () => {
    const joined = topics.flatMap(({ id, roles, joins }) => joins.map((join) => ({ id, roles, join })))
    expect(joined.length).toBeGreaterThan(3)
    for (const { roles, join } of joined) {
      const there = topic(join.topic).roles.map((role) => role.id)
      expect(there).toEqual(expect.arrayContaining(Object.keys(join.as)))
      expect(roles.map((role) => role.id)).toEqual(expect.arrayContaining(Object.values(join.as)))
    }
  })
})
