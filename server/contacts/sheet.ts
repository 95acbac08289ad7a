/** 附件2 as a workbook: its columns, written and read back. */
import {
  CONTACT_ROLES, CONTACT_ROLE_IDS, CONTACT_STAGES, CONTACT_STAGE_IDS, type ContactRole,
  type ContactStage,
} from '../../core/escalation'
import type { Problem } from '../../core/validate'
import type { LoadedCatalogue } from '../catalogue/load'
import type { Cell } from '../tables/workbook'
import { lineProblems, tidyPhone } from './lines'
import type { Line, Unit } from './store'

export const HEADER = [
  '序号', '单位名称', '“一件事”名称', '涉及本单位事项名称', '组织领导', '姓名', '联系电话', '备注',
] as const
export const WIDTHS = [6, 24, 22, 36, 22, 14, 18, 20]
const ALL = '全部'
const COLUMNS = {
  unit: '单位名称', topic: '一件事名称', item: '涉及本单位事项名称', role: '组织领导', name: '姓名',
  phone: '联系电话', note: '备注',
} as const
type Column = keyof typeof COLUMNS
const COLUMN_IDS = Object.keys(COLUMNS) as Column[] // keys of the table
const HEADER_WITHIN = 10

type Catalogue = Pick<LoadedCatalogue, 'topics' | 'departments' | 'regions'>

/** @param n  line number, from 1 */
export function toCells(
  catalogue: Catalogue,
  { n, unit, line }: { n: number; unit: Unit; line: Line },
): Cell[] {
  const topic = catalogue.topics.find(({ id }) => id === line.topicId)
  const item = catalogue.topics.flatMap(({ items }) => items).find(({ id }) => id === line.itemId)
  const role = CONTACT_ROLES[line.role] +
    (line.stage ? `（${CONTACT_STAGES[line.stage]}）` : '')
  return [
    n, unitName(catalogue, unit), topic?.title ?? line.topicId ?? ALL,
    item?.name ?? line.itemId ?? ALL, role, line.name, line.phone, line.note,
  ]
}

/** `莎车县` + `公安局` */
export function unitName({ regions, departments }: Catalogue, unit: Unit): string {
  const region = regions.find(({ code }) => code === unit.regionCode)
  const department = departments.find(({ id }) => id === unit.departmentId)
  return `${region?.name ?? ''}${department?.short ?? unit.departmentId}`
}

export interface ReadSheet {
  /** every unit named, with its whole list */
  units: (Unit & { lines: Line[] })[]
  problems: Problem[]
}

/**
 * Merged cells read as empty ones below the first: an empty cell means what stands above it, until
 * a cell to its left begins anew. Several topics or items in one cell stand on lines of their own.
 * @param regions  where whoever sends it supervises
 */
export function readContacts(
  catalogue: Catalogue,
  { cells, regions }: { cells: readonly (readonly string[])[]; regions: readonly string[] },
): ReadSheet {
  const headerAt = cells.slice(0, HEADER_WITHIN).findIndex((row) =>
    row.some((cell) => tight(cell) === COLUMNS.unit))
  const header = (cells[headerAt] ?? []).map(tight)
  const missing = COLUMN_IDS.filter((id) => id !== 'note' && !header.includes(COLUMNS[id]))
  if (headerAt < 0 || missing.length > 0) return { units: [], problems: [noHeader(missing)] }
  const reading: Reading = {
    catalogue, regions, above: { unit: '', topic: '', item: '', role: '' },
    units: new Map(), problems: [],
  }
  cells.slice(headerAt + 1).forEach((row, n) => {
    const at = (id: Column) => row[header.indexOf(COLUMNS[id])]?.trim() ?? ''
    readRow(reading, { line: headerAt + n + 2, at })
  })
  return { units: [...reading.units.values()], problems: reading.problems }
}

function noHeader(missing: readonly Column[]): Problem {
  const names = missing.map((id) => COLUMNS[id]).join('、')
  return { field: 'line.1', code: 'MISSING', text: `表头缺少：${names}。请用附件 2 的表头。` }
}

interface Reading {
  catalogue: Catalogue
  regions: readonly string[]
  above: { unit: string; topic: string; item: string; role: string }
  units: Map<string, Unit & { lines: Line[] }>
  problems: Problem[]
}

interface Row {
  line: number
  at: (id: Column) => string
}

const INHERITED = ['unit', 'topic', 'item', 'role'] as const

