/** What a department may know of a case: what its item needs, and nothing else (S20). */
import { shanghaiDate } from '../../core/clock'
import type { PlannedMaterial } from '../../core/materials'
import type { PlannedItem } from '../../core/needs'
import type { Plan } from '../../core/plan'
import type { Content } from '../cases/content'
import type { Platform } from '../platform'
import type { ResultRow } from '../results/store'
import { type ResultValues, openValues } from '../results/values'

export interface EarlierResult {
  itemId: string
  name: string
  number: string
  issuedOn: string
  values: ResultValues
}

export interface Shared {
  form: Record<string, string>
  materials: PlannedMaterial[]
  results: EarlierResult[]
}

export function sharedWith(
  platform: Platform,
  planned: PlannedItem,
  { plan, content, results, itemOfTask }:
    { plan: Plan; content: Content; results: readonly ResultRow[];
      itemOfTask: (n: number) => string },
): Shared {
  const { item } = planned
  const wanted = new Set(item.fields.map(({ key }) => key))
  const earlier = results.flatMap((result): EarlierResult[] => {
    const maker = plan.items.find((one) => one.item.id === itemOfTask(result.n))
    if (!maker || maker.item.id === item.id) return []
    const used = maker.item.result.gives.some((key) => wanted.has(key)) ||
      item.materials.some(({ key }) => key === maker.item.result.material)
    if (!used) return []
    const values = openValues(platform.keys, result.id, result.values_sealed)
    return [{
      itemId: maker.item.id, name: result.name, number: result.number,
      issuedOn: shanghaiDate(result.issued_at.toISOString()), values: only(values, wanted),
    }]
  })
  const asked = new Set(
    plan.form.filter(({ askedBy }) => askedBy.includes(item.id)).map(({ key }) => key))
  return {
    form: Object.assign(only(content.form, asked), ...earlier.map(({ values }) => values)),
    materials: plan.materials.filter(({ askedBy }) =>
      askedBy.some(({ itemId }) => itemId === item.id)),
    results: earlier,
  }
}

function only(values: Record<string, string>, keys: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter(([key, value]) => keys.has(key) && value !== ''))
}
