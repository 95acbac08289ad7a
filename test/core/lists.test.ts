import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Topic } from '../../core/contract/topic'
import { rowed } from '../../core/lists'
import { makePlan } from '../../core/plan'
import { isOf, keyParts, rowCount, rowKey, rowsOfKey, withoutRow } from '../../core/rows'
import { checkForm } from '../../core/validate'

const ALWAYS = { all: [] }
const field = (key: string, type: Topic['fields'][number]['type'] = 'text') => {
  const [role = '', element = ''] = key.split('.')
  return { id: element, key, role, element, label: element, type, sensitive: false, ground: '法' }
}
const use = (key: string, when: object = ALWAYS) => ({ key, when: when as never, optional: false })

const TOPIC: Topic = {
  id: 'any', number: 1, version: 1, title: '任意', summary: '任意', audience: 'company',
  stage: '任意', tone: 'plain', lead: 'd', basis: [], questions: [], deadlines: [], notices: [],
  stops: [], alternatives: [], seasons: [], joins: [], phrases: ['任意'], status: 'draft',
  departments: [{ id: 'd', name: '部门', short: '部门', phone: '12345' }],
  roles: [
    { id: 'firm', label: '企业', minor: false, relation: [{ to: 'company', when: ALWAYS }] },
    {
      id: 'owner', label: '股东', minor: false, many: { min: 1, max: 5 }, signs: ALWAYS,
      relation: [{ to: 'me', when: ALWAYS }],
    },
  ],
  items: [{
    id: 'i', name: '事项', short: '事项', seedRows: ['1.1'], department: 'd', mode: 'apply',
    when: ALWAYS, needs: { all: [] }, conditions: ['有'], basis: [{ law: '法', article: '一' }],
    promised: { days: 1, unit: 'working-day' }, fee: { amount: 0, text: '不收费', basis: '无' },
    result: { name: '结果', gives: [], certificate: false },
    fields: [
      use('firm.capital'), use('owner.name'), use('owner.kind'), use('owner.share'),
      use('owner.code', { field: 'owner.kind', is: 'firm' }),
    ],
    materials: [use('owner.paper', { field: 'owner.kind', is: 'firm' })],
    onsite: [], status: 'draft', source: '测试', checkedOn: '2026-01-01',
  }],
  fields: [
    { ...field('firm.capital', 'number'), min: 0, max: 1e6, decimals: 2 }, field('owner.name'),
    field('owner.kind'), { ...field('owner.share', 'number'), min: 0, max: 1e6, decimals: 2 },
    field('owner.code'),
  ],
  materials: [{
    id: 'paper', key: 'owner.paper', role: 'owner', name: '执照', content: '清楚', sides: ['正面'],
    maxPages: 1, how: 'photo', sample: ['样例'],
  }],
  checks: [
    { field: 'firm.capital', when: ALWAYS, must: { sumOf: 'owner.share' }, text: '合计不对' },
    { field: 'owner.name', when: ALWAYS, must: { unique: true }, text: '重复' },
  ],
}

const rows = fc.integer({ min: 1, max: 5 })
const formOf = (count: number, kinds: readonly string[] = []) => ({
  'firm.capital': String(count * 10),
  ...Object.fromEntries(Array.from({ length: count }, (_, n) => [
    [`owner.${n + 1}.name`, `人${n}`], [`owner.${n + 1}.kind`, kinds[n] ?? 'person'],
    [`owner.${n + 1}.share`, '10'],
  ]).flat()),
})

