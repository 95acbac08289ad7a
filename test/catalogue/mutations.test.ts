/** Is the checker worth its name? Break the real topics in every way an author might; count. */
import path from 'node:path'
import { Value } from '@sinclair/typebox/value'
import { describe, expect, it } from 'vitest'
import { ItemSource, TopicSource } from '../../core/contract/catalogue'
import type { Topic } from '../../core/contract/topic'
import { prove, proveSource } from '../../core/prove'
import { CatalogueFault, link } from '../../core/topic'
import { type CatalogueFiles, readCatalogue } from '../../server/catalogue/load'
import { differences, readSpecs, slipFaults } from './spec'

const files = readCatalogue(path.resolve(__dirname, '../../catalogue'))
const specs = readSpecs()
const NEWBORN = 'newborn'
/** Systematic mutations tried of each topic, evenly over all that could be. */
const TRIED = 24

/** A mutable copy of what an author edits: one topic, its items, the shared lists. */
interface Desk {
  topic: TopicSource
  items: ItemSource[]
  elements: CatalogueFiles['elements'][number][]
  materials: CatalogueFiles['materials'][number][]
}
interface Mutation {
  name: string
  apply: (desk: Desk) => void
}

function desk(topicId: string): Desk {
  const topic = files.topics.find(({ id }) => id === topicId)!
  const bound = new Set(topic.items.map(({ item }) => item))
  return structuredClone({
    topic,
    items: files.items.filter(({ id }) => bound.has(id)),
    elements: [...files.elements],
    materials: [...files.materials],
  })
}

/** Why a mutated catalogue would be refused; empty when the mutation slips through. */
function caught({ topic, items, elements, materials }: Desk): string[] {
  if (!Value.Check(TopicSource, topic)) return ['shape of the topic']
  if (!items.every((item) => Value.Check(ItemSource, item))) return ['shape of an item']
  const ids = new Set(items.map(({ id }) => id))
  const catalogue = {
    ...files, elements, materials,
    items: [...items, ...files.items.filter(({ id }) => !ids.has(id))],
    topics: files.topics.map((one) => (one.number === topic.number ? topic : one)),
  }
  const outside = proveSource(catalogue)
  if (outside.length > 0) return outside
  try {
    const linked = link(topic, catalogue)
    const said = specFaults(linked)
    return said.length > 0 ? said : prove(linked).faults
  } catch (error) {
    if (error instanceof CatalogueFault) return [...error.faults]
    throw error
  }
}

/** The topic as citizens would get it; undefined if it cannot be linked. */
function linkedOf({ topic, items, elements, materials }: Desk): string | undefined {
  try {
    return JSON.stringify(link(topic, { ...files, items, elements, materials }))
  } catch {
    return undefined
  }
}

function specFaults(topic: Topic): string[] {
  const spec = specs.get(topic.id)
  if (!spec) return [`no spec of ${topic.id}`]
  for (const situation of spec.情形) {
    const found = differences(topic, spec, situation)
    if (found.length > 0) return found
  }
  return (spec.填错 ?? []).flatMap((slip) => slipsOf(topic, spec, slip))
}

/** A form that no longer can be filled in right is found as well. */
function slipsOf(...[topic, spec, slip]: Parameters<typeof slipFaults>): string[] {
  try {
    return slipFaults(topic, spec, slip)
  } catch (error) {
    return [String(error)]
  }
}

type Part = Record<string, unknown>
const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every place of a document, as a path. */
function places(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) {
    return [at, ...value.flatMap((one, n) => places(one, [...at, n]))]
  }
  if (isPart(value)) {
    return [at, ...Object.entries(value).flatMap(([key, one]) => places(one, [...at, key]))]
  }
  return [at]
}

const get = (root: unknown, at: (string | number)[]) =>
  at.reduce<unknown>((part, key) => (part as Record<string | number, unknown>)[key], root)

function set(root: unknown, at: (string | number)[], change: (old: unknown) => unknown): void {
  const parent = get(root, at.slice(0, -1)) as Record<string | number, unknown>
  const key = at.at(-1)!
  parent[key] = change(parent[key])
}

function remove(root: unknown, at: (string | number)[]): void {
  const parent = get(root, at.slice(0, -1))
  if (Array.isArray(parent)) parent.splice(Number(at.at(-1)), 1)
  else delete (parent as Part)[String(at.at(-1))]
}