function readRow(reading: Reading, { line, at }: Row): void {
  // A cell that is written begins anew: what stands to its right above belongs to the old one.
  const first = INHERITED.findIndex((id) => at(id) !== '')
  INHERITED.forEach((id, n) => {
    if (at(id) !== '') reading.above[id] = at(id)
    else if (first >= 0 && n > first) reading.above[id] = ''
  })
  if (at('name') === '' && at('phone') === '') return // a line of the form nobody has filled in
  const { above, catalogue } = reading
  const where = `line.${line}`
  const fail = (text: string, code: Problem['code'] = 'NOT_AN_OPTION') =>
    void reading.problems.push({ field: where, code, text: `第 ${line} 行：${text}` })
  const unit = unitOf(reading, above.unit)
  const role = roleOf(above.role)
  if (!unit) return fail(above.unit ? `没有“${above.unit}”这个单位，或不归您管。` : '没有写单位名称。')
  if (!role) return fail(`组织领导应写：${Object.values(CONTACT_ROLES).join('、')}。`)
  const scopes = scopesOf(catalogue, { unit, topics: above.topic, items: above.item })
  if (typeof scopes === 'string') return fail(scopes)
  const person = { name: at('name'), phone: tidyPhone(at('phone')), note: at('note') }
  const lines = scopes.map((scope): Line => ({ ...scope, ...role, ...person }))
  const [one] = lines
  const faults = one
    ? lineProblems(catalogue, { departmentId: unit.departmentId, line: one, where }) : []
  faults.forEach(({ text, code }) => fail(text, code))
  const key = `${unit.regionCode}.${unit.departmentId}`
  const list = reading.units.get(key) ?? { ...unit, lines: [] }
  list.lines.push(...lines)
  reading.units.set(key, list)
}

function unitOf({ catalogue, regions }: Reading, text: string): Unit | undefined {
  const name = tight(text).replace(/^例[:：]/, '')
  const units = regions.flatMap((regionCode) =>
    catalogue.departments.map(({ id: departmentId }) => ({ departmentId, regionCode })))
  const full = catalogue.departments.find((department) => tight(department.name) === name)
  return units.find((unit) => tight(unitName(catalogue, unit)) === name) ??
    units.find(({ departmentId, regionCode }) =>
      departmentId === full?.id && regionCode.endsWith('00'))
}

function roleOf(text: string): { role: ContactRole; stage: ContactStage | null } | undefined {
  const [, label = '', word] = /^(.+?)(?:[（(](.+)[）)])?$/.exec(tight(text)) ?? []
  const role = CONTACT_ROLE_IDS.find((id) =>
    CONTACT_ROLES[id] === label || (id === 'handler' && label.endsWith('经办人')))
  const stage = CONTACT_STAGE_IDS.find((id) => CONTACT_STAGES[id] === word)
  return role && (stage || !word) ? { role, stage: stage ?? null } : undefined
}

type Scope = Pick<Line, 'topicId' | 'itemId'>

/** Every topic with each of the items it has; a sentence says what is wrong. */
function scopesOf(
  { topics }: Catalogue,
  given: { unit: Unit; topics: string; items: string },
): Scope[] | string {
  const named: { topicId: string | null; items: (typeof topics)[number]['items'] }[] = []
  const titles = partsOf(given.topics)
  const all = topics.flatMap(({ items }) => items)
  if (titles.length === 0) named.push({ topicId: null, items: all })
  for (const title of titles) {
    const topic = topics.find((one) => plain(one.title) === plain(title))
    if (!topic) return `没有“${title}”这个“一件事”。`
    named.push({ topicId: topic.id, items: topic.items })
  }
  const items = partsOf(given.items)
  if (items.length === 0) return named.map(({ topicId }) => ({ topicId, itemId: null }))
  const idOf = (text: string, among: typeof all) => among.find((one) =>
    one.department === given.unit.departmentId &&
    (tight(one.name) === tight(text) || tight(one.short) === tight(text)))?.id
  const unknown = items.find((text) => !named.some((one) => idOf(text, one.items)))
  if (unknown !== undefined) return `“${unknown}”不是本单位在这个“一件事”里的事项。`
  return named.flatMap(({ topicId, items: among }) => items.flatMap((text) => {
    const itemId = idOf(text, among)
    return itemId ? [{ topicId, itemId }] : []
  }))
}

const tight = (text: string) => text.replace(/[\s“”"]/g, '')
const plain = (text: string) => tight(text).replace(/一件事$/, '')
const partsOf = (text: string) =>
  text.split(/[\n；;]/).map((part) => part.trim()).filter((part) => part && part !== ALL)
