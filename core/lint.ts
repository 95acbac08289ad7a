/** What can be said of a topic without trying answers: names, wording, completeness. */
import type { ItemSource, TopicSource } from './contract/catalogue'
import type { Need } from './contract/need'
import type { Field, Item, Topic, TopicMaterial } from './contract/topic'
import { lintChecks } from './lint-checks'
import { lawFaults } from './lint-law'
import { lintPeople } from './lint-people'
import { itemsOf, waitsOf } from './needs'
import { type Atom, type Rule, atoms } from './rule'
import type { CatalogueSource } from './topic'

export const HINT_LENGTH = 30
const ASK_LENGTH = 30
const READ = new Set([
  'name', 'short', 'label', 'ask', 'hint', 'text', 'title', 'summary', 'content', 'conditions',
  'declaration', 'reason', 'why', 'who', 'missed', 'next', 'sides', 'note', 'law', 'article',
  'ground', 'basis', 'source', 'patternText', 'sample', 'phrases',
])
const PLAIN = new Set(['ask', 'label', 'hint'])
const OPEN_ENDED = /(其他|其它|等|相关|有关)(证明)?材料/
const RELIGION = /宗教|信仰|教派|教籍/
const JARGON = /予以|系指|兹有|上述|事由|标的|申办|主体|情形|贵方/
const LINK = /https?:|www\.|<a\b|\.(com|cn|gov)\b/i
const HALF_WIDTH = /\p{Script=Han}[,;?!]|[,;?!]\p{Script=Han}/u

export interface NamedRule {
  where: string
  rule: Rule
}

/** Every rule of a topic and where it stands. */
export function rulesOf(topic: Topic): NamedRule[] {
  const named = (kind: string, parts: readonly { id: string; when: Rule }[]) =>
    parts.map(({ id, when }) => ({ where: `${kind} ${id}`, rule: when }))
  return [
    ...named('question', topic.questions),
    ...named('item', topic.items),
    ...topic.items.flatMap((item) => [
      ...item.fields.map((use) => ({ where: `${item.id} field ${use.key}`, rule: use.when })),
      ...item.materials.map((use) => ({ where: `${item.id} material ${use.key}`, rule: use.when })),
      ...named(`${item.id} onsite`, item.onsite),
      ...(item.season ? [{ where: `${item.id} season`, rule: item.season.when }] : []),
    ]),
    ...topic.roles.flatMap((role) => role.relation.map(({ to, when }) =>
      ({ where: `role ${role.id} as ${to}`, rule: when }))),
    ...topic.roles.flatMap(({ id, signs }) =>
      signs ? [{ where: `role ${id} signs`, rule: signs }] : []),
    ...topic.alternatives.map(({ id, unless }) => ({ where: `alternative ${id}`, rule: unless })),
    ...topic.joins.map(({ topic: to, when }) => ({ where: `join ${to}`, rule: when })),
    ...topic.checks.map(({ field, when }) => ({ where: `check on ${field}`, rule: when })),
    ...named('suggestion', (topic.suggestions ?? []).map(({ field: id, when }) => ({ id, when }))),
    ...named('deadline', topic.deadlines),
    ...named('notice', topic.notices),
    ...named('stop', topic.stops),
  ]
}

/** Faults of one linked topic. */
export function lintTopic(topic: Topic): string[] {
  return [
    ...rulesOf(topic).flatMap(({ where, rule }) =>
      atoms(rule).flatMap((atom) => lintAtom(topic, atom).map((fault) => `${where}: ${fault}`))),
    ...lintOrder(topic),
    ...lintNames(topic),
    ...topic.items.flatMap((item) => lintItem(topic, item)),
    ...topic.fields.flatMap(lintField),
    ...topic.materials.flatMap(lintMaterial),
    ...lintChecks(topic),
    ...lintPeople(topic),
    ...lintWording(topic, ''),
  ]
}