const LISTS = [
  'questions', 'alternatives', 'joins', 'options', 'items', 'fields', 'materials', 'onsite', 'checks', 'deadlines',
  'notices', 'stops', 'relation', 'gives',
]
const RULES = ['when']
const ESSENTIALS = [
  'needs', 'promised', 'fee', 'result', 'material', 'many', 'signs', 'alternative', 'season',
]

/** Drop an entry of a list; drop or negate a condition; drop what must be there. */
function systematic(topicId: string, part: 'topic' | 'items'): Mutation[] {
  const root = desk(topicId)[part]
  return places(root).flatMap((at): Mutation[] => {
    const name = [part, ...at].join('/')
    const last = at.at(-1)
    const parent = at.at(-2)
    const inList = typeof last === 'number' && LISTS.includes(String(parent))
    const isRule = RULES.includes(String(last)) || parent === 'where'
    return [
      ...(inList ? [{ name: `drop ${name}`, apply: (to: Desk) => remove(to[part], at) }] : []),
      ...(isRule ? [
        { name: `drop ${name}`, apply: (to: Desk) => remove(to[part], at) },
        {
          name: `negate ${name}`,
          apply: (to: Desk) => set(to[part], at, (rule) => ({ not: rule })),
        },
      ] : []),
      ...(ESSENTIALS.includes(String(last)) &&
        typeof parent !== 'undefined'
        ? [{ name: `drop ${name}`, apply: (to: Desk) => remove(to[part], at) }] : []),
      ...(last === 'is' ? [{
        name: `misname ${name}`,
        apply: (to: Desk) => set(to[part], at, () => 'nowhere'),
      }] : []),
    ]
  })
}

const item = (to: Desk, id: string) => to.items.find((one) => one.id === id)!
const material = (to: Desk, id: string) => to.materials.find((one) => one.id === id)!
const binding = (to: Desk, id: string) => to.topic.items.find((one) => one.item === id)!

