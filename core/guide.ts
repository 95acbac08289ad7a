/**
 * 完整办事指南: everything a topic asks, promises and gives, as data that page and PDF print.
 *
 * Without answers it is the guide of the topic: every situation, each part with the words of when
 * it applies, drawn for the usual one. With answers it leaves out what does not apply to them.
 */
import type { Item, Onsite, Topic, TopicMaterial } from './contract/topic'
import { type Flow, flowOf } from './flow'
import {
  basisText, departmentName, materialTitle, needWords, notedLimit, seasonWords,
} from './guide-words'
import { type Measures, measure } from './meter'
import { type Plan, makePlan, usualFacts } from './plan'
import { type Facts, type Rule, evaluate } from './rule'
import { ruleWords } from './rule-words'

/** A part that may hang on a situation: in words, empty where it always applies. */
interface Conditional {
  when: string
}

export interface GuideQuestion extends Conditional {
  ask: string
  hint: string | undefined
  many: boolean
  options: readonly { label: string; hint: string | undefined; chosen: boolean }[]
}

export interface GuideItem extends Conditional {
  id: string
  name: string
  department: string
  /** rows of the plan of 2022, e.g. 6.3 */
  seedRows: readonly string[]
  mode: Item['mode']
  /** part of the situation that is drawn; false: of others only */
  drawn: boolean
  /** what has to be done before, in words */
  after: string
  conditions: readonly string[]
  basis: readonly string[]
  statutory: string | undefined
  promised: string
  /** 报名期, a line a round */
  season: readonly string[]
  fee: string
  feeBasis: string
  result: string
  certificate: boolean
  materials: readonly (Conditional & { title: string; reason: string | undefined })[]
  onsite: readonly (Conditional & Pick<Onsite, 'text' | 'who' | 'why'>)[]
  draft: boolean
  source: string
  checkedOn: string
}

export interface GuideMaterial extends Conditional {
  key: string
  title: string
  optional: boolean
  content: string
  sides: readonly string[]
  maxPages: number
  sample: readonly string[]
  how: TopicMaterial['how']
  declaration: string | undefined
  certificate: boolean
  /** each person of a list hands in their own */
  each: boolean
  /** short name of the item whose result it is; `always`: it is part of every situation shown */
  madeBy: { name: string; always: boolean } | undefined
  /** short names of the items that need it */
  neededBy: readonly string[]
}

export interface Guide {
  topicId: string
  number: number
  title: string
  summary: string
  version: number
  /** times, fees and materials are not confirmed by the departments yet: marked 参考 */
  draft: boolean
  /** the latest day on which an item was checked against its source */
  checkedOn: string
  /** whose guide: every situation's, or the one of the answers given */
  scope: 'all' | 'mine'
  audience: Topic['audience']
  lead: string
  basis: readonly string[]
  questions: readonly GuideQuestion[]
  flow: Flow
  /** promised working days along the longest way */
  days: number
  saved: Measures
  items: readonly GuideItem[]
  fields: readonly { role: string; labels: readonly string[] }[]
  materials: readonly GuideMaterial[]
  deadlines: readonly (Conditional & { text: string; missed: string; basis: string })[]
  notices: readonly (Conditional & { text: string })[]
  stops: readonly (Conditional & { title: string; text: string; next: string })[]
  contacts: readonly { name: string; phone: string | undefined; items: readonly string[] }[]
}

interface Making {
  topic: Topic
  plan: Plan
  facts: Facts
  scope: Guide['scope']
}

/** The guide of a topic; answers to questions that are not shown count for nothing. */
export function makeGuide(topic: Topic, answers: Readonly<Record<string, string>> = {}): Guide {
  const given = makePlan(topic, { answers, form: {} })
  const scope = Object.keys(given.answers).length > 0 ? 'mine' : 'all'
  const plan = scope === 'mine'
    ? given : makePlan(topic, usualFacts(topic, { answers: {}, form: {} }))
  const making: Making = { topic, plan, scope, facts: { answers: plan.answers, form: {} } }
  const items = itemsIn(making)
  const { number, title, summary, version, audience } = topic
  return {
    topicId: topic.id, number, title, summary, version, scope, audience,
    draft: topic.status === 'draft' || items.some(({ status }) => status === 'draft'),
    checkedOn: items.map(({ checkedOn }) => checkedOn).sort().pop() ?? '',
    lead: departmentName(topic, topic.lead),
    basis: topic.basis.map(basisText),
    questions: questionsOf(making),
    flow: flowOf(plan, topic.departments),
    days: plan.days,
    saved: measure(plan),
    items: items.map((item) => guideItem(item, making)),
    fields: fieldsOf(items, making),
    materials: materialsOf(items, making),
    deadlines: parts(topic.deadlines, making)
      .filter((part) => items.some(({ id }) => part.items.includes(id)))
      .map(({ text, missed, basis, when }) => ({ text, missed, basis: basisText(basis), when })),
    notices: parts(topic.notices, making).map(({ text, when }) => ({ text, when })),
    stops: parts(topic.stops, making)
      .map(({ title, text, next, when }) => ({ title, text, next, when })),
    contacts: contactsOf(items, topic),
  }
}

