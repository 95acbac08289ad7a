/**
 * 名单文件: a list as a table, a person a line.
 *
 *   columns ──tableOf──▶ table ──csvOf──▶ file ──server──▶ table ──readTable──▶ rows ──▶ form
 *
 * Files come from many hands, so headers and options are matched generously; what cannot be read
 * stays as it was written, and the form's own rules say what is wrong with it.
 */
import type { Topic } from './contract/topic'
import type { PlannedField } from './form'
import { makePlan } from './plan'
import { keyParts, rowKey } from './rows'
import { columnName, findHeader, tight } from './table-header'
import { checkForm } from './validate'
import { checkDigit11643, checkDigit32100, normalise } from './values'

type Values = Readonly<Record<string, string>>

/** The first line of a file and the lines behind it; a blank line is kept, as an empty row. */
export interface Table {
  header: readonly string[]
  rows: readonly (readonly string[])[]
}

/** A line of a file as values of the list: element → value. */
export interface TableRow {
  /** as Excel counts them: the first line of the file is 1 */
  line: number
  values: Values
}

export interface ReadTable {
  rows: readonly TableRow[]
  /** names of columns that must be there and are not */
  missing: readonly string[]
  /** headers nobody asks for */
  unused: readonly string[]
}

export interface LineProblem {
  line: number
  /** the column's name */
  label: string
  text: string
  /** nothing is there */
  empty: boolean
}

const MOST_LENGTH = 1000
const MOST_OPTIONS_TOLD = 8
/** Long numbers, before which people put a ' so that a spreadsheet keeps them as text. */
const NUMBERS: ReadonlySet<string> = new Set(['idNumber', 'creditCode', 'phone'])
/** A number of more digits than a spreadsheet shows: written with an exponent. */
const SPOILT = /^\d(\.\d+)?e\+?\d{2}$/i

/** What may be asked of each row of a list under these answers: the columns of its table. */
export function columnsOf(topic: Topic, role: string, answers: Values): PlannedField[] {
  return makePlan(topic, { answers, form: {} }).form
    .filter((field) => field.role === role && field.row === 1)
}

/** Rows as a table: names of the columns, options by their labels. */
export function tableOf(columns: readonly PlannedField[], rows: readonly Values[]): Table {
  return {
    header: columns.map(columnName),
    rows: rows.map((values) => columns.map((column) => {
      const value = values[column.element] ?? ''
      return column.options?.find((option) => option.value === value)?.label ?? value
    })),
  }
}

/** An invented row that satisfies each column, to show how one is written. */
export function exampleRow(columns: readonly PlannedField[]): Record<string, string> {
  const certain = columns.filter(({ certain, optional }) => certain && !optional)
  return Object.fromEntries(certain.map((column) => [column.element, exampleOf(column)]))
}

function exampleOf({ type, example, options, min = 1, minLength = 2 }: PlannedField): string {
  if (example) return example
  if (options?.[0]) return options[0].value
  switch (type) {
    case 'name': return '阿依努尔·样例'
    case 'idNumber': return '65310119900101000' + checkDigit11643('65310119900101000')
    case 'creditCode': return '91653100000000000' + checkDigit32100('91653100000000000')
    case 'phone': return '13900000000'
    case 'date': return '2026-01-05'
    case 'datetime': return '2026-01-05 09:30'
    case 'number': return String(min)
    case 'region': return '653101'
    case 'address': return '喀什市样例路 1 号'
    case 'certificateNumber': return 'A000000000'
    case 'choice':
    case 'text': return '样例'.padEnd(minLength, '例')
  }
}