describe('a list', () => {
  it('asks every row its fields, and only that row what its own values decide', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('person', 'firm'), { minLength: 1, maxLength: 5 }),
      (kinds) => {
        const { form, materials } = makePlan(TOPIC, { answers: {}, form: formOf(kinds.length, kinds) })
        const keys = form.map(({ key }) => key)
        kinds.forEach((kind, n) => {
          expect(keys.includes(`owner.${n + 1}.code`)).toBe(kind === 'firm')
          expect(materials.some(({ key }) => key === `owner.${n + 1}.paper`)).toBe(kind === 'firm')
        })
        expect(new Set(keys).size).toBe(keys.length)
        expect(form.filter(({ element }) => element === 'name').map(({ roleLabel }) => roleLabel))
          .toEqual(kinds.map((_, n) => `股东 ${n + 1}`))
      }))
  })

  it('has as many rows as were begun, at least and at most what the role allows', () => {
    const role = TOPIC.roles[1]!
    expect(rowCount(role, {})).toBe(1)
    expect(rowCount(role, { 'owner.3.name': '' })).toBe(3)
    expect(rowCount(role, { 'owner.9.name': 'x' })).toBe(5)
    expect(rowCount(role, { 'ownership.3.name': 'x' })).toBe(1)
  })

  it('loses one row and moves the others up, values with their rows', () => {
    fc.assert(fc.property(rows, fc.nat(), (count, pick) => {
      const gone = (pick % count) + 1
      const form = formOf(count)
      const left = withoutRow(form, 'owner', gone)
      const names = (values: object) =>
        rowsOfKey('owner.1.name', values as never).map((key) => (values as never)[key])
      expect(names(left)).toEqual(names(form).filter((_, n) => n !== gone - 1))
      expect(left['firm.capital']).toBe(form['firm.capital'])
    }))
  })

  it('is found wrong where two rows are alike or the sum differs, to the cent', () => {
    const faults = (form: Record<string, string>) => {
      const plan = makePlan(TOPIC, { answers: {}, form })
      return checkForm({ topic: TOPIC, plan, form, today: '2026-03-20' })
        .map(({ field, code }) => `${field} ${code}`)
    }
    expect(faults(formOf(3))).toEqual([])
    expect(faults({ ...formOf(3), 'owner.2.name': '人0' }))
      .toEqual(['owner.1.name RULE', 'owner.2.name RULE'])
    expect(faults({ ...formOf(3), 'owner.2.share': '10.01' })).toEqual(['firm.capital RULE'])
    const cents = { ...formOf(3), 'firm.capital': '0.6' }
    for (const n of [1, 2, 3]) Object.assign(cents, { [`owner.${n}.share`]: `0.${n}` })
    expect(faults(cents)).toEqual([])
  })

  it('has the same topic for the same rows, so that screens need not be drawn again', () => {
    expect(rowed(TOPIC, formOf(2))).toBe(rowed(TOPIC, { ...formOf(2), 'owner.1.name': '别人' }))
    expect(rowed(TOPIC, formOf(2))).not.toBe(rowed(TOPIC, formOf(3)))
  })

  it('lets each row sign but the one filling in, and nobody twice', () => {
    const form = { ...formOf(3), 'owner.1.idNumber': 'a', 'owner.2.idNumber': 'b' }
    const signers = (last: string) =>
      makePlan(TOPIC, { answers: {}, form: { ...form, 'owner.3.idNumber': last } }).signers
    expect(signers('c').map(({ id }) => id)).toEqual(['owner.2', 'owner.3'])
    expect(signers('b').map(({ id }) => id)).toEqual(['owner.2'])
    expect(signers('a').map(({ id }) => id)).toEqual(['owner.2'])
  })

  it('takes keys apart and puts them together again', () => {
    expect(keyParts('owner.12.name')).toEqual({ key: 'owner.name', role: 'owner', row: 12 })
    expect(rowKey('owner.name', 12)).toBe('owner.12.name')
    expect(isOf(TOPIC, 'owner.name', 'owner.5.name')).toBe(true)
    expect(isOf(TOPIC, 'owner.name', 'owner.6.name')).toBe(false)
    expect(isOf(TOPIC, 'owner.name', 'owner.name')).toBe(false)
    expect(isOf(TOPIC, 'firm.capital', 'firm.1.capital')).toBe(false)
  })
})
