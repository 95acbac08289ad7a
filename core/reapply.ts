/**
 * 重新申请: what an earlier case was filed with, as far as the topic still asks for it.
 *
 *   filed content + topic of today ──▶ answers, form, materials of a new draft, what was dropped
 */
import type { Topic } from './contract/topic'
import { type Supply, toSupply } from './materials'
import { type Plan, makePlan } from './plan'

type Values = Readonly<Record<string, string>>

export interface Filed {
  answers: Values
  form: Values
  materials: Readonly<Record<string, Supply>>
}

export interface Reapplied extends Filed {
  /** what was handed in and has no place now: ids of questions, keys of fields and materials */
  dropped: { answers: string[]; fields: string[]; materials: string[] }
}

/**
 * The draft to begin anew with. A declaration is never taken over: it is made for one application.
 * @param held  upload ids the citizen still has; a photo that is gone leaves its material empty
 */
export function reapply(topic: Topic, filed: Filed, held: ReadonlySet<string>): Reapplied {
  const { plan, form } = settled(topic, filed)
  const materials = supplies(plan, filed.materials, held)
  const kept = new Set(toSupply(plan.materials).map(({ key }) => key))
  const gone = ([key, supply]: [string, Supply]) =>
    !materials[key] && (supply.by !== 'declaration' || !kept.has(key))
  return {
    answers: { ...plan.answers },
    form,
    materials,
    dropped: {
      answers: Object.keys(filed.answers).filter((id) => plan.answers[id] === undefined),
      fields: Object.keys(filed.form).filter((key) => form[key] === undefined),
      materials: Object.entries(filed.materials).filter(gone).map(([key]) => key),
    },
  }
}

/** Taking a value away may hide the next field: goes on until what is kept is what is asked. */
function settled(topic: Topic, filed: Filed): { plan: Plan; form: Record<string, string> } {
  let form: Record<string, string> = { ...filed.form }
  for (;;) {
    const plan = makePlan(topic, { answers: filed.answers, form })
    const asked = new Map(plan.form.map((field) => [field.key, field]))
    const fits = ([key, value]: [string, string]) => {
      const field = asked.get(key)
      return field !== undefined && (!field.options || isOption(field.options, value))
    }
    const left = Object.fromEntries(Object.entries(form).filter(fits))
    if (Object.keys(left).length === Object.keys(form).length) return { plan, form }
    form = left
  }
}

/** Several choices are one string, joined by commas; nothing chosen yet is no choice gone. */
function isOption(options: readonly { value: string }[], value: string): boolean {
  return value.split(',').every((one) =>
    one === '' || options.some((option) => option.value === one))
}

function supplies(
  plan: Plan,
  given: Readonly<Record<string, Supply>>,
  held: ReadonlySet<string>,
): Record<string, Supply> {
  const kept: Record<string, Supply> = {}
  for (const { key, certificate } of toSupply(plan.materials)) {
    const supply = given[key]
    if (supply?.by === 'certificate' && certificate) kept[key] = supply
    if (supply?.by !== 'photos') continue
    // All pages or none: half a document passes for a whole one.
    if (supply.ids.length > 0 && supply.ids.every((id) => held.has(id))) kept[key] = supply
  }
  return kept
}
