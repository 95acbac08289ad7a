/** 名单: the rows of a list in an open draft: their pages, their state, and adding and removing. */
import { type FormPage, inputsAPage, labelOf } from '@core/form'
import { keyParts, ofRow, rowCount, rowKey, withRow, withoutRow } from '@core/rows'
import {
  type ReadTable, type TableRow, columnsOf, firstFreeRow, formOf, lineProblems,
} from '@core/table'
import type { Problem } from '@core/validate'
import { mask } from '@core/values'
import { today } from '@/platform/clock'
import { draftOf, fill, setDraft } from './drafts'
import { type Filling, formProblems } from './filling'
import { useSettings } from './settings'
import { dropListShots, dropRowShots, restoreRowShots } from './uploads'

/** One person of a list, as the list shows them. */
export interface Row {
  row: number
  /** 员工 3 */
  label: string
  /** of the person or, where a company stands in the list, the company; '' until it is told */
  name: string
  /** ID number, credit code or phone */
  number: { bare: string; masked: string }
  /** in the order of the form */
  problems: readonly Problem[]
}

const roleOf = ({ topic }: Filling, role: string) => {
  const found = topic.roles.find(({ id }) => id === role)
  if (!found) throw new Error(`no role ${role}`)
  return found
}

/** How many rows a list has now. */
export const countRows = (filling: Filling, role: string) =>
  rowCount(roleOf(filling, role), filling.draft.body.form)

/** The rows of a list with what is still wrong in each. */
export function rowsOf(filling: Filling, role: string): Row[] {
  const count = countRows(filling, role)
  const { label } = roleOf(filling, role)
  const form = filling.plan.form.filter((field) => field.role === role && field.certain)
  const problems = formProblems(filling, form.map(({ key }) => key))
  const values = filling.draft.body.form
  return Array.from({ length: count }, (_, n): Row => {
    const own = form.filter(({ row }) => row === n + 1)
    const first = (...types: string[]) =>
      own.find(({ type, key }) => types.includes(type) && values[key])
    const named = first('name') ?? first('text')
    const known = first('idNumber', 'creditCode') ?? first('phone')
    const bare = known ? values[known.key] ?? '' : ''
    return {
      row: n + 1,
      label: labelOf(label, n + 1),
      name: named ? values[named.key] ?? '' : '',
      number: { bare, masked: known ? mask(known.type, bare) : '' },
      problems: problems.filter(({ field }) => keyParts(field).row === n + 1),
    }
  })
}

/** What is still to do in a row: 还差 2 项，1 处有错; '' when nothing is. */
export function rowWords({ problems }: Pick<Row, 'problems'>): string {
  const missing = problems.filter(({ code }) => code === 'EMPTY').length
  const wrong = problems.length - missing
  return [missing > 0 && `还差 ${missing} 项`, wrong > 0 && `${wrong} 处有错`]
    .filter(Boolean).join('，')
}

/** 员工 3（阿依努尔·样例） */
export const rowName = ({ label, name }: Row) => (name ? `${label}（${name}）` : label)

/** More people than these are told by their number: everybody's card says the rest. */
const MOST_TOLD = 5

/** Who is not ready, a line a person; behind the first few the others in one line. */
export function fewRows(rows: readonly Row[], list: string): { field: string; text: string }[] {
  const told = rows.length > MOST_TOLD + 1 ? rows.slice(0, MOST_TOLD) : rows
  const lines = told.map((row) => (
    { field: row.problems[0]?.field ?? '', text: `${rowName(row)}：${rowWords(row)}。` }
  ))
  const next = rows[told.length]?.problems[0]
  if (!next) return lines
  return [...lines, { field: next.field, text: `${list}里还有 ${rows.length - told.length} 位没填好。` }]
}