const SLIPS_OF_AN_AUTHOR: Mutation[] = [
  {
    name: 'a circle: the certificate waits for the booklet',
    apply: (to) => {
      binding(to, 'birth-medical-certificate').needs = { item: 'vaccination-booklet' }
    },
  },
  {
    name: 'an item waits for itself',
    apply: (to) => {
      binding(to, 'birth-registration').needs = { item: 'birth-registration' }
    },
  },
  {
    name: 'a need that is not in the topic',
    apply: (to) => {
      binding(to, 'social-security-card').needs = { item: 'nothing' }
    },
  },
  {
    name: 'an any-of that may be empty',
    apply: (to) => {
      binding(to, 'birth-registration').needs = { any: [{ item: 'birth-medical-certificate' }] }
    },
  },
  {
    name: 'payment only waits for the card',
    apply: (to) => {
      binding(to, 'resident-insurance-payment').needs = { item: 'social-security-card' }
    },
  },
  {
    name: 'an alternative that gives both',
    apply: (to) => {
      binding(to, 'vaccination-booklet').alternative = 'x'
      binding(to, 'social-security-card').alternative = 'x'
    },
  },
  {
    name: 'an alternative of one',
    apply: (to) => {
      binding(to, 'birth-registration').alternative = 'x'
    },
  },
  { name: 'no time promised', apply: (to) => { item(to, 'birth-registration').promised.days = 0 } },
  {
    name: 'more time than the law',
    apply: (to) => {
      item(to, 'birth-registration').statutory = { days: 0, unit: 'working-day' }
    },
  },
  { name: 'no basis of a fee', apply: (to) => { item(to, 'birth-registration').fee.basis = '' } },
  { name: 'an empty law', apply: (to) => { item(to, 'birth-registration').basis[0]!.law = ' ' } },
  {
    name: 'an empty condition',
    apply: (to) => { item(to, 'birth-registration').conditions[0] = '' },
  },
  {
    name: '其他材料',
    apply: (to) => { material(to, 'id-card').content = '身份证和其他材料' },
  },
  { name: '等材料', apply: (to) => { item(to, 'birth-registration').conditions[0] = '户口簿等材料' } },
  { name: 'religion', apply: (to) => { to.elements[0]!.label = '宗教信仰' } },
  { name: 'a long hint', apply: (to) => { to.elements[0]!.hint = '请按照'.repeat(11) } },
  {
    name: 'a hint with a link',
    apply: (to) => { to.topic.questions[0]!.hint = '见 www.example.com' },
  },
  { name: 'office language', apply: (to) => { to.topic.questions[0]!.ask = '申办事由是什么？' } },
  {
    name: 'a question nothing depends on',
    apply: (to) => {
      to.topic.questions.push({
        id: 'idle', ask: '孩子有小名吗？',
        options: [{ value: 'yes', label: '有' }, { value: 'no', label: '没有' }],
      })
    },
  },
  {
    name: 'an option nothing tells apart',
    apply: (to) => {
      const vaccine = to.topic.questions.find(({ id }) => id === 'vaccine')!
      vaccine.options.push({ value: 'lost', label: '领到又丢了' })
    },
  },
  {
    name: 'a question that depends on a later one',
    apply: (to) => { to.topic.questions[0]!.when = { q: 'insure', is: 'here' } },
  },
  {
    name: 'a notice for nobody',
    apply: (to) => {
      to.topic.notices!.push({
        id: 'never', text: '不会有人看到。',
        when: { all: [{ q: 'who', is: 'mother' }, { q: 'who', is: 'father' }] },
      })
    },
  },
  {
    name: 'a stop for everybody',
    apply: (to) => {
      to.topic.stops!.push({ id: 'all', title: '停', text: '停', next: '停', when: { all: [] } })
    },
  },
  {
    name: 'one element twice with another meaning',
    apply: (to) => { to.elements.push({ ...to.elements[0]!, label: '昵称' }) },
  },
  {
    name: 'two elements of one meaning',
    apply: (to) => { to.elements.push({ ...to.elements[0]!, id: 'fullName' }) },
  },
  {
    name: 'a choice without options',
    apply: (to) => { delete to.elements.find(({ id }) => id === 'bank')!.options },
  },
  {
    name: 'a declaration without its sentence',
    apply: (to) => { delete material(to, 'guardian-declaration').declaration },
  },
  {
    name: 'a datum nobody may ask',
    apply: (to) => { to.elements[0]!.ground = '' },
  },
  {
    name: 'a rule on a field nobody asks',
    apply: (to) => {
      to.topic.notices![0]!.when = { field: 'householder.phone', is: 'x' }
    },
  },
  {
    name: 'a rule on an option the field lacks',
    apply: (to) => {
      item(to, 'social-security-card').fields[6] = {
        field: 'holder.postalAddress', when: { field: 'holder.cardDelivery', is: 'pigeon' },
      }
    },
  },
  {
    name: 'a check against what is never asked',
    apply: (to) => {
      item(to, 'birth-registration').checks![1]!.must = {
        yearsAfter: { min: 14, of: 'householder.bornOn' },
      }
    },
  },
  { name: 'a role not bound', apply: (to) => { delete binding(to, 'social-security-card').as } },
  { name: 'a fact not bound', apply: (to) => { delete binding(to, 'social-security-card').where } },
  {
    name: 'an unknown department',
    apply: (to) => { item(to, 'birth-registration').department = 'x' },
  },
  {
    name: 'a deadline from what is no date',
    apply: (to) => { to.topic.deadlines![0]!.from = 'child.name' },
  },
  {
    name: 'a deadline for an unknown item',
    apply: (to) => { to.topic.deadlines![0]!.items.push('x') },
  },
]

describe('breaking the newborn topic on purpose', () => {
  it('the topic itself is clean', () => {
    expect(caught(desk(NEWBORN))).toEqual([])
  })

  it.each(SLIPS_OF_AN_AUTHOR.map((one) => [one.name, one] as const))('refuses %s', (_name, one) => {
    const mutated = desk(NEWBORN)
    one.apply(mutated)
    expect(caught(mutated)).not.toEqual([])
  })
})

describe('breaking every topic, evenly over all that can be broken', () => {
  const missed: string[] = []
  let tried = 0

  it.each(files.topics.map(({ id }) => id))('%s', (topicId) => {
    const all = [...systematic(topicId, 'topic'), ...systematic(topicId, 'items')]
    const some = all.filter((_, n) => n % Math.ceil(all.length / TRIED) === 0)
    const whole = linkedOf(desk(topicId))
    for (const one of some) {
      const mutated = desk(topicId)
      one.apply(mutated)
      // A part of a shared item that this topic never uses: nothing is broken.
      if (linkedOf(mutated) === whole) continue
      tried += 1
      if (caught(mutated).length === 0) missed.push(`${topicId}: ${one.name}`)
    }
  }, 120_000)

  it('at least 95 of 100 are noticed, over at least 200', () => {
    console.log(`${tried} systematic mutations, ${missed.length} unnoticed`)
    expect(tried).toBeGreaterThanOrEqual(200)
    expect(missed.length / tried, missed.join('\n')).toBeLessThanOrEqual(0.05)
  })
})
