/**
 * The finite answer space of a topic.
 *
 * A rule is decided by the few questions and fields it names, and by the questions that decide
 * whether those are shown. So a claim over all answers is proved exactly on that projection: every
 * other answer can be anything.
 */
import type { Topic } from './contract/topic'
import { answersTo } from './question'
import { type Atom, type Facts, type Rule, atoms, evaluate } from './rule'

/** Projections beyond this are refused rather than sampled. */
export const MOST_WORLDS = 200_000

export class TooManyWorlds extends Error {}

/**
 * Every distinguishable way to answer what the rules depend on: all shown questions answered, all
 * named fields filled in.
 * @throws {TooManyWorlds}
 */
export function worldsOf(topic: Topic, rules: readonly Rule[]): Facts[] {
  const named = rules.flatMap(atoms)
  const answers = answerings(topic, questionsBehind(topic, named))
  const forms = fillings(topic, named)
  if (answers.length * forms.length > MOST_WORLDS) {
    throw new TooManyWorlds(`${topic.id}: more than ${MOST_WORLDS} situations at once`)
  }
  return answers.flatMap((given) => forms.map((form) => ({ answers: given, form })))
}

/** How many complete ways through the questions there are. */
export function countAnswers(topic: Topic): number {
  const count = (n: number, answers: Record<string, string>): number => {
    const question = topic.questions[n]
    if (!question) return 1
    if (evaluate(question.when, { answers, form: {} }) !== 'yes') return count(n + 1, answers)
    const later = topic.questions.slice(n + 1)
    const steers = later.some(({ when }) => mentions(when, question.id))
    const possible = answersTo(question)
    if (!steers) return possible.length * count(n + 1, answers)
    return possible.reduce(
      (sum, value) => sum + count(n + 1, { ...answers, [question.id]: value }), 0)
  }
  return count(0, {})
}

/** True if the rule asks this question. */
export function mentions(rule: Rule, question: string): boolean {
  return atoms(rule).some((atom) => 'q' in atom && atom.q === question)
}

/** The named questions and, transitively, those that decide whether they are shown. */
function questionsBehind(topic: Topic, named: readonly Atom[]): ReadonlySet<string> {
  const found = new Set<string>()
  const add = (id: string) => {
    if (found.has(id)) return
    found.add(id)
    const question = topic.questions.find((one) => one.id === id)
    if (question) questionIds(atoms(question.when)).forEach(add)
  }
  questionIds(named).forEach(add)
  return found
}

function questionIds(named: readonly Atom[]): string[] {
  return named.flatMap((atom) => ('q' in atom ? [atom.q] : []))
}

function answerings(topic: Topic, wanted: ReadonlySet<string>): Record<string, string>[] {
  return topic.questions
    .filter(({ id }) => wanted.has(id))
    .reduce<Record<string, string>[]>((paths, question) => {
      const { id, when } = question
      const longer = paths.flatMap((answers) =>
        evaluate(when, { answers, form: {} }) === 'yes'
          ? answersTo(question).map((value) => ({ ...answers, [id]: value }))
          : [answers])
      if (longer.length > MOST_WORLDS) {
        throw new TooManyWorlds(`${topic.id}: more than ${MOST_WORLDS} answers at once`)
      }
      return longer
    }, [{}])
}

function fillings(topic: Topic, named: readonly Atom[]): Record<string, string>[] {
  const keys = new Set(named.flatMap((atom) => {
    if (!('field' in atom)) return []
    return 'equals' in atom ? [atom.field, atom.equals] : [atom.field]
  }))
  return [...keys].reduce<Record<string, string>[]>(
    (forms, key) => forms.flatMap((form) =>
      valuesOf(topic, key, named).map((value) => ({ ...form, [key]: value }))),
    [{}],
  )
}

/** One value for each way the rules can tell this field's values apart. */
function valuesOf(topic: Topic, key: string, named: readonly Atom[]): string[] {
  const sets = named.flatMap((atom) =>
    'field' in atom && atom.field === key && 'is' in atom ? [[atom.is].flat()] : [])
  const compared = named.some((atom) =>
    'equals' in atom && (atom.field === key || atom.equals === key))
  const options = topic.fields.find((field) => field.key === key)?.options
    ?.map(({ value }) => value)
  if (!options) return [...new Set([...sets.flat(), 'a', ...(compared ? ['b'] : [])])]
  if (compared) return options
  const classOf = (value: string) => sets.map((set) => (set.includes(value) ? 1 : 0)).join('')
  return options.filter((value, n) =>
    options.findIndex((other) => classOf(other) === classOf(value)) === n)
}
