/**
 * Nothing is published unproven: what must hold for every citizen, shown over the whole finite
 * answer space of a topic (core/worlds.ts), not over samples.
 */
import type { TopicSource } from './contract/catalogue'
import type { Item, Question, Topic } from './contract/topic'
import { type NamedRule, lintSource, lintTopic, rulesOf } from './lint'
import { fieldsOf } from './must'
import { needed, trimNeed } from './needs'
import { answersTo } from './question'
import { type Facts, type Rule, evaluate } from './rule'
import type { CatalogueSource } from './topic'
import { TooManyWorlds, countAnswers, mentions, worldsOf } from './worlds'

export interface Proof {
  proved: {
    /** complete ways to answer the questions */
    answers: number
    /** different sets of items they lead to, stops left out */
    situations: number
    items: number
    questions: number
    fields: number
    materials: number
    rules: number
  }
  /** empty when the topic may be published */
  faults: string[]
}

/** What holds, and what does not, over every answer to one topic. Pure; a second or two at most. */
export function prove(topic: Topic): Proof {
  const steps = proving(topic)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same proof in small steps, for whoever has other things to do in between. */
export function* proving(topic: Topic): Generator<void, Proof> {
  const faults = lintTopic(topic).map((fault) => `${topic.id}: ${fault}`)
  let situations = 0
  if (faults.length === 0) {
    try {
      const worlds = openWorlds(topic, topic.items.map(({ when }) => when))
      situations = new Set(worlds.map((facts) => idsOf(presentIn(topic, facts)).join())).size
      const found: string[] = []
      for (const check of semanticChecks(topic)) {
        yield
        found.push(...check())
      }
      faults.push(...distinct(found).map((fault) => `${topic.id}: ${fault}`))
    } catch (error) {
      if (!(error instanceof TooManyWorlds)) throw error
      faults.push(error.message)
    }
  }
  const { items, questions, fields, materials } = topic
  return {
    proved: {
      answers: faults.length === 0 ? countAnswers(topic) : 0,
      situations, items: items.length, questions: questions.length,
      fields: fields.length, materials: materials.length, rules: rulesOf(topic).length,
    },
    faults,
  }
}

/** Faults of the catalogue beside its topics: double definitions, parts no topic uses. */
export function proveSource(
  source: CatalogueSource & { topics: readonly TopicSource[] },
): string[] {
  return lintSource(source)
}

type Check = () => readonly string[]

function semanticChecks(topic: Topic): Check[] {
  return [
    () => plansFaults(topic),
    ...topic.questions.map((question): Check => () => questionFaults(topic, question)),
    ...reachChecks(topic),
    ...topic.items.map((item): Check => () => unsettledFaults(topic, item)),
    ...topic.items.map((item): Check => () => producedFaults(topic, item)),
    () => checkFaults(topic),
  ]
}

/** Situations a citizen can reach and go on from: no stop holds. */
function openWorlds(topic: Topic, rules: readonly Rule[]): Facts[] {
  const stops = topic.stops.map(({ when }) => when)
  return worldsOf(topic, [...rules, ...stops]).filter((facts) => !stopped(topic, facts))
}

function stopped(topic: Topic, facts: Facts): boolean {
  return topic.stops.some(({ when }) => evaluate(when, facts) === 'yes')
}

function presentIn(topic: Topic, facts: Facts): Item[] {
  return topic.items.filter(({ when }) => evaluate(when, facts) === 'yes')
}

/** Every answer leads to a plan or a stop; each alternative gives exactly one; each task starts. */
function plansFaults(topic: Topic): string[] {
  const groups = [...new Set(topic.items.flatMap(({ alternative }) => alternative ?? []))]
  const lonely = groups
    .filter((group) => topic.items.filter((item) => item.alternative === group).length < 2)
    .map((group) => `alternative ${group}: only one item`)
  const worlds = openWorlds(topic, [
    ...topic.items.map(({ when }) => when), ...topic.alternatives.map(({ unless }) => unless),
  ])
  if (worlds.length === 0) return ['every answer is stopped']
  return [...lonely, ...worlds.flatMap((facts) => {
    const present = presentIn(topic, facts)
    const none = present.length === 0 ? [`answers ${told(facts)} lead to no plan`] : []
    const uneven = groups.flatMap((group) => {
      const count = present.filter(({ alternative }) => alternative === group).length
      const none = topic.alternatives.some(({ id, unless }) =>
        id === group && evaluate(unless, facts) === 'yes')
      return count === (none ? 0 : 1)
        ? [] : [`alternative ${group}: ${count} items for ${told(facts)}`]
    })
    const started = startable(present)
    const idle = present.filter(({ id }) => !started.has(id))
      .map(({ id }) => `item ${id} can never start for ${told(facts)}`)
    return [...none, ...uneven, ...idle]
  })]
}

/** Items that get to start if all others finish, except those held back. Waits end some day. */
function startable(present: readonly Item[], heldBack?: string): ReadonlySet<string> {
  const ids = new Set(idsOf(present))
  const started = new Set<string>()
  for (;;) {
    const done = new Set([...started].filter((id) => id !== heldBack))
    const next = present.filter(({ id, needs }) =>
      !started.has(id) && needed(waitless(trimNeed(needs, ids)), done) === 'met')
    if (next.length === 0) return started
    next.forEach(({ id }) => started.add(id))
  }
}

/** A need with its external waits replaced by what they wait after. */
function waitless(need: Item['needs']): Item['needs'] {
  if ('all' in need) return { all: need.all.map(waitless) }
  if ('any' in need) return { any: need.any.map(waitless) }
  if ('wait' in need) return need.wait.after ? { item: need.wait.after } : { all: [] }
  return need
}

/** Each option must make a difference to something. */
function questionFaults(topic: Topic, question: Question): string[] {
  const { id, options } = question
  const about = rulesOf(topic).filter(({ rule }) => mentions(rule, id))
  if (about.length === 0) return [`question ${id}: nothing depends on it`]
  const worlds = about.map(({ rule }) => ({ rule, given: worldsOf(topic, [rule]) }))
  const differ = (left: string, right: string) => worlds.some(({ rule, given }) =>
    given.some((facts) => facts.answers[id] === left &&
      evaluate(rule, facts) !== evaluate(rule, withAnswer(facts, id, right))))
  if (question.many) {
    const possible = answersTo(question)
    const without = (answer: string, value: string) =>
      answer.split(',').filter((one) => one !== value).join(',')
    return options
      .filter(({ value, alone }) => !alone && !possible.some((answer) =>
        answer.split(',').includes(value) && differ(answer, without(answer, value) || 'none')))
      .map(({ value }) => `question ${id}: "${value}" makes no difference`)
  }
  return options.flatMap(({ value }, n) => options.slice(n + 1)
    .filter((other) => !differ(value, other.value))
    .map((other) => `question ${id}: "${value}" and "${other.value}" make no difference`))
}

function withAnswer(facts: Facts, id: string, value: string): Facts {
  return { ...facts, answers: { ...facts.answers, [id]: value } }
}

/** Everything written in a topic is needed by somebody. */
function reachChecks(topic: Topic): Check[] {
  const open = (where: string, rules: readonly Rule[]): Check => () =>
    (openWorlds(topic, rules).some((facts) => all(rules, facts)) ? [] : [`${where}: unreachable`])
  const ever = ({ where, rule }: NamedRule): Check => () =>
    (worldsOf(topic, [rule]).some((facts) => evaluate(rule, facts) === 'yes')
      ? [] : [`${where}: unreachable`])
  return [
    ...topic.questions.map(({ id, when }) => ever({ where: `question ${id}`, rule: when })),
    ...topic.stops.map(({ id, when }) => ever({ where: `stop ${id}`, rule: when })),
    ...topic.notices.map(({ id, when }) => open(`notice ${id}`, [when])),
    ...topic.deadlines.flatMap(({ id, when, items }) => items.map((itemId) =>
      open(`deadline ${id} for ${itemId}`, [when, whenOf(topic, itemId)]))),
    ...topic.items.flatMap((item) => [
      open(`item ${item.id}`, [item.when]),
      ...[...item.fields, ...item.materials].map((use) =>
        open(`${item.id}: ${use.key}`, [item.when, use.when])),
      ...(item.season ? [open(`${item.id}: season`, [item.when, item.season.when])] : []),
      ...item.onsite.map((step) => open(`${item.id}: step ${step.id}`, [item.when, step.when])),
    ]),
    ...topic.roles.flatMap(({ id, signs }) => (signs ? [open(`role ${id} signs`, [signs])] : [])),
    ...topic.joins.map(({ topic: to, when }) => open(`join ${to}`, [when])),
    ...topic.roles.flatMap((role) => role.relation.map(({ to, when }, n) => {
      const before = role.relation.slice(0, n).map((one): Rule => ({ not: one.when }))
      return open(`role ${role.id} as ${to}`, [when, ...before])
    })),
    ...topic.roles.map((role): Check => () => {
      const rules = role.relation.map(({ when }) => when)
      const stranger = openWorlds(topic, rules).find((facts) =>
        rules.every((rule) => evaluate(rule, facts) !== 'yes'))
      return stranger ? [`role ${role.id}: nobody for ${told(stranger)}`] : []
    }),
  ]
}

function whenOf(topic: Topic, id: string): Rule {
  return topic.items.find((item) => item.id === id)?.when ?? { any: [] }
}

function all(rules: readonly Rule[], facts: Facts): boolean {
  return rules.every((rule) => evaluate(rule, facts) === 'yes')
}

/** Once everything is answered nothing may stay 可能需要: such a plan could not be submitted. */
function unsettledFaults(topic: Topic, item: Item): string[] {
  const settled = (where: string, rule: Rule) => {
    const open = openWorlds(topic, [rule]).find((facts) => evaluate(rule, facts) === 'unknown')
    return open ? [`${where}: undecided for ${told(open)}`] : []
  }
  return [
    ...settled(`item ${item.id}`, item.when),
    ...[...item.fields, ...item.materials, ...item.onsite].flatMap((part) =>
      settled(`${item.id}: ${'key' in part ? part.key : part.id}`, part.when)),
  ]
}

/** What an item of the plan makes may be used only by items that wait for it. */
function producedFaults(topic: Topic, maker: Item): string[] {
  const products = new Set([...maker.result.gives, maker.result.material])
  return topic.items.flatMap((user) => [...user.fields, ...user.materials]
    .filter(({ key }) => products.has(key))
    .flatMap(({ key, when }) => {
      if (user === maker) return [`item ${user.id} asks for ${key}, which it makes itself`]
      const rules = [...topic.items.map((item) => item.when), when]
      const early = openWorlds(topic, rules).some((facts) =>
        all([user.when, when, maker.when], facts) &&
        startable(presentIn(topic, facts), maker.id).has(user.id))
      return early ? [`item ${user.id} uses ${key} but does not wait for ${maker.id}`] : []
    }))
}

/** A check or deadline speaks of fields that can be asked in the situation it is for. */
function checkFaults(topic: Topic): string[] {
  const together = (where: string, when: Rule, keys: readonly string[]) => {
    const rules = [when, ...keys.flatMap((key) => askingRules(topic, key))]
    return openWorlds(topic, rules).some((facts) =>
      evaluate(when, facts) === 'yes' && keys.every((key) => isAsked(topic, key, facts)))
      ? [] : [`${where}: no answer asks ${keys.join(' and ')}`]
  }
  return [
    ...topic.checks.flatMap(({ field, when, must }) =>
      together(`check on ${field}`, when, [field, ...fieldsOf(must)])),
    ...topic.deadlines.flatMap(({ id, when, from }) => together(`deadline ${id}`, when, [from])),
    ...rulesOf(topic).flatMap(({ where, rule }) => fieldsIn(rule).flatMap((key) =>
      together(where, { all: [] }, [key]))),
  ]
}

function fieldsIn(rule: Rule): string[] {
  if ('all' in rule) return rule.all.flatMap(fieldsIn)
  if ('any' in rule) return rule.any.flatMap(fieldsIn)
  if ('not' in rule) return fieldsIn(rule.not)
  if (!('field' in rule)) return []
  return 'equals' in rule ? [rule.field, rule.equals] : [rule.field]
}

function askingRules(topic: Topic, key: string): Rule[] {
  return topic.items.flatMap(({ when, fields, result }) => {
    const uses = fields.filter((use) => use.key === key).map((use) => use.when)
    return uses.length > 0 || result.gives.includes(key) ? [when, ...uses] : []
  })
}

function isAsked(topic: Topic, key: string, facts: Facts): boolean {
  const present = presentIn(topic, facts)
  return !present.some(({ result }) => result.gives.includes(key)) &&
    present.some(({ fields }) => fields.some((use) =>
      use.key === key && evaluate(use.when, facts) === 'yes'))
}

function told({ answers, form }: Facts): string {
  const pairs = Object.entries({ ...answers, ...form }).map(([id, value]) => `${id}=${value}`)
  return pairs.length > 0 ? pairs.join(' ') : 'every answer'
}

function idsOf(items: readonly Item[]): string[] {
  return items.map(({ id }) => id)
}

function distinct(faults: readonly string[]): string[] {
  return [...new Set(faults)]
}
