import type { PlannedItem } from './needs'
import { type Facts, type Rule, evaluate } from './rule'

interface Use {
  key: string
  when: Rule
  optional: boolean
}

export interface Used<T> {
  use: T
  itemId: string
  certain: boolean
}

/** Who of the plan's items uses each field or material: an entry per item, "no" left out. */
export function usesByKey<T extends Use>(
  items: readonly PlannedItem[],
  usesIn: (item: PlannedItem['item']) => readonly T[],
  facts: Facts,
): ReadonlyMap<string, readonly Used<T>[]> {
  const found = new Map<string, Used<T>[]>()
  for (const { item, verdict } of items) {
    for (const use of usesIn(item)) {
      const self = evaluate(use.when, facts)
      if (self === 'no') continue
      const one = { use, itemId: item.id, certain: verdict === 'yes' && self === 'yes' }
      const others = found.get(use.key)
      if (others) others.push(one)
      else found.set(use.key, [one])
    }
  }
  return found
}
