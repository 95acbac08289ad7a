/** 一表: the merged form. A field is an element of a role and is asked once for all items. */
import type { Field, Relation, Topic } from './contract/topic'
import { rowed } from './lists'
import type { PlannedItem } from './needs'
import { keyParts } from './rows'
import { type Facts, evaluate } from './rule'
import { usesByKey } from './uses'

export interface PlannedField extends Field {
  roleLabel: string
  optional: boolean
  /** ids of the items that need it */
  askedBy: readonly string[]
  /** false while a question still decides whether it is needed */
  certain: boolean
}

/** One page of the form: one role, at most five inputs (U1), in elder mode one; or a whole list. */
export interface FormPage {
  id: string
  title: string
  role: string
  fields: readonly PlannedField[]
  /** a list: all its rows are on this one page */
  list?: { min: number; max: number } | undefined
}

/** What a data share knows of a person: element → value, by relation to who is filling in. */
export type KnownPeople = Partial<Record<Relation, Readonly<Record<string, string>>>>

export const MAX_INPUTS_A_PAGE = 5

/** One thing at a time in elder mode. */
export const inputsAPage = (elder: boolean) => (elder ? 1 : MAX_INPUTS_A_PAGE)

/**
 * The fields to ask, in the catalogue's order. A field that an item of the same plan produces (the
 * newborn's ID number) is not asked: it does not exist yet.
 */
export function gatherFields(
  topic: Topic,
  items: readonly PlannedItem[],
  facts: Facts,
): PlannedField[] {
  const given = new Set(
    items.filter(({ verdict }) => verdict === 'yes').flatMap(({ item }) => item.result.gives),
  )
  const labels = new Map(topic.roles.map(({ id, label }) => [id, label]))
  const usesOf = usesByKey(items, (item) => item.fields, facts)
  return topic.fields.flatMap((field) => {
    const uses = usesOf.get(field.key)
    if (!uses || given.has(field.key)) return []
    return [{
      ...field,
      roleLabel: labelOf(labels.get(field.role) ?? field.role, field.row),
      optional: uses.every(({ use }) => use.optional),
      askedBy: [...new Set(uses.map(({ itemId }) => itemId))],
      certain: uses.some(({ certain }) => certain),
    }]
  })
}

/** What is not a plain noun goes on without 的. */
const A_CLAUSE = /^[^《]*(的|是|怎|哪|几|多久|有没有|不转)|^[与在来]/

/** 逝者的姓名, 员工 2 的姓名, 孩子与户主的关系, 孩子想上的学校: what is asked, with whose it is. */
export function ownedBy(roleLabel: string, label: string): string {
  if (label.startsWith(roleLabel)) return label
  const owner = /\d$/.test(roleLabel) ? `${roleLabel} ` : roleLabel
  return A_CLAUSE.test(label) ? `${owner}${label}` : `${owner}的${label}`
}

/** 员工 2: which of a list. */
export function labelOf(label: string, row: number | undefined): string {
  return row === undefined ? label : `${label} ${row}`
}

/** 每位员工: any one of a list, where nobody is named yet. */
export function everyOf({ roleLabel, row }: { roleLabel: string; row?: number }): string {
  return row === undefined ? roleLabel : `每位${roleLabel.replace(/ \d+$/, '')}`
}

/**
 * The form cut into pages, role by role, evenly.
 * @param perPage  inputs a page at most; a page of one is known by the key of its field
 */
export function pagesOf(
  topic: Topic,
  form: readonly PlannedField[],
  perPage = MAX_INPUTS_A_PAGE,
): FormPage[] {
  const roles = [...new Set(form.map(({ role }) => role))]
  return roles.flatMap((role): FormPage[] => {
    const fields = form.filter((field) => field.role === role)
    const { many: list, label = '' } = topic.roles.find(({ id }) => id === role) ?? {}
    if (list) return [{ id: `${role}-list`, title: `${label}名单`, role, fields, list }]
    const count = Math.ceil(fields.length / perPage)
    const size = Math.ceil(fields.length / count)
    return Array.from({ length: count }, (_, n) => ({
      id: perPage === 1 ? fields[n]!.key : `${role}-${n + 1}`,
      title: `${fields[0]!.roleLabel}信息${count > 1 ? `（${n + 1}/${count}）` : ''}`,
      role,
      fields: fields.slice(n * size, (n + 1) * size),
    }))
  })
}

/**
 * The page one left at, or that holds a field; elder mode cuts other pages, then the nearest before
 * it: the first of its role, or the first of all.
 */
export function pageAt(pages: readonly FormPage[], place = ''): FormPage | undefined {
  return pages.find(({ id }) => id === place)
    ?? pages.find(({ fields }) => fields.some(({ key }) => key === place))
    ?? pages.find(({ role }) => role === place.replace(/[-.].*$/, ''))
    ?? pages[0]
}

/**
 * Who a role is to the person filling in; undefined while the answers do not tell. Of a list only
 * the first row can be somebody known.
 */
export function relationOf(
  topic: Topic,
  role: string,
  facts: Facts,
  row = 1,
): Relation | undefined {
  if (row > 1) return 'other'
  return topic.roles
    .find(({ id }) => id === role)
    ?.relation.find(({ when }) => evaluate(when, facts) === 'yes')?.to
}

/**
 * What the identity check and shared certificates already know of the form. Never overwrites:
 * the caller merges it under what was typed.
 */
export function prefill(
  topic: Topic,
  form: readonly Field[],
  known: KnownPeople,
  facts: Facts,
): Record<string, string> {
  const values: Record<string, string> = {}
  for (const { key, role, element, row } of form) {
    const relation = relationOf(topic, role, facts, row)
    const value = relation && known[relation]?.[element]
    if (value) values[key] = value
  }
  return values
}

/** Where likely values come from. */
export interface Likely {
  facts: Facts
  /** the county acted in, GB/T 2260 */
  region: string | null
  /** what is known of whoever fills in, by element */
  me?: Readonly<Record<string, string>> | undefined
}

/**
 * Likely values, also of fields that hold another; the caller marks them as to be looked at. What
 * is suggested for an empty field counts for the suggestions behind it.
 */
export function suggest(
  topic: Topic,
  form: readonly Field[],
  { facts, region, me }: Likely,
): Record<string, string> {
  const asked = new Set(form.map(({ key }) => key))
  const likely: Record<string, string> = {}
  for (const { field, from, mine, value, when } of rowed(topic, facts.form).suggestions ?? []) {
    const values = { ...likely, ...written(facts.form) }
    if (!asked.has(field) || evaluate(when, { ...facts, form: values }) !== 'yes') continue
    if (value !== undefined && isEmptyRow(field, values)) continue
    const taken = from === 'region' ? region : values[from ?? '']
    const found = value ?? (mine ? me?.[mine] : taken)
    if (found) likely[field] = found
  }
  return likely
}

/** Nobody stands in a row yet: a value of many must not make it look begun. */
function isEmptyRow(field: string, values: Facts['form']): boolean {
  const { role, row } = keyParts(field)
  return row !== undefined && !Object.keys(values).some((key) => key.startsWith(`${role}.${row}.`))
}

const written = (form: Facts['form']) =>
  Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''))
