/**
 * Specs in the words of the departments: what is done, handed in, asked and not asked in each
 * situation. Written in Chinese YAML, so that a lead department can read and sign it.
 */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import type { Field, Relation, Topic } from '../../core/contract/topic'
import { relationOf } from '../../core/form'
import { toSupply } from '../../core/materials'
import { type Plan, makePlan } from '../../core/plan'
import { type Facts, evaluate } from '../../core/rule'
import { checkForm } from '../../core/validate'
import { fillTopic } from '../../server/training/filling'

type Choices = Record<string, string | string[] | null>

export interface Situation {
  名称: string
  不同?: Choices
  填写?: Record<string, string>
  办理: string[]
  顺序?: string[][]
  提交: string[]
  到场?: string[]
  提醒?: string[]
  期限?: string[]
  停办?: string[]
  签名?: string[]
  天数: number
  项数: number
  /** what each item by itself would ask and want handed in: 数据项, 材料 */
  分开办?: Record<string, [number, number]>
  /** who the roles are to the person filling in */
  关系?: Record<string, string>
  要问?: string[]
  不问?: string[]
}

interface Slip {
  名称: string
  不同?: Choices
  填写: Record<string, string>
  项: string
  提示: string
}

export interface Spec {
  主题: string
  常见情况: Choices
  常见填写?: Record<string, string>
  /** what the guide shows where several options are usual; over 常见情况 */
  指南?: Choices
  情形: Situation[]
  填错?: Slip[]
}

export const TODAY = '2026-03-20'
const dir = path.resolve(__dirname, 'specs')

/** Every spec by topic id, which is its file's name. */
export function readSpecs(): Map<string, Spec> {
  return new Map(readdirSync(dir).filter((name) => name.endsWith('.yaml')).sort().map((name) => [
    name.replace('.yaml', ''),
    parse(readFileSync(path.join(dir, name), 'utf8')) as Spec, // judged line by line below
  ]))
}

/** Differences between a situation of the spec and the topic; empty when it keeps its word. */
export function differences(topic: Topic, spec: Spec, situation: Situation): string[] {
  const words = wordsOf(topic)
  const faults: string[] = []
  const answers = answersIn(topic, { ...spec.常见情况, ...situation.不同 }, faults)
  const form = formIn(words, { ...spec.常见填写, ...situation.填写 }, faults)
  const plan = makePlan(topic, { answers, form })
  const same = (what: string, seen: readonly string[], wanted: readonly string[] = []) =>
    [...seen].sort().join() === [...wanted].sort().join()
      ? [] : [`${what}：实际 ${[...seen].sort().join('、')} ≠ 应为 ${[...wanted].sort().join('、')}`]
  const asked = plan.form.filter(({ certain }) => certain)
  const named = new Set(asked.map(words.field))
  const shortOf = new Map(plan.items.map(({ item }) => [item.id, item.short]))
  return [
    ...faults,
    ...same('办理', plan.items.map(({ item, verdict }) =>
      item.short + (verdict === 'yes' ? '' : '（可能）')), situation.办理),
    ...(situation.顺序
      ? same('顺序', ordered(plan.stages.map((stage) => stage.map((id) => shortOf.get(id) ?? id))),
        ordered(situation.顺序))
      : []),
    ...same('提交', toSupply(plan.materials).map(({ roleLabel, name, optional }) =>
      `${roleLabel}的${name}${optional ? '（选填）' : ''}`), situation.提交),
    ...matched('到场', plan.onsite.map(({ text }) => text), situation.到场),
    ...matched('提醒', plan.notices.map(({ text }) => text), situation.提醒),
    ...matched('期限', plan.deadlines.map(({ text }) => text), situation.期限),
    ...matched('停办', plan.stops.map(({ title }) => title), situation.停办),
    ...same('签名', plan.signers.map(({ label }) => label), situation.签名),
    ...same('天数', [`${plan.days}`], [`${situation.天数}`]),
    ...same('项数', [`${asked.length}`], [`${situation.项数}`]),
    ...apartFaults(plan, situation),
    ...Object.entries(situation.关系 ?? {}).filter(([label, relation]) =>
      relationIn(topic, label, { answers, form }) !== relation)
      .map(([label, relation]) => `${label}不是${relation}`),
    ...(situation.要问 ?? []).filter((name) => !named.has(name)).map((name) => `没有问：${name}`),
    ...(situation.不问 ?? []).flatMap((name) => [
      ...(named.has(name) ? [`不该问：${name}`] : []),
      ...(words.fields.has(withoutRow(name)) ? [] : [`主题里没有：${name}`]),
    ]),
  ]
}

const RELATIONS: Record<Relation, string> = {
  me: '本人', spouse: '配偶', child: '子女', father: '父亲', mother: '母亲', householder: '户主',
  company: '企业', other: '他人',
}

function relationIn(topic: Topic, label: string, facts: Facts): string | undefined {
  const role = topic.roles.find((one) => one.label === label)?.id ?? ''
  const relation = relationOf(topic, role, facts)
  return relation && RELATIONS[relation]
}

