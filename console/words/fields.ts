/** What was filled in, as a reader of the counter sees it: by person, with words for choices. */
import type { Region } from '@core/contract/home'
import type { Field, Topic } from '@core/contract/topic'
import { labelOf } from '@core/form'
import { rowed } from '@core/lists'

type Values = Readonly<Record<string, string>>

export interface ShownField {
  key: string
  label: string
  /** in words; empty: not filled in */
  value: string
}

export interface FieldGroup {
  id: string
  title: string
  fields: ShownField[]
}

/** @param wanted  keys to show, also those without a value */
export function fieldGroups(
  topic: Topic,
  { form, wanted, regions }: {
    form: Values
    wanted: ReadonlySet<string>
    regions: readonly Region[]
  },
): FieldGroup[] {
  const groups = new Map<string, FieldGroup>()
  for (const field of rowed(topic, form).fields) {
    if (!wanted.has(field.key)) continue
    const title = roleTitle(topic, field)
    const group = groups.get(title) ?? { id: `${field.role}.${field.row ?? 0}`, title, fields: [] }
    const value = valueWords(field, form[field.key] ?? '', regions)
    group.fields.push({ key: field.key, label: field.label, value })
    groups.set(title, group)
  }
  return [...groups.values()]
}

export function roleTitle({ roles }: Topic, { role, row }: Pick<Field, 'role' | 'row'>): string {
  return labelOf(roles.find(({ id }) => id === role)?.label ?? role, row)
}

function valueWords(
  { options, type, unit }: Field,
  value: string,
  regions: readonly Region[],
): string {
  if (value === '') return ''
  const chosen = options?.find((option) => option.value === value)
  if (chosen) return chosen.label
  if (type === 'region') return regions.find(({ code }) => code === value)?.name ?? value
  return unit ? `${value} ${unit}` : value
}

/** What was asked about the situation, and the answers. */
export function answerWords({ questions }: Topic, answers: Values): ShownField[] {
  return questions.flatMap(({ id, ask, options }) => {
    const given = answers[id]?.split(',').filter(Boolean) ?? []
    const words = given.map((one) => options.find(({ value }) => value === one)?.label ?? one)
    return words.length > 0 ? [{ key: id, label: ask, value: words.join('、') }] : []
  })
}
