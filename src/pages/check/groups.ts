/** What was answered, in the order it was asked, each row with the place to change it. */
import type { Region } from '@core/contract/home'
import type { PlannedField } from '@core/form'
import type { PlannedMaterial, Supply } from '@core/materials'
import type { Problem } from '@core/validate'
import { keyParts } from '@core/rows'
import { titled } from '@core/titled'
import type { Filling } from '@/stores/filling'
import { type Row, rowName, rowWords, rowsOf } from '@/stores/rows'

/** Where an answer is changed. */
export interface Place {
  page: 'questions' | 'form' | 'materials'
  /** question id, field key, or material key */
  at: string
}

/** The value as a person reads it. */
export function shownValue(
  field: PlannedField,
  value: string,
  { regions, bare }: { regions: readonly Region[]; bare: boolean },
): string {
  if (!value) return ''
  if (field.type === 'idNumber') return bare ? value : maskId(value)
  if (field.type === 'region') return regions.find(({ code }) => code === value)?.name ?? value
  const option = field.options?.find((one) => one.value === value)
  return option ? option.label : `${value}${field.unit ?? ''}`
}

/** '653101199001010008' → '6531**********0008' */
function maskId(value: string): string {
  const hidden = value.length - 8
  return hidden > 1 ? `${value.slice(0, 4)}${'*'.repeat(hidden)}${value.slice(-4)}` : value
}

/** How a material was handed in, in words. */
export function suppliedWords(given: Supply | undefined): string {
  if (!given) return ''
  if (given.by === 'photos') return given.ids.length > 0 ? `已上传 ${given.ids.length} 张照片` : ''
  return given.by === 'certificate' ? '使用电子证照，不用拍照' : '已确认'
}

/** The name of a material with whose it is. */
export const materialTerm = ({ roleLabel, name }: PlannedMaterial) => `${roleLabel}的${titled(name)}`

/** Where a problem is mended. */
export function placeOf({ plan, pages, wanted }: Filling, { field }: Problem): Place {
  if (wanted.some(({ key }) => key === field)) return { page: 'materials', at: field }
  const isField = pages.some(({ fields }) => fields.some(({ key }) => key === field))
  if (isField) return { page: 'form', at: field }
  const question = plan.questions.find(({ id }) => id === field) ?? plan.next
  return { page: 'questions', at: question?.id ?? '' }
}

/** The problems of one person of a list as one: the first leads there, the words tell them all. */
export function gathered(filling: Filling, problems: readonly Problem[]): Problem[] {
  const lists = filling.pages.flatMap(({ list, role }) => (list ? [role] : []))
  const rows = new Map<string, Row>(lists.flatMap((role) =>
    rowsOf(filling, role).map((row): [string, Row] => [`${role} ${row.row}`, row])))
  const fields = new Set(filling.plan.form.map(({ key }) => key))
  const told = new Set<string>()
  return problems.flatMap((problem) => {
    const { role, row } = keyParts(problem.field)
    const name = `${role} ${row}`
    const person = fields.has(problem.field) ? rows.get(name) : undefined
    if (!person) return [problem]
    if (told.has(name)) return []
    told.add(name)
    const mine = problems.filter(({ field }) => {
      const parts = keyParts(field)
      return fields.has(field) && parts.role === role && parts.row === row
    })
    return [{ ...problem, text: `${rowName(person)}：${rowWords({ problems: mine })}。` }]
  })
}