/** What applies, or may apply, to the scope of the guide, its rule in words. */
function parts<T extends { when: Rule }>(
  list: readonly T[],
  { topic, facts, scope }: Making,
): (Omit<T, 'when'> & Conditional)[] {
  return list
    .filter(({ when }) => scope === 'all' || evaluate(when, facts) !== 'no')
    .map((part) => {
      const settled = scope === 'mine' && evaluate(part.when, facts) === 'yes'
      return { ...part, when: settled ? '' : ruleWords(topic, part.when) }
    })
}

/** Items in the order they are done; what the drawn situation does without comes last. */
function itemsIn({ topic, plan, scope }: Making): Item[] {
  const planned = plan.stages.flatMap((stage) =>
    topic.items.filter(({ id }) => stage.includes(id)))
  const others = topic.items.filter((item) => !planned.includes(item))
  return scope === 'all' ? [...planned, ...others] : planned
}

function guideItem(item: Item, making: Making): GuideItem {
  const { topic, plan } = making
  const { id, name, seedRows, mode, conditions, statutory, promised, fee, result } = item
  return {
    id, name, seedRows, mode, conditions,
    department: departmentName(topic, item.department),
    when: parts([item], making)[0]?.when ?? '',
    drawn: plan.items.some((planned) => planned.item.id === id),
    after: needWords(topic, neededBy(item, making)),
    basis: item.basis.map(basisText),
    statutory: statutory && notedLimit(statutory),
    promised: notedLimit(promised),
    season: seasonWords(topic, item),
    fee: fee.text,
    feeBasis: fee.basis,
    result: result.name,
    certificate: result.certificate,
    materials: parts(item.materials, making).map(({ key, when, reason, optional }) => ({
      title: `${materialTitle(topic, key)}${optional ? '（选填）' : ''}`, when, reason,
    })),
    onsite: parts(item.onsite, making)
      .map(({ text, who, why, when }) => ({ text, who, why, when })),
    draft: item.status === 'draft',
    source: item.source,
    checkedOn: item.checkedOn,
  }
}

/** Of somebody's own guide, without the items that are not part of it. */
function neededBy({ id, needs }: Item, { plan, scope }: Making): Item['needs'] {
  const planned = plan.items.find(({ item }) => item.id === id)
  return scope === 'mine' && planned ? planned.needs : needs
}

function questionsOf({ topic, plan, scope }: Making): GuideQuestion[] {
  const asked = scope === 'all' ? topic.questions : plan.questions
  return asked.map(({ id, ask, hint, many, options, when }) => {
    const chosen = (plan.answers[id] ?? '').split(',')
    return {
      ask, hint, many: many ?? false,
      when: scope === 'all' ? ruleWords(topic, when) : '',
      options: options.map(({ value, label, hint: about }) => ({
        label, hint: about, chosen: chosen.includes(value),
      })),
    }
  })
}

function fieldsOf(items: readonly Item[], making: Making): Guide['fields'] {
  const { topic } = making
  const certain = parts(items, making).filter(({ when }) => when === '')
  const given = new Set(certain.flatMap(({ result }) => result.gives))
  const used = new Set(items.flatMap(({ fields }) => parts(fields, making).map(({ key }) => key)))
  const asked = topic.fields.filter(({ key }) => used.has(key) && !given.has(key))
  return topic.roles
    .map(({ id, label }) => ({
      role: label, labels: asked.filter(({ role }) => role === id).map((field) => field.label),
    }))
    .filter(({ labels }) => labels.length > 0)
}

function materialsOf(items: readonly Item[], making: Making): GuideMaterial[] {
  const { topic } = making
  return topic.materials.flatMap((material): GuideMaterial[] => {
    const uses = items.flatMap((item) => parts(item.materials, making)
      .filter(({ key }) => key === material.key).map((use) => ({ ...use, item })))
    if (uses.length === 0) return []
    const always = uses.some(({ when }) => when === '')
    const when = [...new Set(uses.map((use) => use.when))].join('，或者')
    const { key, name: _name, role: _role, id: _id, row: _row, ...rest } = material
    return [{
      ...rest, key, title: materialTitle(topic, key),
      when: always ? '' : when,
      optional: uses.every(({ optional }) => optional),
      sample: material.sample ?? [],
      certificate: material.certificate !== undefined,
      declaration: material.declaration,
      each: topic.roles.some(({ id, many }) => id === material.role && many !== undefined),
      madeBy: makerOf(key, items, making),
      neededBy: [...new Set(uses.map(({ item }) => item.short))],
    }]
  })
}

function makerOf(key: string, items: readonly Item[], making: Making): GuideMaterial['madeBy'] {
  const [maker] = parts(items.filter(({ result }) => result.material === key), making)
  return maker && { name: maker.short, always: maker.when === '' }
}

function contactsOf(items: readonly Item[], { departments }: Topic): Guide['contacts'] {
  return departments.flatMap(({ id, name, phone }) => {
    const own = items.filter(({ department }) => department === id).map(({ short }) => short)
    return own.length > 0 ? [{ name, phone, items: own }] : []
  })
}
