import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlannedField } from '../../core/form'
import { type ValueType, checkDigit11643, normalise } from '../../core/values'
import { makePlan } from '../../core/plan'
import { ofRow, rowCount, rowKey, rowsOfKey, withRow, withoutRow } from '../../core/rows'
import {
  columnsOf, csvOf, exampleRow, firstFreeRow, formOf, lineProblems, readTable, tableOf,
  withoutExample,
} from '../../core/table'
import { checkForm } from '../../core/validate'
import { loadCatalogue } from '../../server/catalogue/load'

const { topics } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const LISTS = topics.flatMap((topic) =>
  topic.roles.filter(({ many }) => many).map((role) => ({ topic, role })))
const hiring = topics.find(({ id }) => id === 'staff-hiring')!
const ANSWERS = {
  opened: 'yes', work: 'full', contract: 'yes', late: 'no', fund: 'yes', special: 'card,file',
}
const columns = columnsOf(hiring, 'employee', ANSWERS)

const TYPES: ValueType[] = [
  'text', 'name', 'idNumber', 'creditCode', 'phone', 'date', 'datetime', 'number', 'address',
]
const OPTIONS = ['有', '没有', '不知道', '汉族', '维吾尔族', '3', 'yes'].map((label, n) => (
  { value: `o${n}`, label }
))

function anyColumn(n: number): fc.Arbitrary<PlannedField> {
  return fc.constantFrom<ValueType>(...TYPES, 'choice').map((type) => ({
    key: `who.1.e${n}`, role: 'who', element: `e${n}`, row: 1, id: `e${n}`, label: `第${n}栏`, type,
    sensitive: false, ground: '', roleLabel: '人员 1', optional: false, askedBy: [], certain: true,
    ...(type === 'choice' ? { options: OPTIONS } : {}),
  }))
}

const anyColumns = fc.integer({ min: 1, max: 6 }).chain((count) =>
  fc.tuple(...Array.from({ length: count }, (_, n) => anyColumn(n))))

const LONG = new Set<ValueType>(['idNumber', 'creditCode', 'phone'])
const cell = fc.string({ unit: fc.constantFrom(...'样例 ·"\',;\n=0139Xx-（）a族') })

