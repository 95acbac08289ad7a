/** 一套材料: the merged materials. A document is photographed once however many items need it. */
import type { Relation, Topic, TopicMaterial } from './contract/topic'
import { labelOf, relationOf } from './form'
import type { PlannedItem } from './needs'
import type { Facts } from './rule'
import { usesByKey } from './uses'

export interface PlannedMaterial extends TopicMaterial {
  roleLabel: string
  optional: boolean
  /** ids of the items that need it, each with the reason where the catalogue gives one */
  askedBy: readonly { itemId: string; reason?: string }[]
  /** made by an item of this plan: nothing to hand in */
  fromItem: string | undefined
  /** whose e-certificate can replace the photo */
  relation: Relation | undefined
  certain: boolean
}

/** How a material was supplied. `photos` are upload ids, one a side or page, in order. */
export type Supply =
  | { by: 'photos'; ids: readonly string[] }
  | { by: 'certificate'; certificateId: string }
  | { by: 'declaration' }

/** The same, as the wire has it. */
export function wireSupply(given: Supply) {
  return given.by === 'photos' ? { by: given.by, ids: [...given.ids] } : given
}

/** The materials of the plan, in the catalogue's order. */
export function gatherMaterials(
  topic: Topic,
  items: readonly PlannedItem[],
  facts: Facts,
): PlannedMaterial[] {
  const labels = new Map(topic.roles.map(({ id, label }) => [id, label]))
  const usesOf = usesByKey(items, (item) => item.materials, facts)
  return topic.materials.flatMap((material) => {
    const uses = usesOf.get(material.key)
    if (!uses) return []
    const maker = items.find(
      ({ item, verdict }) => verdict === 'yes' && item.result.material === material.key,
    )
    return [{
      ...material,
      roleLabel: labelOf(labels.get(material.role) ?? material.role, material.row),
      optional: uses.every(({ use }) => use.optional),
      askedBy: uses.map(({ itemId, use }) => ({ itemId, reason: use.reason })),
      fromItem: maker?.item.id,
      relation: relationOf(topic, material.role, facts, material.row),
      certain: uses.some(({ certain }) => certain),
    }]
  })
}

/** The materials a citizen must hand in: photographed or declared, not made by the plan itself. */
export function toSupply(materials: readonly PlannedMaterial[]): PlannedMaterial[] {
  return materials.filter(
    ({ fromItem, how, certain }) => !fromItem && how !== 'onsite' && certain,
  )
}
