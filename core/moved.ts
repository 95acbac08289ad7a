/**
 * What a newer version of a topic asks differently, as far as one draft sees it.
 *
 *   old topic ─┐
 *              ├─ plan each with the draft as it is ──▶ added, changed, no longer needed
 *   new topic ─┘
 */
import type { Question, Topic } from './contract/topic'
import { ownedBy, type PlannedField } from './form'
import { type PlannedMaterial, type Supply, toSupply } from './materials'
import { makePlan } from './plan'
import { ofWhom } from './titled'

type Values = Readonly<Record<string, string>>

/** A question by its id, a field or a material by its key. */
export interface MovedPart {
  key: string
  label: string
}

export interface Moved {
  /** asked now and not before */
  added: readonly MovedPart[]
  /** asked before in other words, with other answers or other limits */
  changed: readonly MovedPart[]
  /** what was given and is needed no more: labels of the old version */
  removed: readonly string[]
}

export interface Begun {
  answers: Values
  form: Values
  materials: Readonly<Record<string, Supply>>
}

/** Answers later in the draft may bring more: it is computed again as the draft grows. */
export function movedBetween(before: Topic, after: Topic, draft: Begun): Moved {
  const earlier = partsOf(before, draft)
  const now = partsOf(after, draft)
  const parts = [...now.values()]
  const given = ({ key }: Part) => Boolean(draft.answers[key] ?? draft.form[key]) ||
    draft.materials[key] !== undefined
  return {
    added: parts.filter(({ key }) => !earlier.has(key)).map(named),
    changed: parts.filter(({ key, said }) => said !== (earlier.get(key)?.said ?? said)).map(named),
    removed: [...earlier.values()]
      .filter((part) => !now.has(part.key) && given(part))
      .map(({ label }) => label),
  }
}

interface Part extends MovedPart {
  /** all of it that a citizen reads or is held to */
  said: string
}

const named = ({ key, label }: Part): MovedPart => ({ key, label })

function partsOf(topic: Topic, { answers, form }: Begun): Map<string, Part> {
  const plan = makePlan(topic, { answers, form })
  const parts = [
    ...plan.questions.map((one) => ({ key: one.id, label: one.ask, said: saidByQuestion(one) })),
    ...plan.form.map((one) => ({
      key: one.key, label: ownedBy(one.roleLabel, one.label), said: saidByField(one),
    })),
    ...toSupply(plan.materials).map((one) => ({
      key: one.key, label: ofWhom(one.roleLabel, one.name), said: saidByMaterial(one),
    })),
  ]
  return new Map(parts.map((part) => [part.key, part]))
}

const choices = (options: readonly { value: string; label: string; hint?: string }[] = []) =>
  options.map(({ value, label, hint }) => [value, label, hint])

function saidByQuestion({ ask, hint, many, options }: Question): string {
  return JSON.stringify([ask, hint, many, choices(options)])
}

function saidByField(field: PlannedField): string {
  const { label, type, hint, unit, minLength, maxLength, min, max, decimals, pattern } = field
  return JSON.stringify([
    label, type, hint, unit, minLength, maxLength, min, max, decimals, pattern, field.optional,
    choices(field.options),
  ])
}

function saidByMaterial(material: PlannedMaterial): string {
  const { name, content, sides, maxPages, how, declaration, optional } = material
  return JSON.stringify([name, content, sides, maxPages, how, declaration, optional])
}
