import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { WINDOW_KINDS } from '../../core/contract/hall'
import { CatalogueFault } from '../../core/topic'
import { loadCatalogue, readCatalogue } from '../../server/catalogue/load'
import { placesOf } from '../../server/catalogue/local'
import { writeInvented } from './invented'

const dir = path.resolve(import.meta.dirname, '../../catalogue')
const { local, regions } = loadCatalogue(dir)

const FILES = ['653125.yaml', '653126.yaml', 'kashgar-economic-zone.yaml']

/** The faults of the invented catalogue with real local files, one of them changed. */
function faultsWith(file: string, change: (text: string) => string): readonly string[] {
  const copy = writeInvented()
  mkdirSync(path.join(copy, 'local'))
  for (const name of FILES) {
    const before = readFileSync(path.join(dir, 'local', name), 'utf8')
      // the invented catalogue has other items
      .replace(/^items:[^]*/m, 'items:\n  tree-permit:\n    address: 样例路2号\n' +
        '    window: 户籍窗口\n    sample: true\n  watering: { window: \'4\', sample: true }\n')
    const after = name === file ? change(before) : before
    expect([name, after === before]).toEqual([name, name !== file])
    writeFileSync(path.join(copy, 'local', name), after)
  }
  try {
    readCatalogue(copy)
  } catch (error) {
    if (error instanceof CatalogueFault) return error.faults
    throw error
  }
  return []
}

describe('办事大厅', () => {
  it('地区、12 个县市和喀什经济开发区各有大厅，四类窗口齐全', () => {
    const places = placesOf(regions, local)
    expect(places).toHaveLength(14)
    for (const { name, halls } of places) {
      const kinds = new Set(halls.flatMap(({ windows }) => windows.map(({ kind }) => kind)))
      expect([name, [...kinds].sort()]).toEqual([name, [...WINDOW_KINDS].sort()])
    }
    expect(places.at(-1))
      .toMatchObject({ code: '653100', zone: 'kashgar-economic-zone', name: '喀什经济开发区' })
  })

  it('还没有核实的都标为样例和草稿', () => {
    for (const source of local.filter(({ status }) => status === 'draft')) {
      expect(source.source).toMatch(/^样例数据/)
      const all = [...source.halls, ...Object.values(source.items)]
      expect(all.filter(({ sample }) => !sample)).toEqual([])
    }
  })
})

describe('县市只能改地址、电话、作息和窗口', () => {
  const planted = [
    ['materials: [more]', '办理材料'], ['conditions: [本地户口满三年]', '办理条件'],
    ['fee: { amount: 10 }', '收费'], ['promised: { days: 9, unit: working-day }', '时限'],
    ['name: 另一个名称', '事项名称'],
  ] as const
  it.each(planted)('%s（%s）被拒绝，并指出文件和位置', (line) => {
    const faults = faultsWith('653125.yaml', (text) =>
      text.replace('    window: 户籍窗口\n', `    window: 户籍窗口\n    ${line}\n`))
    expect(faults)
      .toEqual([`local/653125.yaml/items/tree-permit/${line.split(':')[0]}: Unexpected property`])
  })

  it.each([
    ["region: '653125'", "region: '653199'", '/region: no region 653199'],
    ["region: '653125'", "region: '653127'", '/region: this place belongs into local/653127.yaml'],
    ['  tree-permit:', '  tree-permitt:', '/items/tree-permitt: no item'],
    ["window: '4'", "window: '44'", '/items/watering/window: no hall here has a window 44'],
    ["no: '12'", "no: '11'", '/halls/0/windows: two windows have the number 11'],
    ["['15:30', '19:30']", "['13:30', '19:30']", '/halls/0/hours: winter: 13:30 begins before 14:00'],
    ['kind: unresolved', 'kind: vip', '/halls/0/windows/11/kind: Expected union value'],
    ['status: draft', 'status: confirmed', '/status: sample data cannot be confirmed'],
  ])('%s 写成 %s', (from, to, fault) => {
    const faults = faultsWith('653125.yaml', (text) => text.replace(from, to))
    expect(faults.join('\n')).toContain(`local/653125.yaml${fault}`)
    expect(faults.filter((one) => !one.startsWith('local/653125.yaml/'))).toEqual([])
  })

  it('同一个大厅编号不能用两次', () => {
    expect(faultsWith('653126.yaml', (text) => text.replace('id: yecheng-hall', 'id: shache-hall')))
      .toEqual(['local: two halls have the id shache-hall'])
  })

  it('开发区不能冒用行政区划的名称', () => {
    expect(faultsWith('kashgar-economic-zone.yaml', (text) => text.replace('name: 喀什经济开发区', 'name: 喀什市')))
      .toEqual(['local/kashgar-economic-zone.yaml/zone/name: 喀什市 is a region with a code'])
  })
})

it('每个县市一个文件', () => {
  const files = readdirSync(path.join(dir, 'local')).map((name) => name.replace('.yaml', ''))
  expect(files.sort()).toEqual([...regions.map(({ code }) => code), 'kashgar-economic-zone'].sort())
})
