/** The needs graph of a plan: which items wait for which, what can run at the same time. */
import type { Need, Wait } from './contract/need'
import type { Item, Season } from './contract/topic'
import type { Verdict } from './rule'

/** An item of a plan, as far as the answers decide it. */
export interface PlannedItem {
  item: Item
  /** "unknown" = 可能需要: an unanswered question still decides it */
  verdict: Exclude<Verdict, 'no'>
  /** what must be done before it starts, without items that are not part of this plan */
  needs: Need
  /** 0-based parallel stage: all items of a stage can run at the same time */
  stage: number
  /** handled in the rounds of this season instead of by a rolling clock */
  season?: Season | undefined
}

type Judged = { item: Item; verdict: Verdict }
type Applicable = { item: Item; verdict: Exclude<Verdict, 'no'> }

export function applies(judged: Judged): judged is Applicable {
  return judged.verdict !== 'no'
}

/**
 * The need without items that are not part of the plan. In an all-of they simply drop out (who
 * already holds a birth certificate does not wait for one), and so does a wait after one; an any-of
 * of which nothing is left can never be met, so it stays as an empty any-of and the checker refuses
 * the topic.
 */
export function trimNeed(need: Need, present: ReadonlySet<string>): Need {
  if ('all' in need) return { all: need.all.filter(isPresent(present)).map(trim(present)) }
  if ('any' in need) return { any: need.any.filter(isPresent(present)).map(trim(present)) }
  return isPresent(present)(need) ? need : { all: [] }
}

const trim = (present: ReadonlySet<string>) => (need: Need) => trimNeed(need, present)
const isPresent = (present: ReadonlySet<string>) => (need: Need) => {
  if ('wait' in need) {
    return [need.wait.after, need.wait.given].every((id) => id === undefined || present.has(id))
  }
  return !('item' in need) || present.has(need.item)
}

export type NeedState = 'met' | 'open' | 'impossible'

/**
 * Whether a trimmed need is met by the finished items.
 * @param failed  items that ended without a result (rejected or cancelled): they can't meet a need
 * @param waited  labels of external waits that are over
 */
export function needed(
  need: Need,
  done: ReadonlySet<string>,
  failed: ReadonlySet<string> = NONE,
  waited: ReadonlySet<string> = NONE,
): NeedState {
  if ('item' in need) {
    if (done.has(need.item)) return 'met'
    return failed.has(need.item) ? 'impossible' : 'open'
  }
  if ('wait' in need) return waited.has(need.wait.label) ? 'met' : 'open'
  if ('all' in need) {
    const states = need.all.map((part) => needed(part, done, failed, waited))
    if (states.includes('impossible')) return 'impossible'
    return states.includes('open') ? 'open' : 'met'
  }
  const states = need.any.map((part) => needed(part, done, failed, waited))
  if (states.includes('met')) return 'met'
  return states.includes('open') ? 'open' : 'impossible'
}

const NONE: ReadonlySet<string> = new Set()

/** Every item id a need mentions. */
export function itemsOf(need: Need): string[] {
  if ('item' in need) return [need.item]
  if ('wait' in need) return need.wait.after ? [need.wait.after] : []
  return ('all' in need ? need.all : need.any).flatMap(itemsOf)
}

/** Every external wait of a need. */
export function waitsOf(need: Need): Wait[] {
  if ('item' in need) return []
  if ('wait' in need) return [need.wait]
  return ('all' in need ? need.all : need.any).flatMap(waitsOf)
}

/**
 * Parallel stages: an item is in the first stage in which everything it needs lies before it.
 * Items on a dependency circle never get a stage; the checker refuses such a topic.
 */
export function stagesOf(items: readonly Item[], present: ReadonlySet<string>): string[][] {
  const stages: string[][] = []
  const before = new Set<string>()
  let left = items
  while (left.length > 0) {
    const stage = left
      .filter((item) => itemsOf(trimNeed(item.needs, present)).every((id) => before.has(id)))
      .map(({ id }) => id)
    if (stage.length === 0) break
    stages.push(stage)
    stage.forEach((id) => before.add(id))
    left = left.filter(({ id }) => !before.has(id))
  }
  return stages
}

/**
 * The longest chain of promised days, in working days. An any-of counts its slowest part: a promise
 * is a bound.
 */
export function longestDays(items: readonly { item: Item; needs: Need }[]): Chain {
  const byId = new Map(items.map((one) => [one.item.id, one]))
  const known = new Map<string, Chain>()
  const until = (id: string, seen: readonly string[]): Chain => {
    const one = byId.get(id)
    if (!one || seen.includes(id)) return NO_CHAIN
    const memo = known.get(id)
    if (memo) return memo
    const before = untilMet(one.needs, [...seen, id])
    const days = before.days + workingDays(one.item.promised)
    const result = { days, path: [...before.path, id] }
    known.set(id, result)
    return result
  }
  const untilMet = (need: Need, seen: readonly string[]): Chain => {
    if ('item' in need) return until(need.item, seen)
    if ('wait' in need) {
      const { days, path } = need.wait.after ? until(need.wait.after, seen) : NO_CHAIN
      return { days: days + workingDays(need.wait), path }
    }
    return longest(('all' in need ? need.all : need.any).map((part) => untilMet(part, seen)))
  }
  return longest(items.map(({ item }) => until(item.id, [])))
}

interface Chain {
  days: number
  path: string[]
}

/** Calendar days as working days, rounded up: 20 days of public notice are 15 working days. */
export function workingDays({ days, unit }: { days: number; unit: 'working-day' | 'day' }): number {
  return unit === 'day' ? Math.ceil((days * 5) / 7) : days
}

const NO_CHAIN: Chain = { days: 0, path: [] }

function longest(chains: readonly Chain[]): Chain {
  return chains.reduce((best, chain) =>
    chain.days > best.days || (chain.days === best.days && chain.path.length > best.path.length)
      ? chain
      : best, NO_CHAIN)
}
