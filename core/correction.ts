/**
 * 补正: what may be asked for, and what an answer may change. Only what the notice lists may be
 * asked; only what was asked may change.
 */
import type { Topic } from './contract/topic'
import type { AskedPart } from './history'
import { type Supply, toSupply } from './materials'
import type { Plan } from './plan'
import { isOf } from './rows'
import { type Problem, checkForm, checkMaterials, tidyForm } from './validate'
import { judge } from './values'

/** What a citizen has handed in. */
export interface Handed {
  form: Readonly<Record<string, string>>
  materials: Readonly<Record<string, Supply>>
}

/** Asks for things the notice does not list: they need a logged legal reason. */
export function outsideNotice(plan: Plan, asks: readonly AskedPart[]): AskedPart[] {
  const fields = new Set(plan.form.map(({ key }) => key))
  const materials = new Set(toSupply(plan.materials).map(({ key }) => key))
  return asks.filter(({ kind, key }) => !(kind === 'field' ? fields : materials).has(key))
}

/** Asks of a department for things its own item does not need. */
export function outsideItem(
  plan: Plan,
  itemId: string,
  asks: readonly AskedPart[],
): AskedPart[] {
  const fields = plan.form.filter(({ askedBy }) => askedBy.includes(itemId))
  const materials = toSupply(plan.materials)
    .filter(({ askedBy }) => askedBy.some((use) => use.itemId === itemId))
  const keys = {
    field: new Set(fields.map(({ key }) => key)),
    material: new Set(materials.map(({ key }) => key)),
  }
  return asks.filter(({ kind, key }) => !keys[kind].has(key))
}

/** Asks for things the topic does not even know: nobody could answer them here. */
export function unanswerable(topic: Topic, asks: readonly AskedPart[]): AskedPart[] {
  const known = { field: topic.fields, material: topic.materials }
  return asks.filter(({ kind, key }) => !known[kind].some((one) => isOf(topic, one.key, key)))
}

/** One consolidated list: each part once, the first reason kept. */
export function mergeAsks(...lists: readonly (readonly AskedPart[])[]): AskedPart[] {
  const merged = new Map<string, AskedPart>()
  for (const ask of lists.flat()) {
    const name = `${ask.kind} ${ask.key}`
    if (!merged.has(name)) merged.set(name, ask)
  }
  return [...merged.values()]
}

interface Answer {
  topic: Topic
  asks: readonly AskedPart[]
  before: Handed
  given: Handed
  /** the plan for what would then be handed in */
  planOf: (form: Handed['form']) => Plan
  /** calendar day in Asia/Shanghai */
  today: string
}

/**
 * The content after an answered correction, and what is still wrong with the answer. Problems of
 * parts that were not asked for are not the citizen's to mend, so they are not reported.
 */
export function answerCorrection(
  { topic, asks, before, given, planOf, today }: Answer,
): { after: Handed; problems: Problem[] } {
  const fieldKeys = keysOf(asks, 'field')
  const materialKeys = keysOf(asks, 'material')
  const merged = { ...before.form, ...given.form }
  const plan = planOf(merged)
  const form = tidyForm(plan, merged)
  const materials = { ...before.materials, ...given.materials }
  const problems = [
    ...stray(given.form, fieldKeys),
    ...stray(given.materials, materialKeys),
    ...fieldKeys.filter((key) => given.form[key] === undefined).map(missing),
    ...materialKeys.filter((key) => same(given.materials[key], before.materials[key])).map(missing),
    ...checkForm({ topic, plan, form, today }, fieldKeys),
    ...extraFields(topic, plan, fieldKeys, form),
    ...checkMaterials(plan, materials).filter(({ field, code }) =>
      materialKeys.includes(field) && code !== 'NOT_ASKED'),
  ]
  const told = new Set<string>()
  const once = problems.filter(({ field }) => !told.has(field) && told.add(field))
  return { after: { form, materials }, problems: once }
}

function keysOf(asks: readonly AskedPart[], kind: AskedPart['kind']): string[] {
  return asks.filter((ask) => ask.kind === kind).map(({ key }) => key)
}

function stray(given: Readonly<Record<string, unknown>>, asked: readonly string[]): Problem[] {
  return Object.keys(given)
    .filter((key) => !asked.includes(key))
    .map((field) => ({ field, code: 'NOT_ASKED', text: '本次补正没有要求改这一项。' }))
}

const missing = (field: string): Problem =>
  ({ field, code: 'MISSING', text: '请按要求补正这一项。' })

/** A photo sent again unchanged answers nothing; no supply at all is missing too. */
function same(given: Supply | undefined, before: Supply | undefined): boolean {
  if (!given) return true
  if (given.by === 'photos' && before?.by === 'photos') {
    return given.ids.join() === before.ids.join()
  }
  return false
}

/** Fields asked by override, which the plan itself does not ask. */
function extraFields(
  topic: Topic,
  plan: Plan,
  keys: readonly string[],
  form: Handed['form'],
): Problem[] {
  const planned = new Set(plan.form.map(({ key }) => key))
  return topic.fields
    .filter(({ key }) => keys.includes(key) && !planned.has(key))
    .flatMap((field): Problem[] => {
      const code = form[field.key] ? judge(field, form[field.key] ?? '') : 'EMPTY'
      return code ? [{ field: field.key, code, text: `请核对${field.label}。` }] : []
    })
}