/** A row's own screens, cut by the answers alone as the form's pages are. */
export function rowPages(
  { topic, plan }: Filling,
  { role, row }: { role: string; row: number },
): FormPage[] {
  const asked = new Map(plan.form.filter(({ certain }) => certain).map((one) => [one.key, one]))
  const columns = columnsOf(topic, role, plan.answers)
  const most = inputsAPage(useSettings.getState().elder)
  const size = Math.ceil(columns.length / Math.ceil(columns.length / most))
  const parts = columns.flatMap((_, n) => (n % size === 0 ? [columns.slice(n, n + size)] : []))
    .map((part) => part.flatMap(({ key }) => asked.get(rowKey(keyParts(key).key, row)) ?? []))
    .filter((fields) => fields.length > 0)
  return parts.map((fields, n) => ({
    id: `${role}-${row}-${n + 1}`,
    title: fields[0]!.roleLabel + (parts.length > 1 ? `（${n + 1}/${parts.length}）` : ''),
    role,
    fields,
  }))
}

/** Which of a row's screens holds a field; the first if none does. */
export function partWith(
  filling: Filling, at: { role: string; row: number }, field: string | undefined,
): number {
  return Math.max(0, rowPages(filling, at)
    .findIndex(({ fields }) => fields.some(({ key }) => key === field)))
}

/** Begins a row at the end of the list and returns its number; undefined when the list is full. */
export function addRow(filling: Filling, role: string): number | undefined {
  const row = countRows(filling, role) + 1
  const [first] = columnsOf(filling.topic, role, filling.plan.answers)
  if (!first || row > (roleOf(filling, role).many?.max ?? 1)) return undefined
  // A row exists by its keys.
  fill(filling.topic.id, { [rowKey(keyParts(first.key).key, row)]: '' })
  return row
}

/** Takes a row out with its values, materials and photos; call what it returns to undo that. */
export function removeRow(filling: Filling, role: string, row: number): () => void {
  const topicId = filling.topic.id
  const { form, materials } = filling.draft.body
  const at = { topicId, role, row }
  const own = { form: ofRow(form, at), materials: ofRow(materials, at) }
  const gone = dropRowShots(at)
  setDraft(topicId, {
    form: withoutRow(form, role, row),
    materials: withoutRow(materials, role, row),
  })
  return () => {
    const now = draftOf(topicId)?.body
    const full = roleOf(filling, role).many?.max ?? 0
    if (!now || rowCount(roleOf(filling, role), now.form) > full) return
    restoreRowShots(at, gone)
    setDraft(topicId, {
      form: withRow(now.form, own.form, at),
      materials: withRow(now.materials, own.materials, at),
    })
  }
}

/** Whether rows of a file come behind those that are there, or in place of them. */
export type Joining = 'append' | 'replace'

/** The form as it would be with the rows of a file in it. */
function formWith(
  { topic, plan, draft }: Filling,
  { role, rows, how }: { role: string; rows: readonly TableRow[]; how: Joining },
) {
  const columns = columnsOf(topic, role, plan.answers)
  const { form } = draft.body
  const from = how === 'append' ? firstFreeRow(role, form) : 1
  const kept = Object.fromEntries(Object.entries(form).filter(([key]) => {
    const parts = keyParts(key)
    return parts.role !== role || (parts.row ?? 0) < from
  }))
  return { from, form: { ...kept, ...formOf(columns, rows, from) } }
}

/** How many rows of a list hold something. */
export const writtenRows = ({ draft }: Filling, role: string) =>
  firstFreeRow(role, draft.body.form) - 1

/** What would be wrong with a file's rows in this form; columns the file lacks are told once. */
export function judgeRows(
  filling: Filling,
  { role, read, how }: { role: string; read: ReadTable; how: Joining },
) {
  const { topic, plan } = filling
  const { rows, missing } = read
  const put = formWith(filling, { role, rows, how })
  return lineProblems({ topic, role, rows, ...put, answers: plan.answers, today: today() })
    .filter(({ label, empty }) => !empty || !missing.includes(label))
}

/** Puts the rows of a file into the draft; replacing takes the old rows' photos away too. */
export function takeRows(
  filling: Filling,
  { role, rows, how }: { role: string; rows: readonly TableRow[]; how: Joining },
) {
  const topicId = filling.topic.id
  const { form } = formWith(filling, { role, rows, how })
  const { materials } = filling.draft.body
  if (how === 'append') {
    setDraft(topicId, { form })
    return
  }
  dropListShots({ topicId, role })
  const others = Object.entries(materials).filter(([key]) => {
    const parts = keyParts(key)
    return parts.role !== role || parts.row === undefined
  })
  setDraft(topicId, { form, materials: Object.fromEntries(others) })
}
