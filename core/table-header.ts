/** Which column of a file is which field: people write headers their own way. */
import type { PlannedField } from './form'

/** The header may stand under a title. */
const HEADER_WITHIN = 5
const MOST_OPTIONS_NAMED = 4

/** Headers that mean the same. */
const SAME = [
  ['姓名', '名字', '人员姓名'],
  ['身份证号', '身份证', '身份证号码', '公民身份号码', '公民身份证号码'],
  ['手机号', '手机', '手机号码', '电话', '电话号码', '联系电话', '移动电话'],
  ['统一社会信用代码', '信用代码', '社会信用代码'],
  ['用工开始日期', '入职日期', '入职时间', '上岗日期', '上班日期', '参加工作日期'],
  ['劳动合同到期日期', '合同到期日期', '合同到期日', '合同终止日期'],
  ['月工资', '工资', '月薪', '基本工资'],
  ['收件地址', '邮寄地址', '地址'],
]

/** A column's header: its label, with the unit or the few options it may have. */
export function columnName({ label, unit, options }: PlannedField): string {
  if (unit) return `${label}（${unit}）`
  if (!options || options.length > MOST_OPTIONS_NAMED) return label
  return `${label}（${options.map((option) => option.label).join('/')}）`
}

/** Text to compare: half-width, without blanks. */
export function tight(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toLowerCase()
}

/** The line that names the most columns, and where each of them stands in it. */
export function findHeader(
  columns: readonly PlannedField[],
  lines: readonly (readonly string[])[],
): { at: number; found: ReadonlyMap<PlannedField, number> } {
  const tries = lines.slice(0, HEADER_WITHIN)
    .map((cells, at) => ({ at, found: placesOf(columns, cells) }))
  return tries.reduce((best, one) => (one.found.size > best.found.size ? one : best),
    { at: 0, found: new Map<PlannedField, number>() })
}

/** A header exactly as ours comes before one that only means the same; the first of two counts. */
function placesOf(
  columns: readonly PlannedField[],
  cells: readonly string[],
): ReadonlyMap<PlannedField, number> {
  const found = new Map<PlannedField, number>()
  const taken = new Set<number>()
  for (const alike of [plain, meaning]) {
    for (const column of columns) {
      if (found.has(column)) continue
      const wanted = alike(column.label, column.roleLabel)
      const place = cells.findIndex((cell, n) =>
        !taken.has(n) && cell.trim() !== '' && alike(cell, column.roleLabel) === wanted)
      if (place < 0) continue
      found.set(column, place)
      taken.add(place)
    }
  }
  return found
}

/** 员工 姓名（必填）* → 姓名 */
function plain(text: string, roleLabel: string): string {
  const bare = tight(text).replace(/\(.*?\)|\[.*?\]|【.*?】|[*:"“”]/g, '')
  const role = tight(roleLabel).replace(/\d+$/, '')
  return bare.startsWith(role) && bare !== role ? bare.slice(role.length).replace(/^的/, '') : bare
}

function meaning(text: string, roleLabel: string): string {
  const bare = plain(text, roleLabel)
  return SAME.find((names) => names.includes(bare))?.[0] ?? bare
}
