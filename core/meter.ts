/**
 * The reform meter: what one thing costs the citizen item by item (apart) and here (together).
 * Only what is certain counts, and only items a citizen applies for: data checks (`verify`) and
 * steps between offices (`internal`) cost nobody a form in either column.
 */
import type { Item } from './contract/topic'
import { toSupply } from './materials'
import { waitsOf, workingDays } from './needs'
import type { Plan } from './plan'
import { evaluate } from './rule'

export interface Saved {
  /** each item by itself at its own department */
  apart: number
  /** in one go, here */
  together: number
}

export interface Measures {
  forms: Saved
  fields: Saved
  materials: Saved
  steps: Saved
  visits: Saved
  days: Saved
  legalDays: Saved
}

/**
 * What a plan saves.
 * - forms: one per item; here one.
 * - fields: every item's own, even if another item asks the same or would make it; here the merged
 *   form. 选填 counts in both.
 * - materials: every item's own papers, those made by an earlier item or shown on site included;
 *   here what must be handed in. An e-certificate that could replace a photo still counts: not
 *   everyone has one, so the figure is the least that is saved.
 * - steps: handing in and collecting, for each item; here once each, and the steps on site.
 * - visits: one per item; here one per item with a step on site, or a paper shown on
 *   site, unless somebody comes.
 * - days: promised working days one after the other, external waits included; here the longest
 *   chain.
 * - legalDays: the same against the limits of the law, where it sets one: what each department may
 *   take by itself.
 */
export function measure(plan: Plan): Measures {
  const planned = plan.items.filter(({ item, verdict }) => verdict === 'yes' && isAppliedFor(item))
  const ids = new Set(planned.map(({ item }) => item.id))
  const onsite = plan.onsite.filter(({ itemId }) => ids.has(itemId))
  const shown = plan.materials.filter(({ how, certain, fromItem }) =>
    how === 'onsite' && certain && !fromItem)
  const atHome = new Set(onsite.filter(({ comes }) => comes).map(({ itemId }) => itemId))
  const visited = new Set([
    ...onsite.filter(({ comes }) => !comes).map(({ itemId }) => itemId),
    ...shown.flatMap(({ askedBy }) => askedBy.map(({ itemId }) => itemId))
      .filter((itemId) => !atHome.has(itemId)),
  ])
  const count = planned.length
  const once = Math.min(count, 1)
  return {
    forms: { apart: count, together: once },
    fields: { apart: fieldsApart(plan, ids), together: plan.form.filter(isCertain).length },
    materials: {
      apart: sum(plan.materials.filter(isCertain).map(({ askedBy }) => among(askedBy, ids))),
      together: toSupply(plan.materials).length,
    },
    steps: { apart: count * 2, together: once * 2 + onsite.length },
    visits: { apart: count, together: visited.size },
    days: { apart: daysApart(plan, ({ promised }) => promised), together: plan.days },
    legalDays: {
      apart: daysApart(plan, ({ statutory, promised }) => statutory ?? promised),
      together: plan.days,
    },
  }
}

function isAppliedFor({ mode }: Item): boolean {
  return mode === 'apply' || mode === 'onsite'
}

function isCertain({ certain }: { certain: boolean }): boolean {
  return certain
}

function fieldsApart(plan: Plan, ids: ReadonlySet<string>): number {
  const merged = plan.form.filter(isCertain)
    .map(({ askedBy }) => askedBy.filter((id) => ids.has(id)).length)
  return sum(merged) + producedFields(plan)
}

/** Fields an item here produces, which every other item would ask for if done by itself. */
function producedFields(plan: Plan): number {
  const facts = { answers: plan.answers, form: {} }
  const items = plan.items.filter(({ verdict }) => verdict === 'yes').map(({ item }) => item)
  const produced = new Set(items.flatMap(({ result }) => result.gives))
  return sum(items.filter(isAppliedFor).map(({ fields }) =>
    fields.filter(({ key, when }) => produced.has(key) && evaluate(when, facts) === 'yes').length))
}

function daysApart({ items }: Plan, limitOf: (item: Item) => Item['promised']): number {
  return sum(items.filter(({ verdict }) => verdict === 'yes').map(({ item, needs }) =>
    workingDays(limitOf(item)) + Math.max(0, ...waitsOf(needs).map(workingDays))))
}

function among(uses: readonly { itemId: string }[], ids: ReadonlySet<string>): number {
  return new Set(uses.map(({ itemId }) => itemId).filter((id) => ids.has(id))).size
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
