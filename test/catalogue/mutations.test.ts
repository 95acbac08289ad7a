/** Is the checker worth its name? Break the real topic in every way an author might; count. */
import path from 'node:path'
import { Value } from '@sinclair/typebox/value'
import { describe, expect, it } from 'vitest'
import { ItemSource, TopicSource } from '../../core/contract/catalogue'
import { prove, proveSource } from '../../core/prove'
import { CatalogueFault, link } from '../../core/topic'
import { type CatalogueFiles, readCatalogue } from '../../server/catalogue/load'
import { SITUATIONS, differences, unnoticed } from './newborn-spec'

const files = readCatalogue(path.resolve(__dirname, '../../catalogue'))
const source = files.topics.find(({ id }) => id === 'newborn')!
const bound = new Set(source.items.map(({ item }) => item))

/** A mutable copy of what an author edits: this topic, its items, the shared lists. */
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

function desk(): Desk {
  return structuredClone({
    topic: source,
    items: files.items.filter(({ id }) => bound.has(id)),
    elements: [...files.elements],
    materials: [...files.materials],
  })
}

/** Why a mutated catalogue would be refused; empty when the mutation slips through. */
function caught({ topic, items, elements, materials }: Desk): string[] {
  if (!Value.Check(TopicSource, topic)) return ['shape of the topic']
  if (!items.every((item) => Value.Check(ItemSource, item))) return ['shape of an item']
  const catalogue = { ...files, items, elements, materials, topics: [topic] }
  const outside = proveSource(catalogue)
  if (outside.length > 0) return outside
  try {
    const linked = link(topic, catalogue)
    const wrong = SITUATIONS.find((one) => differences(linked, one).length > 0)
    if (wrong) return differences(linked, wrong)
    const silent = unnoticed(linked)
    return silent.length > 0 ? silent : prove(linked).faults
  } catch (error) {
    if (error instanceof CatalogueFault) return [...error.faults]
    throw error
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
  'questions', 'options', 'items', 'fields', 'materials', 'onsite', 'checks', 'deadlines',
  'notices', 'stops', 'relation', 'gives',
]
const RULES = ['when']

/** Drop an entry of a list; drop or negate a condition; drop what must be there. */
function systematic(part: 'topic' | 'items'): Mutation[] {
  const root = desk()[part]
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
      ...(['needs', 'promised', 'fee', 'result', 'material'].includes(String(last)) &&
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
    apply: (to) => { to.materials[0]!.content = '身份证和其他材料' },
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
    apply: (to) => { delete to.materials.find(({ how }) => how === 'declaration')!.declaration },
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
    expect(caught(desk())).toEqual([])
  })

  it.each(SLIPS_OF_AN_AUTHOR.map((one) => [one.name, one] as const))('refuses %s', (_name, one) => {
    const mutated = desk()
    one.apply(mutated)
    expect(caught(mutated)).not.toEqual([])
  })

  it('at least 95 of 100 systematic mutations are noticed', () => {
    const all = [...systematic('topic'), ...systematic('items')]
    const missed = all.filter((one) => {
      const mutated = desk()
      one.apply(mutated)
      return caught(mutated).length === 0
    }).map(({ name }) => name)
    expect(all.length).toBeGreaterThanOrEqual(40)
    expect(missed.length / all.length, missed.join('\n')).toBeLessThanOrEqual(0.05)
  }, 120_000)
})
