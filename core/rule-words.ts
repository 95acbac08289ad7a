/** Rules as people read them: what a printed guide says of who needs what. */
import type { Topic } from './contract/topic'
import { type Atom, type Rule } from './rule'

type Asked = Pick<Topic, 'questions' | 'fields' | 'roles'>

const NEVER = '不适用'

/** The situation in which a rule holds, in words; empty for a rule that always holds. */
export function ruleWords(topic: Asked, rule: Rule): string {
  if ('all' in rule) return allWords(topic, rule.all)
  if ('any' in rule) return anyWords(topic, rule.any)
  if ('not' in rule) return notWords(topic, rule.not)
  return atomWords(topic, rule)
}

function allWords(topic: Asked, rules: readonly Rule[]): string {
  const parts = distinct(rules.map((rule) => ({ rule, text: ruleWords(topic, rule) })))
  if (parts.some(({ text }) => text === NEVER)) return NEVER
  if (parts.length < 2) return parts[0]?.text ?? ''
  return parts.map(({ rule, text }) => ('any' in rule ? `（${text}）` : text)).join('，并且')
}

function anyWords(topic: Asked, rules: readonly Rule[]): string {
  const words = rules.map((rule) => ruleWords(topic, rule))
  if (words.includes('')) return ''
  const possible = [...new Set(words)].filter((text) => text !== NEVER)
  return possible.length > 0 ? possible.join('，或者') : NEVER
}

/** The opposite by its parts, so that no sentence says "not (A and B)". */
function notWords(topic: Asked, rule: Rule): string {
  if ('not' in rule) return ruleWords(topic, rule.not)
  if ('all' in rule) return ruleWords(topic, { any: rule.all.map((part) => ({ not: part })) })
  if ('any' in rule) return ruleWords(topic, { all: rule.any.map((part) => ({ not: part })) })
  return atomWords(topic, rule, false)
}

function atomWords(topic: Asked, atom: Atom, holds = true): string {
  if ('q' in atom) {
    const question = topic.questions.find(({ id }) => id === atom.q)
    const ask = `“${question?.ask ?? atom.q}”`
    if (holds) return `${ask}选${labels(question?.options, atom.is)}`
    if (!question || question.many) return `${ask}没有选${labels(question?.options, atom.is)}`
    const others = question.options.map(({ value }) => value)
      .filter((value) => !(typeof atom.is === 'string' ? [atom.is] : atom.is).includes(value))
    return others.length > 0 ? `${ask}选${labels(question.options, others)}` : NEVER
  }
  if ('fact' in atom) return atom.fact
  const field = fieldWords(topic, atom.field)
  if ('equals' in atom) return `${field}和${fieldWords(topic, atom.equals)}${holds ? '相同' : '不同'}`
  const options = topic.fields.find(({ key }) => key === atom.field)?.options
  return `${field}${holds ? '是' : '不是'}${labels(options, atom.is)}`
}

function fieldWords({ fields, roles }: Asked, key: string): string {
  const field = fields.find((one) => one.key === key)
  if (!field) return key
  return `${roles.find(({ id }) => id === field.role)?.label ?? field.role}的${field.label}`
}

type Options = readonly { value: string; label: string }[] | undefined

function labels(options: Options, wanted: string | readonly string[]): string {
  const values = typeof wanted === 'string' ? [wanted] : wanted
  return values
    .map((value) => `“${options?.find((option) => option.value === value)?.label ?? value}”`)
    .join('或')
}

function distinct(parts: readonly { rule: Rule; text: string }[]) {
  return parts.filter(({ text }, n) =>
    text !== '' && parts.findIndex((other) => other.text === text) === n)
}
