import type { PlannedItem } from './plan'
import { type Facts, type Rule, evaluate } from './rule'

interface Use {
  key: string
  when: Rule
  optional: boolean
}

/** Who of the plan's items uses one field or material: one entry per item, "no" left out. */
export function usesOf<T extends Use>(
  key: string,
  items: readonly PlannedItem[],
  usesIn: (item: PlannedItem['item']) => readonly T[],
  facts: Facts,
) {
  return items.flatMap(({ item, verdict }) =>
    usesIn(item)
      .filter((use) => use.key === key)
      .map((use) => ({ ...use, itemId: item.id, self: evaluate(use.when, facts), item: verdict }))
      .filter(({ self }) => self !== 'no')
      .map(({ item: mine, self, ...use }) => ({
        ...use,
        certain: mine === 'yes' && self === 'yes',
      })),
  )
}