function lintAtom(topic: Topic, atom: Atom): string[] {
  if ('fact' in atom) return [`unbound fact "${atom.fact}"`]
  if ('q' in atom) {
    const question = topic.questions.find(({ id }) => id === atom.q)
    if (!question) return [`no question "${atom.q}"`]
    const known = new Set(question.options.map(({ value }) => value))
    return [atom.is].flat().filter((value) => !known.has(value))
      .map((value) => `question "${atom.q}" has no option "${value}"`)
  }
  const keys = 'equals' in atom ? [atom.field, atom.equals] : [atom.field]
  const unknown = keys.filter((key) => !topic.fields.some((field) => field.key === key))
  if (unknown.length > 0) return unknown.map((key) => `no field "${key}"`)
  if ('equals' in atom) return []
  const options = topic.fields.find(({ key }) => key === atom.field)?.options
  return [atom.is].flat().filter((value) => options && !options.some((one) => one.value === value))
    .map((value) => `field "${atom.field}" has no option "${value}"`)
}

/** A question may only depend on earlier ones, never on the form. */
function lintOrder(topic: Topic): string[] {
  return topic.questions.flatMap(({ id, when }, n) => {
    const earlier = new Set(topic.questions.slice(0, n).map((question) => question.id))
    return atoms(when).flatMap((atom) => {
      if (!('q' in atom)) return [`question ${id}: may depend on questions only`]
      return earlier.has(atom.q) ? [] : [`question ${id}: "${atom.q}" is not asked before it`]
    })
  })
}

function lintNames(topic: Topic): string[] {
  const { questions, items, roles, deadlines, notices, stops, departments } = topic
  const used = new Set([...topic.fields, ...topic.materials].map(({ role }) => role))
  const groups = { questions, items, roles, deadlines, notices, stops, departments }
  return [
    ...Object.entries(groups).flatMap(([group, parts]) =>
      repeated(parts.map(({ id }) => id)).map((id) => `${group}: "${id}" is there twice`)),
    ...questions.flatMap((question) => [
      ...repeated(question.options.map(({ value }) => value)),
      ...repeated(question.options.map(({ label }) => label)),
    ].map((twice) => `question ${question.id}: option "${twice}" is there twice`)),
    ...questions.filter(({ many, options }) => !many && options.some(({ alone }) => alone))
      .map(({ id }) => `question ${id}: alone, though only one may be chosen`),
    ...questions.filter(({ many, options }) => options.some(({ usual }) => usual) &&
      (!many || options.some(({ alone, usual }) => alone && usual)))
      .map(({ id }) => `question ${id}: usual, though it cannot go with others`),
    ...questions.filter(({ many, options }) => many && options.some(({ value }) =>
      value.includes(','))).map(({ id }) => `question ${id}: a comma in a value`),
    ...repeated(topic.phrases).map((phrase) => `phrases: “${phrase}” is there twice`),
    ...questions.filter(({ ask }) => !ask.endsWith('？') || ask.length > ASK_LENGTH)
      .map(({ id }) => `question ${id}: not one short question`),
    ...roles.filter(({ id }) => !used.has(id))
      .map(({ id }) => `role ${id}: nothing is asked of it`),
    ...roles.filter(({ relation }) => relation.length === 0)
      .map(({ id }) => `role ${id}: no relation to the person filling in`),
    ...departments.filter(({ phone }) => !phone).map(({ id }) => `department ${id}: no phone`),
  ]
}

