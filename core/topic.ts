/**
 * Linking: a topic binds the generic roles and facts of the items it contains.
 *
 *   item  holder.name, fact "lost"  ──as {holder: child}, where {lost: …}──▶  child.name, rule
 *
 * That binding is what makes one form: two items that ask `child.name` ask it once.
 */
import type { ItemSource, TopicSource } from './contract/catalogue'
import type { Need } from './contract/need'
import type {
  Department, Element, Field, Item, Material, Season, Topic, TopicMaterial,
} from './contract/topic'
import { renamed } from './must'
import { ALWAYS, type Rule, constant, mapAtoms } from './rule'

/** The catalogue's files, parsed; ids are unique within each list. */
export interface CatalogueSource {
  elements: readonly Element[]
  materials: readonly Material[]
  departments: readonly Department[]
  items: readonly ItemSource[]
  seasons: readonly Season[]
}

/** Everything wrong with a topic, told at once: an author mends a list, not one line at a time. */
export class CatalogueFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'))
    this.name = 'CatalogueFault'
  }
}

type ItemBinding = TopicSource['items'][number]

interface Linking {
  source: TopicSource
  catalogue: CatalogueSource
  roles: ReadonlySet<string>
  fields: Map<string, Field>
  materials: Map<string, TopicMaterial>
  faults: string[]
}

/**
 * One topic with its items linked.
 * @throws {CatalogueFault} naming every unknown id, unbound role or unbound fact
 */
export function link(source: TopicSource, catalogue: CatalogueSource): Topic {
  const linking: Linking = {
    source,
    catalogue,
    roles: new Set(source.roles.map((role) => role.id)),
    fields: new Map(),
    materials: new Map(),
    faults: [],
  }
  const linked = source.items.flatMap((binding) => linkItem(binding, linking))
  const topic: Topic = {
    ...source,
    roles: source.roles.map((role) => ({
      id: role.id,
      label: role.label,
      many: role.many,
      signs: role.signs,
      minor: role.minor ?? false,
      relation: (role.relation ?? []).map(always),
    })),
    questions: source.questions.map(always),
    items: linked.map(({ item }) => item),
    alternatives: source.alternatives ?? [],
    seasons: seasonsOf(linked.map(({ item }) => item), linking),
    joins: source.joins ?? [],
    fields: [...linking.fields.values()],
    materials: [...linking.materials.values()],
    departments: departmentsOf(source, linked.map(({ item }) => item), linking),
    checks: distinct([
      ...linked.flatMap(({ checks }) => checks), ...(source.checks ?? []).map(always),
    ]),
    suggestions: source.suggestions?.map(always),
    deadlines: (source.deadlines ?? []).map(always),
    notices: (source.notices ?? []).map(always),
    stops: source.stops ?? [],
  }
  linking.faults.push(...ownElementFaults(topic, catalogue.elements))
  if (linking.faults.length > 0) throw new CatalogueFault(linking.faults)
  return topic
}

/** What a suggestion takes of whoever fills in need not be asked of anyone in the topic. */
function ownElementFaults({ id, suggestions, fields }: Topic, elements: readonly Element[]) {
  return (suggestions ?? []).flatMap(({ field, mine }) => {
    if (mine === undefined) return []
    const given = elements.find((one) => one.id === mine)?.type
    return given && given === fields.find(({ key }) => key === field)?.type
      ? [] : [`${id}: suggestion of ${field}: "${mine}" is of another kind`]
  })
}

/** Items that share a check share its message too. */
function distinct<T>(parts: readonly T[]): T[] {
  const written = parts.map((part) => JSON.stringify(part))
  return parts.filter((_, n) => written.indexOf(written[n] ?? '') === n)
}

function always<T extends { when?: Rule }>(part: T): T & { when: Rule } {
  return { ...part, when: part.when ?? ALWAYS }
}

function linkItem(
  binding: ItemBinding,
  linking: Linking,
): { item: Item; checks: Topic['checks'] }[] {
  const item = linking.catalogue.items.find(({ id }) => id === binding.item)
  if (!item) {
    linking.faults.push(`${linking.source.id}: no item "${binding.item}"`)
    return []
  }
  const bind = binder(item, binding, linking)
  const reachable = <T extends Conditional>(parts: readonly T[] | undefined) =>
    (parts ?? []).filter((part) => constant(bind.settled(conditionOf(part))) !== 'no')
  const checks = reachable(item.checks).map((check) => ({
    field: bind.key(check.field),
    when: bind.rule(check.when),
    must: renamed(check.must, bind.key),
    text: check.text,
  }))
  const season = reachable(item.season ? [item.season] : []).map(({ id, when }) => ({
    id, when: bind.rule(when),
  }))[0]
  const { roles: _roles, facts: _facts, checks: _checks, ...rest } = item
  return [{
    checks,
    item: {
      ...rest,
      seedRows: item.seedRows.filter((row) => row.split('.')[0] === `${linking.source.number}`),
      conditions: reachable(item.conditions).map((one) => typeof one === 'string' ? one : one.text),
      when: binding.when ?? ALWAYS,
      needs: binding.needs ?? NOTHING,
      alternative: binding.alternative,
      season,
      fields: reachable(item.fields).map((use) => fieldUse(use, bind, linking)),
      materials: reachable(item.materials).map((use) => materialUse(use, bind, linking)),
      onsite: reachable(item.onsite).map((step) => ({ ...step, when: bind.rule(step.when) })),
      result: {
        name: item.result.name,
        certificate: item.result.certificate,
        ...(item.result.typeCode ? { typeCode: item.result.typeCode } : {}),
        ...(item.result.validity ? { validity: item.result.validity } : {}),
        material: item.result.material && material(bind.key(item.result.material), linking),
        gives: (item.result.gives ?? []).map((key) => field(bind.key(key), linking)),
      },
    },
  }]
}

