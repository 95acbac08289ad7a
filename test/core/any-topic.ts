/** Random topics, answers and rules for the property tests. */
import fc from 'fast-check'
import type { Need } from '../../core/contract/need'
import type { Field, Item, Question, Topic } from '../../core/contract/topic'
import type { Facts, Rule } from '../../core/rule'

const OPTIONS = ['a', 'b', 'c']
const QUESTIONS = ['q0', 'q1', 'q2', 'q3', 'q4']
const FIELDS = ['x', 'y', 'z'].flatMap((role) =>
  ['f0', 'f1', 'f2', 'f3'].map((element) => `${role}.${element}`))
const subset = <T>(list: T[]) => fc.subarray(list)

function ruleOver(questions: string[], fields: string[]): fc.Arbitrary<Rule> {
  const option = fc.constantFrom(...OPTIONS)
  const is = fc.oneof(option, fc.subarray(OPTIONS, { minLength: 1 }))
  const leaves: fc.Arbitrary<Rule>[] = [fc.constant({ all: [] })]
  if (questions.length > 0) {
    leaves.push(fc.record({ q: fc.constantFrom(...questions), is }))
  }
  if (fields.length > 0) {
    leaves.push(fc.record({ field: fc.constantFrom(...fields), is }))
    leaves.push(fc.record({
      field: fc.constantFrom(...fields), equals: fc.constantFrom(...fields),
    }))
  }
  const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      ...leaves,
      fc.record({ all: fc.array(tie('rule'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('rule'), { maxLength: 3 }) }),
      fc.record({ not: tie('rule') }),
    ),
  }))
  return rule
}

export const anyRule = ruleOver(QUESTIONS, FIELDS)

export const anyFacts: fc.Arbitrary<Facts> = fc.record({
  answers: fc.dictionary(fc.constantFrom(...QUESTIONS), fc.constantFrom(...OPTIONS)),
  form: fc.dictionary(fc.constantFrom(...FIELDS), fc.constantFrom(...OPTIONS, '')),
})

function needOver(ids: string[]): fc.Arbitrary<Need> {
  if (ids.length === 0) return fc.constant({ all: [] })
  const one = fc.constantFrom(...ids).map((item): Need => ({ item }))
  return fc.oneof(
    one,
    fc.array(one, { maxLength: 3 }).map((all): Need => ({ all })),
    fc.array(one, { minLength: 1, maxLength: 3 }).map((any): Need => ({ any })),
    one.chain((need) => fc.integer({ min: 1, max: 30 }).map((days): Need => ({
      all: [need, { wait: { days, unit: 'day', label: '公示' } }],
    }))),
  )
}

const anyItem = (n: number): fc.Arbitrary<Item> => fc.record({
  when: ruleOver(QUESTIONS, []),
  needs: needOver(Array.from({ length: n }, (_, k) => `i${k}`)),
  days: fc.integer({ min: 1, max: 20 }),
  fields: subset(FIELDS).chain((keys) => fc.tuple(...keys.map((key) => fc.record({
    key: fc.constant(key), when: ruleOver(QUESTIONS, FIELDS), optional: fc.boolean(),
  })))),
  gives: fc.subarray(FIELDS, { maxLength: 1 }),
}).map(({ when, needs, days, fields, gives }) => ({
  id: `i${n}`, name: `事项${n}`, short: `事项${n}`, seedRows: ['1.1'], department: 'd',
  mode: 'apply' as const, when, needs, conditions: ['有'], basis: [{ law: '法', article: '一' }],
  promised: { days, unit: 'working-day' as const },
  fee: { amount: 0, text: '不收费', basis: '无' },
  result: { name: '结果', gives, certificate: false },
  fields: fields.filter(({ key }) => !gives.includes(key)),
  materials: [], onsite: [], status: 'draft' as const, source: '测试', checkedOn: '2026-01-01',
}))

const anyQuestion = (n: number): fc.Arbitrary<Question> =>
  ruleOver(QUESTIONS.slice(0, n), []).map((when) => ({
    id: `q${n}`, ask: `问题${n}？`, when,
    options: OPTIONS.map((value) => ({ value, label: value })),
  }))

/** Items may need earlier ones only, so there is no circle; everything else is at random. */
export const anyTopic: fc.Arbitrary<Topic> = fc.tuple(
  fc.tuple(...QUESTIONS.map((_, n) => anyQuestion(n))),
  fc.integer({ min: 1, max: 6 }).chain((count) =>
    fc.tuple(...Array.from({ length: count }, (_, n) => anyItem(n)))),
).map(([questions, items]) => ({
  id: 'any', number: 1, version: 1, title: '任意', summary: '任意', audience: 'person' as const,
  stage: '任意', tone: 'plain' as const, lead: 'd',
  departments: [{ id: 'd', name: '部门', short: '部门', phone: '12345' }], basis: [],
  roles: ['x', 'y', 'z'].map((id) => ({ id, label: id, minor: false, relation: [] })),
  questions, items,
  fields: FIELDS.map((key): Field => {
    const [role = '', element = ''] = key.split('.')
    return {
      id: element, key, role, element, label: key, type: 'text', sensitive: false, ground: '法',
    }
  }),
  materials: [], checks: [], deadlines: [], notices: [], stops: [], alternatives: [], seasons: [],
  joins: [], phrases: ['任意'], status: 'draft' as const,
}))
