/** What was answered and filled in, judged by the server's own plan. */
import type { Topic } from '../../core/contract/topic'
import type { Plan } from '../../core/plan'
import { Refused } from '../../core/refusal'
import { type Problem, checkForm, tidyForm, unasked } from '../../core/validate'
import { planFor } from './plans'

interface Given {
  answers: Record<string, string>
  form: Record<string, string>
}

export interface Filled {
  plan: Plan
  /** tidy */
  form: Record<string, string>
  problems: Problem[]
}

/**
 * The plan of what was sent, and what is wrong with the questions and the form.
 * @param today  calendar day in Asia/Shanghai
 * @throws {Refused} PLAN_STOPPED
 */
export function checkFilled(topic: Topic, given: Given, today: string): Filled {
  const roughly = planFor(topic, { answers: given.answers, form: given.form })
  const form = tidyForm(roughly, given.form)
  const wasTidy = Object.entries(form).every(([key, value]) => given.form[key] === value)
  const plan = wasTidy ? roughly : planFor(topic, { answers: given.answers, form })
  const stops = plan.stops.map(({ id }) => id)
  if (stops.length > 0) throw new Refused('PLAN_STOPPED', { stops })
  const problems = [
    ...unanswered(plan), ...unasked(plan, form), ...checkForm({ topic, plan, form, today }),
  ]
  return { plan, form, problems }
}

export function formProblems(problems: readonly Problem[]): Refused {
  return new Refused('FORM_PROBLEMS', { count: problems.length, problems })
}

function unanswered({ next, items }: Plan): Problem[] {
  if (next) return [{ field: next.id, code: 'EMPTY', text: `请回答：${next.ask}` }]
  return items.filter(({ verdict }) => verdict === 'unknown').map(({ item }) => ({
    field: item.id, code: 'EMPTY', text: `还有内容没有填写，不能确定是否要办“${item.short}”。`,
  }))
}