/** What every item of a plan asks by itself, whoever else asks the same or would make it. */
export function apartOf(plan: Plan): Record<string, [number, number]> {
  const facts = { answers: plan.answers, form: {} }
  const made = new Set(plan.items.flatMap(({ item }) => item.result.gives))
  return Object.fromEntries(plan.items.map(({ item }) => {
    const merged = plan.form.filter(({ certain, askedBy }) => certain && askedBy.includes(item.id))
    const later = item.fields.filter(({ key, when }) =>
      made.has(key) && evaluate(when, facts) === 'yes')
    const papers = plan.materials.filter(({ certain, askedBy }) =>
      certain && askedBy.some(({ itemId }) => itemId === item.id))
    return [item.short, [merged.length + later.length, papers.length]]
  }))
}

function apartFaults(plan: Plan, { 分开办 }: Situation): string[] {
  if (!分开办) return []
  const seen = apartOf(plan)
  return Object.keys({ ...seen, ...分开办 })
    .filter((short) => seen[short]?.join() !== 分开办[short]?.join())
    .map((short) => `分开办${short}：实际 ${seen[short]?.join('、') ?? '不办'}` +
      ` ≠ 应为 ${分开办[short]?.join('、') ?? '不办'}`)
}

/** What the checks of a topic say of a right form with one slip; empty when they say just that. */
export function slipFaults(topic: Topic, spec: Spec, slip: Slip): string[] {
  const words = wordsOf(topic)
  const faults: string[] = []
  const answers = answersIn(topic, { ...spec.常见情况, ...slip.不同 }, faults)
  const wanted = formIn(words, spec.常见填写 ?? {}, faults)
  const { form } = fillTopic(topic, { today: TODAY, seed: 1, answers, form: wanted })
  const wrong = { ...form, ...formIn(words, slip.填写, faults) }
  const plan = makePlan(topic, { answers, form: wrong })
  const found = checkForm({ topic, plan, form: wrong, today: TODAY })
  const labels = new Map(plan.form.map((field) => [field.key, words.field(field)]))
  const said = found.some(({ field, text }) =>
    labels.get(field) === slip.项 && text.includes(slip.提示))
  return [
    ...faults,
    ...(said ? [] : [`${slip.名称}：说的是 ${found.map(({ text }) => text).join(' / ') || '没有问题'}`]),
  ]
}

/** Answers and values of a situation that can be filed, as the API speaks of them. */
export function filingOf(topic: Topic, spec: Spec, { 不同, 填写 }: Situation) {
  const faults: string[] = []
  const answers = answersIn(topic, { ...spec.常见情况, ...不同 }, faults)
  const form = formIn(wordsOf(topic), { ...spec.常见填写, ...填写 }, faults)
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return { answers, form }
}

interface Words {
  field: (field: { roleLabel: string; label: string }) => string
  fields: ReadonlyMap<string, Field>
  roles: ReadonlyMap<string, string>
}

function wordsOf(topic: Topic): Words {
  const roles = new Map(topic.roles.map(({ id, label }) => [id, label]))
  return {
    field: ({ roleLabel, label }) => `${roleLabel}的${label}`,
    fields: new Map(topic.fields.map((field) =>
      [`${roles.get(field.role) ?? ''}的${field.label}`, field])),
    roles,
  }
}

/** 股东 2的姓名 → 股东的姓名 */
const withoutRow = (name: string) => name.replace(/ \d+的/, '的')

function answersIn(topic: Topic, choices: Choices, faults: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(choices).flatMap(([ask, labels]) => {
    if (labels === null) return []
    const question = topic.questions.find((one) => one.ask === ask)
    if (!question) {
      faults.push(`没有这个问题：${ask}`)
      return []
    }
    const values = [labels].flat().map((label) => {
      const option = question.options.find((one) => one.label === label)
      if (!option) faults.push(`“${ask}”没有这个选项：${label}`)
      return option?.value ?? ''
    })
    return [[question.id, values.join(',')]]
  }))
}

function formIn(words: Words, values: Record<string, string>, faults: string[]) {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => {
    const field = words.fields.get(withoutRow(name))
    if (!field) {
      faults.push(`主题里没有：${name}`)
      return []
    }
    const row = / (\d+)的/.exec(name)?.[1]
    const key = row ? `${field.role}.${row}.${field.element}` : field.key
    const option = field.options?.find(({ label }) => label === String(value))
    if (field.options && !option) faults.push(`${name}没有这个选项：${value}`)
    return [[key, option?.value ?? String(value)]]
  }))
}

function ordered(stages: readonly (readonly string[])[]): string[] {
  return stages.map((stage, n) => `${n + 1}. ${[...stage].sort().join('＋')}`)
}

/** Each wanted piece of text is in exactly one of the seen texts, and none is left over. */
function matched(what: string, seen: readonly string[], wanted: readonly string[] = []): string[] {
  const left = [...seen]
  const missing = wanted.filter((piece) => {
    const at = left.findIndex((text) => text.includes(piece))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return [
    ...missing.map((piece) => `${what}：没有“${piece}”`),
    ...left.map((text) => `${what}：多了“${text}”`),
  ]
}

/** The plan the guide shows, by the spec. */
export function usualPlan(topic: Topic, spec: Spec): Plan {
  const form = formIn(wordsOf(topic), spec.常见填写 ?? {}, [])
  return makePlan(topic, { answers: answersIn(topic, { ...spec.常见情况, ...spec.指南 }, []), form })
}
