/**
 * 监管数据: facts of a day, summed for every reader they concern, and what is told of a sum.
 *
 *   facts (topic × region × item × department) ──rollUp──▶ rows per scope and dimension
 *
 * A case counts in its topic and region, a task in its item and department; a figure of a
 * prefecture is that of all its regions. Shares are made last, from sums, never averaged.
 */
import { type PlainDate, type WorkCalendar, addDays, isWorkingDay } from './clock'
import { prefectureOf } from './escalation'

/** Everything that is counted. Sums only, so that days and regions may be added up. */
export const COUNTS = [
  'accepted', // cases accepted, or tasks started
  'finished', // cases whose items have all ended, or tasks decided
  'onTime', // of these, on or before the promised day
  'days', // working days of the timed ones together
  'timed', // finished ones whose days are known
  'refused', // 不予受理, or 不予办理
  'withdrawn',
  'rounds', // corrections asked in what ended
  'deviations', // of these, outside the notice or a second time
  'rated',
  'stars', // of all ratings together
  'lowRated', // one or two stars
  'inquiries', 'assistances', 'unresolved', // tickets by kind
] as const
export type Count = (typeof COUNTS)[number]
export type Counts = Record<Count, number>

export const DIMENSIONS = ['topic', 'region', 'item', 'department'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export interface Fact {
  /** a case counts by topic and region, a task by item and department, a ticket by all of them */
  of: 'case' | 'task' | 'ticket'
  topicId: string
  regionCode: string
  itemId: string
  departmentId: string
  counts: Partial<Counts>
}

/** The counts of one day for whoever supervises `scope` (a region, or a prefecture as a whole). */
export interface Rolled {
  scope: string
  by: Dimension
  id: string
  counts: Counts
}

const COUNTED_BY: Record<Fact['of'], readonly Dimension[]> = {
  case: ['topic', 'region'], task: ['item', 'department'], ticket: DIMENSIONS,
}

export const NOTHING: Counts =
  Object.fromEntries(COUNTS.map((name) => [name, 0])) as Counts // every name of COUNTS

export function add(one: Counts, other: Partial<Counts>): Counts {
  const sums = COUNTS.map((name) => [name, one[name] + (other[name] ?? 0)])
  return Object.fromEntries(sums) as Counts // likewise
}

/** @param facts  of one day */
export function rollUp(facts: readonly Fact[]): Rolled[] {
  const rows = new Map<string, Rolled>()
  for (const fact of facts) {
    for (const scope of new Set([fact.regionCode, prefectureOf(fact.regionCode)])) {
      for (const by of COUNTED_BY[fact.of]) {
        const id = idOf(fact, by)
        const key = `${scope} ${by} ${id}`
        const before = rows.get(key)?.counts ?? NOTHING
        rows.set(key, { scope, by, id, counts: add(before, fact.counts) })
      }
    }
  }
  return [...rows.values()]
}

function idOf(fact: Fact, by: Dimension): string {
  switch (by) {
    case 'topic': return fact.topicId
    case 'region': return fact.regionCode
    case 'item': return fact.itemId
    case 'department': return fact.departmentId
  }
}

/** What a reader is told. Null: of none there is no share and no average. */
export interface Told {
  onTimeShare: number | null
  /** working days */
  averageDays: number | null
  roundsPerCase: number | null
  averageStars: number | null
}

export function toldOfCounts(counts: Counts): Told {
  const per = (sum: number, of: number, digits: number) =>
    (of > 0 ? Math.round((sum / of) * 10 ** digits) / 10 ** digits : null)
  return {
    onTimeShare: per(counts.onTime, counts.finished, 4),
    averageDays: per(counts.days, counts.timed, 1),
    roundsPerCase: per(counts.rounds, counts.finished + counts.refused + counts.withdrawn, 2),
    averageStars: per(counts.stars, counts.rated, 2),
  }
}

/**
 * Each day with the working days up to it: the difference of two is how long something took. Days
 * the calendar does not cover are left out.
 */
export function workingDayIndex(
  calendar: WorkCalendar,
  { from, to }: { from: PlainDate; to: PlainDate },
): Record<PlainDate, number> {
  const index: Record<PlainDate, number> = {}
  let count = 0
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (!calendar.years.includes(Number(day.slice(0, 4)))) continue
    if (isWorkingDay(day, calendar)) count += 1
    index[day] = count
  }
  return index
}
