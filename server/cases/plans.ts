/** Plans of complete submissions: many citizens are in the same situation. */
import type { Topic } from '../../core/contract/topic'
import { rulesOf } from '../../core/lint'
import { type Plan, makePlan } from '../../core/plan'
import { type Facts, atoms } from '../../core/rule'
import { perOwner } from '../db/coalesce'

const MOST_KEPT = 200

const kept = perOwner((topic: Topic) => ({
  plans: new Map<string, Plan>(),
  deciding: decidingFields(topic),
}))

/**
 * `makePlan`, remembered by all it depends on: answers, and the fields that rules name. A plan with
 * a list has a field for each of its rows, so it is made anew.
 */
export function planFor(topic: Topic, facts: Facts): Plan {
  if (topic.roles.some(({ many }) => many)) return makePlan(topic, facts)
  const { plans, deciding } = kept(topic)
  const situation = JSON.stringify([
    topic.questions.map(({ id }) => facts.answers[id] ?? null),
    deciding.map((key) => facts.form[key] ?? null),
  ])
  const known = plans.get(situation)
  if (known) return known
  const plan = makePlan(topic, facts)
  if (plans.size >= MOST_KEPT) plans.clear()
  plans.set(situation, plan)
  return plan
}

function decidingFields(topic: Topic): string[] {
  const named = rulesOf(topic).flatMap(({ rule }) => atoms(rule)).flatMap((atom) => {
    if (!('field' in atom)) return []
    return 'equals' in atom ? [atom.field, atom.equals] : [atom.field]
  })
  return [...new Set(named)]
}