function lintItem(topic: Topic, item: Item): string[] {
  const { conditions, fee, mode, needs, onsite, promised, result } = item
  const ids = new Set(topic.items.map(({ id }) => id))
  return [
    ...[...itemsOf(needs), ...waitsOf(needs).flatMap(({ given }) => given ?? [])]
      .filter((id) => !ids.has(id)).map((id) => `needs unknown "${id}"`),
    ...repeated(onsite.map(({ id }) => id)).map((id) => `step "${id}" is there twice`),
    ...lawFaults(item),
    ...faultsOf([
      [waitsOf(needs).some(({ label }) => blank(label)), 'a wait without a label'],
      [onCircle(topic.items, item.id), 'needs itself, a dependency circle'],
      [conditions.length === 0 || conditions.some(blank), 'no condition'],
      [blank(fee.basis) || blank(fee.text), 'no basis of the fee'],
      [promised.days < 1, 'no promised time'],
      [blank(result.name), 'no result'],
      [item.seedRows.length === 0 && !item.seedNote, 'no seed row and no note why'],
      [item.fields.length === 0 && mode === 'apply', 'asks nothing, yet is applied for'],
      [mode === 'onsite' && onsite.length === 0, 'on site, but no step says so'],
    ]),
  ].map((fault) => `item ${item.id}: ${fault}`)
}

export function faultsOf(cases: readonly (readonly [boolean, string])[]): string[] {
  return cases.flatMap(([wrong, fault]) => (wrong ? [fault] : []))
}

function onCircle(items: readonly Item[], start: string): boolean {
  const seen = new Set<string>()
  const reach = (need: Need): boolean => itemsOf(need).some((id) => {
    if (id === start) return true
    if (seen.has(id)) return false
    seen.add(id)
    const next = items.find((item) => item.id === id)
    return next !== undefined && reach(next.needs)
  })
  return reach(items.find(({ id }) => id === start)?.needs ?? { all: [] })
}

function lintField({ key, type, options, hint, ground, min, max, ...text }: Field): string[] {
  return [
    ...repeated((options ?? []).map(({ value }) => value))
      .map((value) => `option "${value}" is there twice`),
    ...faultsOf([
      [type === 'choice' && (options?.length ?? 0) < 2, 'a choice without options'],
      [type !== 'choice' && options !== undefined, 'options, but not a choice'],
      [blank(ground), 'no legal ground'],
      [type === 'number' && (min === undefined || max === undefined), 'a number without limits'],
      [min !== undefined && max !== undefined && min > max, 'limits the wrong way round'],
      [hint !== undefined && blank(hint), 'an empty hint'],
      [text.pattern !== undefined && !isPatternSound(type, text), 'a pattern its example breaks'],
    ]),
  ].map((fault) => `field ${key}: ${fault}`)
}

function isPatternSound(type: string, text: Pick<Field, 'pattern' | 'patternText' | 'example'>) {
  const { pattern = '', patternText = '', example = '' } = text
  return type === 'text' && /^\^.*\$$/.test(pattern) && !blank(patternText) &&
    new RegExp(pattern, 'u').test(example)
}

function lintMaterial(material: TopicMaterial): string[] {
  const { key, how, declaration, certificate, sides, maxPages, content, sample } = material
  return faultsOf([
    [blank(content), 'does not say what must be on it'],
    [how === 'declaration' && blank(declaration ?? ''), 'no sentence to declare'],
    [how !== 'declaration' && declaration !== undefined, 'a sentence, but no declaration'],
    [how !== 'photo' && certificate !== undefined, 'a certificate, but no photo it replaces'],
    [sides.length > maxPages, 'more sides than pages allowed'],
    [how === 'photo' && sample === undefined, 'no sample of what to photograph'],
  ]).map((fault) => `material ${key}: ${fault}`)
}

function lintWording(part: unknown, path: string, key = ''): string[] {
  if (typeof part === 'string') return READ.has(key) ? lintText(part, path, key) : []
  if (Array.isArray(part)) {
    return part.flatMap((one, n) => lintWording(one, `${path}[${n}]`, key))
  }
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([name, value]) =>
    ['when', 'needs'].includes(name) ? [] : lintWording(value, `${path}.${name}`, name))
}

function lintText(text: string, path: string, key: string): string[] {
  return faultsOf([
    [blank(text), 'empty'],
    [OPEN_ENDED.test(text), 'an open-ended “其他材料”'],
    [RELIGION.test(text), 'religion is never asked'],
    [HALF_WIDTH.test(text), 'half-width punctuation'],
    [key === 'hint' && text.length > HINT_LENGTH, `longer than ${HINT_LENGTH} characters`],
    [PLAIN.has(key) && LINK.test(text), 'a link'],
    [PLAIN.has(key) && JARGON.test(text), 'office language'],
  ]).map((fault) => `${path.slice(1)} “${text}”: ${fault}`)
}

