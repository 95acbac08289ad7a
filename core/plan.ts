/**
 * From answers to a plan.
 *
 *   answers ──evaluate──▶ items ──gather──▶ merged form + merged materials
 *                           └──needs──▶ parallel stages, critical path, days
 *
 * A plan is derived and never stored: phone, server and console each compute it again from the same
 * topic version and answers. On submit the server believes only its own.
 */
import type { Deadline, Item, Onsite, Question, Topic } from './contract/topic'
import { type PlannedField, gatherFields } from './form'
import { type PlannedMaterial, gatherMaterials } from './materials'
import {
  type PlannedItem, applies, longestDays, needed, stagesOf, trimNeed,
} from './needs'
import { rowed } from './lists'
import { tidyAnswer, usualAnswer } from './question'
import { type Facts, evaluate } from './rule'
import { type Signer, signersOf } from './signers'

export interface Plan {
  /** answers to questions that are shown; what a changed mind left behind is dropped */
  answers: Readonly<Record<string, string>>
  /** shown questions in order */
  questions: readonly Question[]
  /** first shown question without an answer */
  next: Question | undefined
  items: readonly PlannedItem[]
  form: readonly PlannedField[]
  materials: readonly PlannedMaterial[]
  onsite: readonly (Onsite & { itemId: string })[]
  deadlines: readonly Deadline[]
  notices: readonly { id: string; text: string }[]
  /** who must sign beside the person filling in */
  signers: readonly Signer[]
  /** situations this topic cannot carry; a plan with one cannot be submitted */
  stops: Topic['stops']
  /** item ids by parallel stage */
  stages: readonly (readonly string[])[]
  /** item ids of the longest chain */
  criticalPath: readonly string[]
  /** promised working days along the critical path; external waits included */
  days: number
}

/** The plan of a topic for what is known so far. Pure; same on phone and server. */
export function makePlan(published: Topic, given: Facts): Plan {
  const topic = rowed(published, given.form)
  const { answers, questions } = shown(topic, given)
  const facts: Facts = { answers, form: given.form }
  const settled = topic.items
    .map((item) => ({ item, verdict: evaluate(item.when, facts) }))
    .filter(applies)
  const present = new Set(settled.map(({ item }) => item.id))
  const stages = stagesOf(settled.map(({ item }) => item), present)
  const items = settled.map(({ item, verdict }) => ({
    item,
    verdict,
    needs: trimNeed(item.needs, present),
    stage: stages.findIndex((stage) => stage.includes(item.id)),
    season: seasonOf(topic, item, facts),
  }))
  const holds = ({ when }: { when: Item['when'] }) => evaluate(when, facts) === 'yes'
  const longest = longestDays(items.map(({ item, needs }) => ({ item, needs })))
  const form = gatherFields(topic, items, facts)
  return {
    answers,
    questions,
    next: questions.find(({ id }) => answers[id] === undefined),
    items,
    form,
    signers: signersOf(topic, form, facts),
    materials: gatherMaterials(topic, items, facts),
    onsite: items.flatMap(({ item }) =>
      item.onsite.filter(holds).map((step) => ({ ...step, itemId: item.id })),
    ),
    deadlines: topic.deadlines.filter(
      (deadline) => holds(deadline) && deadline.items.some((id) => present.has(id)),
    ),
    notices: topic.notices.filter(holds).map(({ id, text }) => ({ id, text })),
    stops: topic.stops.filter(holds),
    stages,
    criticalPath: longest.path,
    days: longest.days,
  }
}

function seasonOf({ seasons }: Topic, { season }: Item, facts: Facts) {
  if (!season || evaluate(season.when, facts) !== 'yes') return undefined
  return seasons.find(({ id }) => id === season.id)
}

/**
 * Which questions are shown, and the answers that count. A question whose condition is not (or no
 * longer) met is not shown, and its old answer decides nothing.
 */
function shown(topic: Topic, given: Facts) {
  const answers: Record<string, string> = {}
  const questions: Question[] = []
  for (const question of topic.questions) {
    if (evaluate(question.when, { answers, form: {} }) !== 'yes') continue
    questions.push(question)
    const answer = tidyAnswer(question, given.answers[question.id])
    if (answer !== undefined) answers[question.id] = answer
  }
  return { answers, questions }
}

/**
 * What is known, completed by the most common situation: the first option of each question and of
 * each field to choose, or the options marked as usual where several may be chosen. A catalogue
 * author lists the usual option first. For the guide only: a submission never assumes an answer.
 */
export function usualFacts(topic: Topic, given: Facts): Facts {
  const form: Record<string, string> = {}
  for (const { key, options } of topic.fields) if (options?.[0]) form[key] = options[0].value
  let answers = given.answers
  for (const { id } of topic.questions) {
    const known = shown(topic, { answers, form })
    const next = known.questions.find((question) => known.answers[question.id] === undefined)
    if (next?.id === id) answers = { ...answers, [id]: usualAnswer(next) }
  }
  return { answers, form: { ...form, ...given.form } }
}

/** True when every need of the item is among the finished ones. */
export function mayStart(planned: PlannedItem, done: ReadonlySet<string>): boolean {
  return needed(planned.needs, done) === 'met'
}