/** A file every spreadsheet program opens: UTF-8 with its mark, long numbers kept as text. */
export function csvOf({ header, rows }: Table): string {
  const lines = [header, ...rows].map((cells) => cells.map(csvCell).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function csvCell(cell: string): string {
  const text = /^\d{12,}X?$/.test(cell) ? `\t${cell}` : cell
  return /[",\r\n\t]|^\s|\s$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}

/** Reads a table back: its header is the line of the first few that names the most columns. */
export function readTable(columns: readonly PlannedField[], table: Table): ReadTable {
  const lines = [table.header, ...table.rows]
  const { at, found } = findHeader(columns, lines)
  const used = new Set(found.keys())
  const required = columns.filter(({ certain, optional }) => certain && !optional)
  return {
    rows: lines.slice(at + 1).flatMap((cells, n): TableRow[] => {
      if (cells.every((cell) => cell.trim() === '')) return []
      const values = columns.flatMap((column) => {
        const place = found.get(column)
        const value = place === undefined ? '' : valueOf(column, cells[place] ?? '')
        return value ? [[column.element, value]] : []
      })
      return [{ line: at + n + 2, values: Object.fromEntries(values) }]
    }),
    missing: required.filter((column) => !used.has(column)).map(({ label }) => label),
    unused: unusedHeaders(lines[at] ?? [], new Set(found.values())),
  }
}

function unusedHeaders(header: readonly string[], used: ReadonlySet<number>): string[] {
  return header.filter((text, n) => text.trim() && !used.has(n)).map((text) => text.trim())
}

/** The template's own example, should it have been left in. */
export function withoutExample(columns: readonly PlannedField[], read: ReadTable): ReadTable {
  const example = exampleRow(columns)
  const isExample = (values: Values) => columns.every(({ element, type }) =>
    (values[element] ?? '') === normalise(type, example[element] ?? ''))
  return { ...read, rows: read.rows.filter(({ values }) => !isExample(values)) }
}

function valueOf({ type, options }: PlannedField, cell: string): string {
  const text = Array.from(cell.trim()).slice(0, MOST_LENGTH).join('')
  if (!options) return normalise(type, NUMBERS.has(type) ? text.replace(/^'/, '') : text)
  const wanted = tight(text)
  const starts = options.filter(({ label }) => wanted !== '' && tight(label).startsWith(wanted))
  const option = options.find(({ label }) => tight(label) === wanted) ??
    options.find(({ value }) => value === text) ??
    (starts.length === 1 ? starts[0] : undefined)
  return option?.value ?? text
}

/** The rows as values of the form, the first of them as row `from` of the list. */
export function formOf(
  columns: readonly PlannedField[],
  rows: readonly TableRow[],
  from: number,
): Record<string, string> {
  const [first] = columns
  return Object.fromEntries(rows.flatMap(({ values }, n) =>
    columns.flatMap(({ key, element }): [string, string][] => {
      const value = values[element]
      // Each row leaves at least one key: it is by its keys that a row exists.
      if (value === undefined && element !== first?.element) return []
      return [[rowKey(keyParts(key).key, from + n), value ?? '']]
    })))
}

/** Where rows may be added: behind the last row in which something was written. */
export function firstFreeRow(role: string, form: Values): number {
  const rows = Object.entries(form).flatMap(([key, value]) => {
    const parts = keyParts(key)
    return parts.role === role && value !== '' ? [parts.row ?? 0] : []
  })
  return Math.max(0, ...rows) + 1
}

/**
 * What is wrong with the rows once they are in the form, by the form's own rules, line by line.
 * @param today  calendar day in Asia/Shanghai
 */
export function lineProblems({ topic, role, rows, from, answers, form, today }: {
  topic: Topic
  role: string
  rows: readonly TableRow[]
  /** the row of the list that the first of `rows` became */
  from: number
  answers: Values
  /** with the rows in it */
  form: Values
  today: string
}): LineProblem[] {
  const plan = makePlan(topic, { answers, form })
  const fields = new Map(plan.form.map((field) => [field.key, field]))
  return checkForm({ topic, plan, form, today }).flatMap(({ field: key, code, text }) => {
    const parts = keyParts(key)
    const row = parts.role === role ? rows[(parts.row ?? 0) - from] : undefined
    const field = fields.get(key)
    if (!row || !field) return []
    const told = { line: row.line, label: field.label, empty: code === 'EMPTY' }
    return [{ ...told, text: lineText(field, { code, text, value: form[key] ?? '' }) }]
  })
}

/** In a file people see lines, columns and what they wrote; the form's words do the rest. */
function lineText(
  field: PlannedField,
  { code, text, value }: { code: string; text: string; value: string },
): string {
  if (code === 'EMPTY') return '没有填。'
  if (code === 'NOT_AN_OPTION') {
    const labels = field.options?.map(({ label }) => label) ?? []
    return labels.length > MOST_OPTIONS_TOLD ? text
      : `“${value.slice(0, 20)}”不在选项里，请写：${labels.join('、')}。`
  }
  const misread = code === 'FORMAT' || code === 'CHECK_DIGIT'
  return misread && isSpoilt(field, value) ? spoiltText(field) : text
}

/** Excel turns eighteen digits into a number and forgets the last three. */
function isSpoilt({ type }: PlannedField, value: string): boolean {
  return NUMBERS.has(type) && (SPOILT.test(value) || /^\d{15}000$/.test(value))
}

function spoiltText({ label }: PlannedField): string {
  return `${label}被表格软件改成了数字，后几位丢了。请把这一列设成“文本”再重新填。`
}