/** Faults of the files beside the topics: double definitions, and what no topic uses. */
export function lintSource(
  source: CatalogueSource & { topics: readonly TopicSource[] },
): string[] {
  const { elements, materials, departments, items, topics } = source
  const numbers = topics.map(({ number }) => `${number}`)
  const lists = { elements, materials, departments, items, topics }
  const bound = new Set(topics.flatMap((topic) => topic.items.map(({ item }) => item)))
  const fields = new Set(items.flatMap((item) => [...fieldKeys(item)].map(nameOf)))
  const papers = new Set(items.flatMap((item) => [...materialKeys(item)].map(nameOf)))
  return [
    ...Object.entries(lists).flatMap(([list, parts]) =>
      repeated(parts.map(({ id }) => id)).map((id) => `${list}: "${id}" is defined twice`)),
    ...repeated(numbers).map((number) => `topics: number ${number} is taken twice`),
    ...repeated(elements.map(({ label }) => label))
      .map((label) => `elements: two mean “${label}”`),
    ...repeated(materials.map(({ name }) => name))
      .map((name) => `materials: two mean “${name}”`),
    ...items.filter(({ id }) => !bound.has(id)).map(({ id }) => `items: no topic has "${id}"`),
    ...elements.filter(({ id }) => !fields.has(id))
      .map(({ id }) => `elements: no item asks "${id}"`),
    ...materials.filter(({ id }) => !papers.has(id))
      .map(({ id }) => `materials: no item uses "${id}"`),
    ...items.flatMap(lintItemSource),
    ...topics.flatMap((topic) => lintJoins(topic, topics)),
  ]
}

function lintJoins({ id, roles, joins = [] }: TopicSource, topics: readonly TopicSource[]) {
  const has = (among: TopicSource['roles'], role: string) => among.some((one) => one.id === role)
  return joins.flatMap(({ topic, as }) => {
    const there = topics.find((one) => one.id === topic)
    if (!there) return [`topic ${id}: joins unknown "${topic}"`]
    return Object.entries(as)
      .filter(([to, from]) => !has(there.roles, to) || !has(roles, from))
      .map(([to, from]) => `topic ${id}: cannot carry "${from}" to "${to}" of ${topic}`)
  })
}

function lintItemSource(item: ItemSource): string[] {
  const used = new Set([...fieldKeys(item), ...materialKeys(item)].map((key) => key.split('.')[0]))
  const { fields, materials, onsite = [], checks = [], season } = item
  const rules = JSON.stringify([fields, materials, onsite, checks, season])
  return [
    ...item.roles.filter((role) => !used.has(role)).map((role) => `role "${role}" unused`),
    ...Object.keys(item.facts ?? {}).filter((fact) => !rules.includes(`"fact":"${fact}"`))
      .map((fact) => `fact "${fact}" decides nothing`),
    ...repeated(askedKeys(item)).map((key) => `"${key}" twice`),
  ].map((fault) => `item ${item.id}: ${fault}`)
}

function askedKeys({ fields }: ItemSource): string[] {
  return fields.map((use) => (typeof use === 'string' ? use : use.field))
}

function fieldKeys(item: ItemSource): string[] {
  return [...askedKeys(item), ...(item.result.gives ?? [])]
}

function materialKeys({ materials, result }: ItemSource): string[] {
  const made = result.material ? [result.material] : []
  return [...materials.map((use) => (typeof use === 'string' ? use : use.material)), ...made]
}

const nameOf = (key: string) => key.split('.')[1] ?? ''

export function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, n) => values.indexOf(value) !== n))]
}

export function blank(text: string): boolean {
  return text.trim() === ''
}
