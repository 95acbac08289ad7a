/** What was answered, in the order it was asked, each row with the place to change it. */
import type { Region } from '@core/contract/home'
import { type PlannedField, ownedBy } from '@core/form'
import type { PlannedMaterial, Supply } from '@core/materials'
import type { Problem } from '@core/validate'
import { keyParts } from '@core/rows'
import { titled } from '@core/titled'
import type { Filling } from '@/stores/filling'
import { fewRows, rowsOf } from '@/stores/rows'

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
  if (option) return option.label
  const { unit = '' } = field
  return unit && unit !== '%' ? `${value} ${unit}` : `${value}${unit}`
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
export const materialTerm = ({ roleLabel, name }: PlannedMaterial) =>
  ownedBy(roleLabel, titled(name))

/** Where a problem is mended. */
export function placeOf({ plan, pages, wanted }: Filling, { field }: Problem): Place {
  if (wanted.some(({ key }) => key === field)) return { page: 'materials', at: field }
  const isField = pages.some(({ fields }) => fields.some(({ key }) => key === field))
  if (isField) return { page: 'form', at: field }
  const question = plan.questions.find(({ id }) => id === field) ?? plan.next
  return { page: 'questions', at: question?.id ?? '' }
}

/** The problems of a list as lines a person: the first leads there, the words tell them all. */
export function gathered(filling: Filling, problems: readonly Problem[]): Problem[] {
  const lists = filling.pages.filter(({ list }) => list)
  return lists.reduce<readonly Problem[]>((told, { role, title, fields }) => {
    const keys = new Set(fields.map(({ key }) => key))
    const at = told.findIndex(({ field }) => keys.has(field))
    if (at < 0) return told
    const rows = rowsOf(filling, role).map((row) => ({
      ...row,
      problems: told.filter(({ field }) => keys.has(field) && keyParts(field).row === row.row),
    }))
    const lines = fewRows(rows.filter((row) => row.problems.length > 0), title)
    const others = told.filter(({ field }) => !keys.has(field))
    return [
      ...others.slice(0, at), ...lines.map((line) => ({ ...line, code: 'RULE' as const })),
      ...others.slice(at),
    ]
  }, problems).slice()
}
