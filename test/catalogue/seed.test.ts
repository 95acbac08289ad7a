/** The plan of 2022, annex 1: every row is carried, by the right items, at the right department. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../server/catalogue/load'

const shared = path.resolve(__dirname, '../../../shared/seed/packages.tsv')
const copy = path.resolve(__dirname, 'packages.tsv')
const { topics, departments } = loadCatalogue(path.resolve(__dirname, '../../catalogue'))

/** How the seed names a department, where it is not our short name. */
const SEED_NAMES: Readonly<Record<string, string>> = {
  卫健委: '卫生健康委员会', 人社局: '人力资源和社会保障局', 医保局: '医疗保障局',
  公积金中心: '住房公积金管理中心', 城管局: '城市管理局', 消防救援支队: '消防救援总队',
  住建局: '住房和城乡建设局', 退役军人局: '退役军人事务局', 人武部: '各地人武部门',
  林草局: '林业和草原局',
}

interface Row {
  row: string
  topic: string
  number: number
  lead: string
  item: string
  department: string
}

function rowsOf(file: string): Row[] {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const [number = '', topic = '', lead = '', n = '', item = '', department = ''] =
      line.split('\t').map((cell) => cell.trim())
    return { row: `${number}.${n}`, topic, number: Number(number), lead, item, department }
  })
}

const rows = rowsOf(existsSync(shared) ? shared : copy)
const named = (id: string) => {
  const short = departments.find((one) => one.id === id)?.short ?? ''
  return SEED_NAMES[short] ?? short
}
/** Brackets, dashes and spaces are written in many ways in the seed. */
const plain = (text: string) => text.replace(/[（）()\s]/g, '')

describe('the plan of 2022, annex 1', () => {
  it('has 18 topics over 91 rows, and our copy says the same', () => {
    expect(new Set(rows.map(({ number }) => number)).size).toBe(18)
    expect(rows).toHaveLength(91)
    expect(rowsOf(copy)).toEqual(rows)
  })

  it.each([...new Map(rows.map((row) => [row.number, row])).values()])(
    '$number $topic is a topic of that name, led by the seed’s department', (row) => {
      const topic = topics.find(({ number }) => number === row.number)
      expect(plain(topic?.title ?? '')).toBe(plain(row.topic))
      const lead = named(topic?.lead ?? '')
      const short = departments.find(({ id }) => id === topic?.lead)?.short ?? ''
      expect([`地区${lead}`, `地区${short}`, `地区${short.replace('市场监管', '市监')}`]).toContain(row.lead)
    })

  it.each(rows)('$row $item is carried by an item at $department', (row) => {
    const topic = topics.find(({ number }) => number === row.number)
    const items = (topic?.items ?? []).filter(({ seedRows }) => seedRows.includes(row.row))
    expect(items.length).toBe(row.item.includes(' / ') ? 2 : 1)
    for (const { name, department, seedNote = '' } of items) {
      const readAsSeed = row.item.split(' / ').some((one) => plain(one) === plain(name))
      expect(readAsSeed || seedNote.includes(row.item), `${name}：${seedNote}`).toBe(true)
      expect(row.department === named(department) || seedNote.includes(row.department),
        `${named(department)}：${seedNote}`).toBe(true)
    }
  })

  it('is carried by no item that the seed does not have, but for noted anchors', () => {
    const known = new Set(rows.map(({ row }) => row))
    const extra = topics.flatMap(({ items }) => items)
      .filter(({ seedRows }) => seedRows.some((row) => !known.has(row)) || seedRows.length === 0)
    expect(extra.map(({ seedRows }) => seedRows)).toEqual([['17.0']])
    for (const { seedNote } of extra) expect(seedNote).toBeTruthy()
  })
})
