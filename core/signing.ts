/**
 * 会签: what people beside the one filling in put their names to, and what of it they may read.
 *
 *   plan + form ──contentToSign──▶ content ──signingText──▶ text ──hash──▶ one number
 *
 * A signature holds for exactly one number: whatever is changed afterwards has to be signed again.
 */
import type { Check, Topic } from './contract/topic'
import type { PlannedField } from './form'
import type { Plan } from './plan'
import { answerLabels } from './question'
import { keyParts } from './rows'
import { tidyForm } from './validate'
import { type ValueType, mask } from './values'

type Values = Readonly<Record<string, string>>

export interface SignedContent {
  topicId: string
  version: number
  regionCode: string
  answers: Values
  form: Values
}

/** Only what is asked and filled in: what a changed mind left behind is signed by nobody. */
export function contentToSign(
  topic: Topic,
  plan: Plan,
  { regionCode, form }: { regionCode: string; form: Values },
): SignedContent {
  const tidy = tidyForm(plan, form)
  return {
    topicId: topic.id, version: topic.version, regionCode, answers: plan.answers,
    form: Object.fromEntries(
      plan.form.flatMap(({ key }) => (tidy[key] ? [[key, tidy[key]]] : [])),
    ),
  }
}

/** The text whose hash is signed: equal contents, equal texts, in any order of keys. */
export function signingText(content: SignedContent): string {
  return `one-thing signing v1\n${JSON.stringify(content, sorted)}`
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

export interface SheetGroup {
  title: string
  whose: 'you' | 'others' | 'common'
  rows: readonly { label: string; value: string }[]
}

/** What a signer reads before signing. */
export interface SigningSheet {
  answers: readonly { ask: string; answer: string }[]
  departments: readonly {
    name: string
    items: readonly string[]
    /** names of the signer's own data it receives */
    yours: readonly string[]
  }[]
  groups: readonly SheetGroup[]
}

interface Reading {
  form: Values
  /** ids of the signers this one person is */
  as: readonly string[]
  regions: readonly { code: string; name: string }[]
}

/** Kinds of values that tell who somebody is; of other people only these are shown, masked. */
const TELLING: ReadonlySet<ValueType> = new Set(['name', 'idNumber', 'phone'])

/**
 * Own data in full; what belongs to nobody (the company, the house) in full; of other people what
 * tells who they are, masked, and their part of a shared whole (PIPL §6: no more than needed).
 */
export function sheetFor(topic: Topic, plan: Plan, reading: Reading): SigningSheet {
  const own = plan.form.filter((field) => isOwn(plan, field, reading.as))
  return {
    answers: plan.questions.map((question) => ({
      ask: question.ask, answer: answerLabels(question, plan.answers[question.id]).join('、'),
    })),
    departments: departmentsOf(topic, plan, own),
    groups: groupsOf(topic, plan, reading),
  }
}

function isOwn({ signers }: Plan, { role, row }: PlannedField, as: readonly string[]): boolean {
  return signers.some((one) => as.includes(one.id) && one.role === role && one.row === row)
}

function departmentsOf(topic: Topic, { items }: Plan, own: readonly PlannedField[]) {
  const ids = [...new Set(items.map(({ item }) => item.department))]
  return ids.map((id) => {
    const its = items.filter(({ item }) => item.department === id).map(({ item }) => item)
    const yours = own.filter(({ askedBy }) => its.some((item) => askedBy.includes(item.id)))
    return {
      name: topic.departments.find((one) => one.id === id)?.name ?? id,
      items: its.map(({ short }) => short),
      yours: [...new Set(yours.map(({ label }) => label))],
    }
  })
}

function groupsOf(topic: Topic, plan: Plan, { form, as, regions }: Reading): SheetGroup[] {
  const filled = plan.form.filter(({ key }) => form[key])
  const titles = [...new Set(filled.map(({ roleLabel }) => roleLabel))]
  return titles.flatMap((title): SheetGroup[] => {
    const fields = filled.filter(({ roleLabel }) => roleLabel === title)
    const [first] = fields
    const whose = first && isOwn(plan, first, as) ? 'you'
      : first && isPerson(topic, first.role) ? 'others' : 'common'
    const rows = fields.flatMap((field) => {
      const value = form[field.key] ?? ''
      if (whose !== 'others' || isPart(topic.checks, field.key)) {
        return [{ label: field.label, value: readable(field, value, regions) }]
      }
      return TELLING.has(field.type) ? [{ label: field.label, value: mask(field.type, value) }] : []
    })
    return rows.length > 0 ? [{ title, whose, rows }] : []
  })
}

/** A role with a name or an ID number is somebody; any other is a thing in common. */
function isPerson({ fields }: Topic, role: string): boolean {
  return fields.some((field) =>
    field.role === role && (field.type === 'idNumber' || field.type === 'name'))
}

/** One of the amounts that make up a common one: whoever signs the whole must see its parts. */
function isPart(checks: readonly Check[], key: string): boolean {
  return checks.some(({ must }) => 'sumOf' in must && must.sumOf === keyParts(key).key)
}

/** A value as a person reads it. */
function readable(
  { type, options, unit }: PlannedField,
  value: string,
  regions: Reading['regions'],
): string {
  const option = options?.find((one) => one.value === value)
  if (option) return option.label
  if (type === 'region') return regions.find(({ code }) => code === value)?.name ?? value
  return `${value}${unit ?? ''}`
}