function anyRow(given: readonly PlannedField[]): fc.Arbitrary<Record<string, string>> {
  return fc.record(Object.fromEntries(given.map(({ element, type, options }) => [element, options
    ? fc.constantFrom('', ...options.map(({ value }) => value))
    // before a number a ' only keeps a spreadsheet from counting with it
    : cell.map((text) => normalise(type, LONG.has(type) ? text.replace(/'/g, '') : text))])))
}

const anyTable = anyColumns.chain((given) =>
  fc.tuple(fc.constant(given), fc.array(anyRow(given), { maxLength: 8 })))

const filled = (row: Record<string, string>) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''))

describe('a list as a table', () => {
  it('is read back as it was written; blank rows are nobody', () => {
    fc.assert(fc.property(anyTable, ([given, rows]) => {
      const read = readTable(given, tableOf(given, rows))
      const written = rows.flatMap((row, n) =>
        Object.keys(filled(row)).length > 0 ? [{ line: n + 2, values: filled(row) }] : [])
      expect(read).toEqual({ rows: written, missing: [], unused: [] })
    }))
  })

  it('is read by names: columns in any order, strangers between them, titles above', () => {
    fc.assert(fc.property(anyTable, fc.nat({ max: 3 }), fc.nat(), ([given, rows], titles, turn) => {
      const { header, rows: lines } = tableOf(given, rows)
      const mixed = (cells: readonly string[], stranger: string) => {
        const at = turn % cells.length
        return [...cells.slice(at), stranger, ...cells.slice(0, at)]
      }
      const all = [
        ...Array.from({ length: titles }, () => ['人员名单']),
        mixed(header.map((one) => ` ${one} *`), '序号'), ...lines.map((cells) => mixed(cells, '')),
      ]
      const read = readTable(given, { header: all[0]!, rows: all.slice(1) })
      expect(read.unused).toEqual(['序号'])
      expect(read.rows.map(({ values }) => values)).toEqual(rows.map(filled)
        .filter((row) => Object.keys(row).length > 0))
      expect(read.rows.every(({ line }) => line > titles + 1)).toBe(true)
    }))
  })

  it('understands how people write headers and options', () => {
    const read = readTable(columns, {
      header: ['员工名字', '身份证号码', '联系电话', '入职日期', '社保卡', '民族 （必填）'],
      rows: [['阿依努尔。样例', "'65310119900101000X", '+86 139 0000 0001', '2026年1月5日', '有', '维吾尔']],
    })
    expect(read.rows[0]!.values).toEqual({
      name: '阿依努尔·样例', idNumber: '65310119900101000X', phone: '13900000001',
      hiredOn: '2026-01-05', ethnicity: '05',
    })
    expect(read.unused).toEqual(['社保卡'])
    expect(read.missing).toContain('月工资')
    expect(read.missing).not.toContain('姓名')
  })

  it('tells the line of the file, the column and what is wrong, in the words of the form', () => {
    const id = '65310119900101000' + checkDigit11643('65310119900101000')
    const rows = readTable(columns, {
      header: ['姓名', '身份证号', '手机号'],
      rows: [
        ['阿依努尔·样例', id, '13900000001'], [], ['艾山·样例', '6.53101E+17', '139'],
        ['古丽·样例', id, '13900000003'],
      ],
    }).rows
    const form = formOf(columns, rows, 3)
    const told = lineProblems({
      topic: hiring, role: 'employee', rows, from: 3, answers: ANSWERS, form, today: '2026-11-23',
    }).filter(({ empty }) => !empty)
    expect(told.map(({ line, label }) => `${line} ${label}`)).toEqual([
      '4 身份证号', '4 手机号', '2 身份证号', '5 身份证号',
    ])
    expect(told[0]!.text).toContain('被表格软件改成了数字')
    expect(told[2]!.text).toContain('两个人的身份证号一样')
  })

  it('adds behind the last row in which something was written', () => {
    expect(firstFreeRow('employee', {})).toBe(1)
    expect(firstFreeRow('employee', { 'employee.1.name': '', 'company.name': '样例' })).toBe(1)
    expect(firstFreeRow('employee', { 'employee.2.name': '样', 'employee.3.name': '' })).toBe(3)
  })

  it.each(LISTS)('has a template whose example is right: $topic.id $role.id', ({ topic, role }) => {
    const answers = topic.id === hiring.id ? ANSWERS : {}
    const given = columnsOf(topic, role.id, answers)
    const names = given.map(({ label }) => label)
    expect(new Set(names).size).toBe(names.length)
    const example = exampleRow(given)
    const table = tableOf(given, [example])
    const read = readTable(given, table)
    expect(read.missing).toEqual([])
    expect(read.unused).toEqual([])
    expect(withoutExample(given, read).rows).toEqual([])
    const form = formOf(given, read.rows, 1)
    const plan = makePlan(topic, { answers, form })
    const faults = checkForm({ topic, plan, form, today: '2026-11-23' }, Object.keys(form))
    expect(faults.filter(({ code }) => code !== 'EMPTY')).toEqual([])
    expect(csvOf(table).startsWith(`\uFEFF${table.header[0]}`)).toBe(true)
  })
})

describe('rows of a list', () => {
  const anyForm = fc.dictionary(
    fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 6 }), fc.constantFrom('x', 'y'))
      .map(([role, row, name]) => rowKey(`${role}.${name}`, row)),
    fc.string(),
  )

  it('come back as they were when a removal is undone', () => {
    fc.assert(fc.property(anyForm, fc.integer({ min: 1, max: 7 }), (form, row) => {
      const own = ofRow(form, { role: 'a', row })
      expect(withRow(withoutRow(form, 'a', row), own, { role: 'a', row })).toEqual(form)
    }))
  })

  it('are found in order, however long the list', () => {
    fc.assert(fc.property(anyForm, (form) => {
      const found = rowsOfKey('a.x', form)
      expect([...found].sort()).toEqual(Object.keys(form).filter((key) => /^a\.\d\.x$/.test(key)).sort())
      expect(found.map((key) => Number(key.split('.')[1]))).toEqual([...found.keys()]
        .map((n) => Number(found[n]!.split('.')[1])).sort((a, b) => a - b))
    }))
  })

  it('never fall below what the role asks for', () => {
    const role = hiring.roles.find(({ many }) => many)!
    fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), (row) => {
      const form = { [rowKey('employee.name', row)]: '' }
      expect(rowCount(role, form)).toBe(row)
      expect(rowCount(role, withoutRow(form, 'employee', row))).toBe(role.many!.min)
    }))
  })
})