const NOTHING: Need = { all: [] }

type Conditional = string | { when?: Rule }

function conditionOf(part: Conditional): Rule | undefined {
  return typeof part === 'string' ? undefined : part.when
}

interface Binder {
  key: (key: string) => string
  /** facts alone replaced: tells what can never apply here, whose roles need not be bound */
  settled: (rule: Rule | undefined) => Rule
  rule: (rule: Rule | undefined) => Rule
}

function binder(item: ItemSource, binding: ItemBinding, linking: Linking): Binder {
  const place = `${linking.source.id}/${item.id}`
  const key = (generic: string) => {
    const [role = '', name = ''] = generic.split('.')
    if (!item.roles.includes(role)) linking.faults.push(`${place}: role of "${generic}" undeclared`)
    const bound = binding.as?.[role] ?? role
    if (!linking.roles.has(bound)) linking.faults.push(`${place}: role "${role}" is not bound`)
    return `${bound}.${name}`
  }
  const rule = (generic: Rule | undefined): Rule =>
    mapAtoms(generic ?? ALWAYS, (atom) => {
      if ('fact' in atom) {
        const given = binding.where?.[atom.fact]
        if (!given) linking.faults.push(`${place}: fact "${atom.fact}" is not bound`)
        return given ?? ALWAYS
      }
      if ('q' in atom) {
        linking.faults.push(`${place}: an item cannot ask question "${atom.q}"; use a fact`)
        return atom
      }
      if ('equals' in atom) return { field: key(atom.field), equals: key(atom.equals) }
      return { field: key(atom.field), is: atom.is }
    })
  const settled = (generic: Rule | undefined): Rule =>
    mapAtoms(generic ?? ALWAYS, (atom) =>
      ('fact' in atom ? binding.where?.[atom.fact] ?? ALWAYS : atom))
  for (const fact of Object.keys(binding.where ?? {})) {
    if (!item.facts?.[fact]) linking.faults.push(`${place}: the item has no fact "${fact}"`)
  }
  return { key, rule, settled }
}

function fieldUse(use: ItemSource['fields'][number], bind: Binder, linking: Linking) {
  const { field: generic, when, optional = false } =
    typeof use === 'string' ? { field: use } : use
  return { key: field(bind.key(generic), linking), when: bind.rule(when), optional }
}

function materialUse(use: ItemSource['materials'][number], bind: Binder, linking: Linking) {
  const { material: generic, when, optional = false, reason } =
    typeof use === 'string' ? { material: use } : use
  return { key: material(bind.key(generic), linking), when: bind.rule(when), optional, reason }
}

function field(key: string, { catalogue, fields, faults, source }: Linking): string {
  const [role = '', element = ''] = key.split('.')
  const found = catalogue.elements.find(({ id }) => id === element)
  if (!found) faults.push(`${source.id}: no element "${element}"`)
  else if (!fields.has(key)) fields.set(key, { ...found, key, role, element })
  return key
}

function material(key: string, { catalogue, materials, faults, source }: Linking): string {
  const [role = '', id = ''] = key.split('.')
  const found = catalogue.materials.find((one) => one.id === id)
  if (!found) faults.push(`${source.id}: no material "${id}"`)
  else if (!materials.has(key)) materials.set(key, { ...found, key, role })
  return key
}

function seasonsOf(items: Item[], { catalogue, faults, source }: Linking): Season[] {
  const wanted = [...new Set(items.flatMap(({ season }) => season?.id ?? []))]
  return wanted.flatMap((id) => {
    const found = catalogue.seasons.find((season) => season.id === id)
    if (!found) faults.push(`${source.id}: no season "${id}"`)
    return found ?? []
  })
}

function departmentsOf(source: TopicSource, items: Item[], linking: Linking): Department[] {
  const wanted = [...new Set([source.lead, ...items.map((item) => item.department)])]
  return wanted.flatMap((id) => {
    const found = linking.catalogue.departments.find((department) => department.id === id)
    if (!found) linking.faults.push(`${source.id}: no department "${id}"`)
    return found ?? []
  })
}
