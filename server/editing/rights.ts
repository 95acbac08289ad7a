/** Who may write what: the lead department its topic, every department its own items. */
import type { ItemSource, TopicSource } from '../../core/contract/catalogue'
import type { DraftView } from '../../core/contract/editing'
import { type TopicParts, fieldIds, materialIds } from '../../core/editing'
import { Refused } from '../../core/refusal'
import type { StaffMember } from '../actor'
import type { CatalogueFiles, LoadedCatalogue } from '../catalogue/load'
import type { Subject } from '../policies'

/** The catalogue is the prefecture's: a county's own staff do not write it. */
export function subjectOf(
  catalogue: LoadedCatalogue,
  parts: readonly Pick<TopicParts, 'topic' | 'items'>[],
): Subject {
  const prefecture = catalogue.regions.find(({ level }) => level === 'prefecture')
  return {
    regionCode: prefecture?.code,
    departments: parts.flatMap(({ topic, items }) =>
      [topic.lead, ...items.map(({ department }) => department)]),
  }
}

export function leads(by: StaffMember, topic: Pick<TopicSource, 'lead'>): boolean {
  return by.kind === 'editor' && by.department === topic.lead
}

const owns = (by: StaffMember, item: Pick<ItemSource, 'department'>) =>
  by.kind === 'editor' && by.department === item.department

/** Records only this topic uses: its lead may write them. */
function ownOf(
  files: CatalogueFiles,
  topicId: string,
  idsOf: (item: ItemSource) => string[],
): (id: string) => boolean {
  const elsewhere = new Set(files.topics.filter(({ id }) => id !== topicId)
    .flatMap((topic) => topic.items.map(({ item }) => item)))
  const taken = new Set(files.items.filter(({ id }) => elsewhere.has(id)).flatMap(idsOf))
  return (id) => !taken.has(id)
}

export function mayEdit(
  files: CatalogueFiles,
  by: StaffMember,
  { topic, items, elements, materials }: TopicParts,
): DraftView['mayEdit'] {
  const lead = leads(by, topic)
  const ids = (all: readonly { id: string }[], may: (id: string) => boolean) =>
    (lead ? all.map(({ id }) => id).filter(may) : [])
  return {
    topic: lead,
    items: items.filter((item) => owns(by, item)).map(({ id }) => id),
    elements: ids(elements, ownOf(files, topic.id, fieldIds)),
    materials: ids(materials, ownOf(files, topic.id, materialIds)),
  }
}

export interface Given {
  topic?: TopicSource | undefined
  items: readonly ItemSource[]
  elements: readonly { id: string }[]
  materials: readonly { id: string }[]
}

/**
 * Also a record may not be taken over by changing whose it is.
 * @throws {Refused} NOT_ALLOWED
 */
export function checkMine(
  files: CatalogueFiles,
  by: StaffMember,
  { base, given }: { base: TopicSource; given: Given },
): void {
  const { topic } = given
  const lead = leads(by, base)
  const sameTopic = !topic ||
    (topic.id === base.id && topic.number === base.number && topic.lead === base.lead)
  const ownItems = given.items.every((item) => owns(by, item) &&
    owns(by, files.items.find(({ id }) => id === item.id) ?? item))
  const ownField = ownOf(files, base.id, fieldIds)
  const ownPaper = ownOf(files, base.id, materialIds)
  const fine = (!topic || lead) && sameTopic && ownItems &&
    given.elements.every(({ id }) => lead && ownField(id)) &&
    given.materials.every(({ id }) => lead && ownPaper(id))
  if (!fine) throw new Refused('NOT_ALLOWED')
}
