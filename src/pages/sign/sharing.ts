import { everyOf } from '@core/form'
import { titled } from '@core/titled'
/** Who gets to see what, and why: told before consent is asked (PIPL §23). */
import type { Filling } from '@/stores/filling'

export interface Share {
  department: string
  /** what it handles */
  items: string
  /** whose data and which documents it gets */
  data: string
}

/** One row a department: only what its own items need. */
export function sharesOf({ topic, plan, wanted }: Filling): Share[] {
  const ids = [...new Set(plan.items.map(({ item }) => item.department))]
  return ids.map((id) => {
    const items = plan.items.filter(({ item }) => item.department === id)
    const own = new Set(items.map(({ item }) => item.id))
    const people = plan.form
      .filter(({ askedBy }) => askedBy.some((item) => own.has(item)))
      .map(everyOf)
    const papers = wanted
      .filter(({ askedBy }) => askedBy.some(({ itemId }) => own.has(itemId)))
      .map(({ name }) => titled(name))
    const whose = [...new Set(people)].join('、')
    return {
      department: topic.departments.find((one) => one.id === id)?.name ?? id,
      items: items.map(({ item }) => item.short).join('、'),
      data: [whose && `${whose}的信息`, [...new Set(papers)].join('')].filter(Boolean).join('，'),
    }
  })
}

/** Whether the plan is about a minor, so that a guardian must consent (PIPL §31). */
export function aboutMinor({ topic, plan }: Filling): boolean {
  const roles = new Set([...plan.form, ...plan.materials].map(({ role }) => role))
  return topic.roles.some(({ id, minor }) => minor && roles.has(id))
}
