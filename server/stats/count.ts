/**
 * 公开数据, counted from the cases themselves: nothing is left out but groups so small that they
 * would point at somebody. Low ratings count as they were given.
 */
import { sql } from 'kysely'
import { addDays, dayStart, shanghaiDate, workingDaysBetween } from '../../core/clock'
import type { PublicStats } from '../../core/contract/stats'
import { told } from '../../core/stats'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'

interface CaseGroup {
  topicId: string
  regionCode: string
  finished: number
  onTime: number
  /** working days of all of them together, and of how many that is known */
  days: number
  timed: number
}

interface RatingGroup {
  topicId: string
  regionCode: string
  stars: number
  count: number
}

export async function countStats(platform: Platform): Promise<PublicStats> {
  const { db: { db }, catalogue } = platform
  const at = platform.now()
  const today = shanghaiDate(at.toISOString())
  const { days, smallestGroup } = catalogue.rating.publish
  const from = addDays(today, -days)
  const [cases, ratings, items, rectifications] = await Promise.all([
    finishedCases(db, { from, indexes: workingDayIndexes(platform, from, today) }),
    caseRatings(db, from), itemRatings(db, from), rectified(db, from),
  ])
  const parts = (key: Key, name: (id: string) => string | undefined) =>
    partsBy(key, { cases, ratings, smallestGroup })
      .map((part) => ({ ...part, name: name(part.id) ?? part.id }))
  const whole = figuresOf(cases, ratings)
  return {
    countedAt: at.toISOString(),
    from,
    smallestGroup,
    whole: {
      cases: whole.cases.finished < smallestGroup ? null : whole.cases,
      ratings: sum(whole.ratings) < smallestGroup ? null : whole.ratings,
    },
    itemRatings: sum(items) < smallestGroup ? null : items,
    topics: parts('topicId', (id) => catalogue.topics.find((one) => one.id === id)?.title),
    counties: parts('regionCode', (id) => catalogue.regions.find(({ code }) => code === id)?.name),
    rectifications: rectifications.opened < smallestGroup ? null : rectifications,
  }
}

type Key = 'topicId' | 'regionCode'

interface Counted {
  cases: readonly CaseGroup[]
  ratings: readonly RatingGroup[]
  smallestGroup: number
}

function partsBy(key: Key, { cases, ratings, smallestGroup }: Counted) {
  const ids = [...new Set([...cases, ...ratings].map((one) => one[key]))]
  const parts = ids.map((id) => ({
    id,
    ...figuresOf(cases.filter((one) => one[key] === id), ratings.filter((one) => one[key] === id)),
  }))
  const toldOf = (size: (part: (typeof parts)[number]) => number) =>
    new Set(told(parts.map((part) => ({ id: part.id, size: size(part) })), smallestGroup)
      .map(({ id }) => id))
  const tellCases = toldOf((part) => part.cases.finished)
  const tellRatings = toldOf((part) => sum(part.ratings))
  return parts
    .sort((a, b) => b.cases.finished - a.cases.finished || (a.id < b.id ? -1 : 1))
    .map((part) => ({
      id: part.id,
      figures: {
        cases: tellCases.has(part.id) ? part.cases : null,
        ratings: tellRatings.has(part.id) ? part.ratings : null,
      },
    }))
    .filter(({ figures }) => figures.cases || figures.ratings)
}

const NONE = [0, 0, 0, 0, 0]
const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0)

function figuresOf(cases: readonly CaseGroup[], ratings: readonly RatingGroup[]) {
  const timed = sum(cases.map((one) => one.timed))
  const days = sum(cases.map((one) => one.days))
  return {
    cases: {
      finished: sum(cases.map((one) => one.finished)),
      onTime: sum(cases.map((one) => one.onTime)),
      averageDays: timed > 0 ? Math.round((days / timed) * 10) / 10 : null,
    },
    ratings: NONE.map((_, n) =>
      sum(ratings.filter(({ stars }) => stars === n + 1).map(({ count }) => count))),
  }
}

/** Each day with the working days up to it: the difference of two is how long something took. */
function workingDayIndexes({ catalogue }: Platform, from: string, today: string): string {
  const { calendar } = catalogue
  const indexes: Record<string, number> = {}
  let count = 0
  // Cases finished in the period may have been accepted well before it.
  for (let day = addDays(from, -LONGEST_CASE_DAYS); day <= today; day = addDays(day, 1)) {
    if (!calendar.years.includes(Number(day.slice(0, 4)))) continue
    const before = addDays(day, -1)
    const known = calendar.years.includes(Number(before.slice(0, 4)))
    count += known ? workingDaysBetween(before, day, calendar) : 0
    indexes[day] = count
  }
  return JSON.stringify(indexes)
}

const LONGEST_CASE_DAYS = 365

const day = (column: string) =>
  sql<string>`to_char(${sql.ref(column)} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`

async function finishedCases(
  db: Db,
  { from, indexes }: { from: string; indexes: string },
): Promise<CaseGroup[]> {
  const { rows } = await sql<CaseGroup>`
    with ended as (
      select c.topic_id, c.region_code, c.due_on, ${day('c.accepted_at')} as accepted,
             (select ${day('t.ended_at')} from tasks t where t.case_id = c.id
               order by t.ended_at desc nulls last limit 1) as done
        from cases c
       where c.accepted_at is not null
         and (c.state = 'ready' or c.state = 'finished' and c.ended_at >= ${dayStart(from)})),
    index as (select key as day, value::int as n from jsonb_each_text(${indexes}::jsonb))
    select e.topic_id as "topicId", e.region_code as "regionCode", count(*)::int as finished,
           count(*) filter (where e.done::date <= e.due_on)::int as "onTime",
           coalesce(sum(b.n - a.n), 0)::int as days, count(b.n - a.n)::int as timed
      from ended e left join index a on a.day = e.accepted left join index b on b.day = e.done
     where e.done::date >= ${from}::date
     group by 1, 2`.execute(db)
  return rows
}

async function caseRatings(db: Db, from: string): Promise<RatingGroup[]> {
  return db.selectFrom('ratings as r').innerJoin('cases as c', 'c.id', 'r.case_id')
    .where('r.at', '>=', dayStart(from)).groupBy(['c.topic_id', 'c.region_code', 'r.stars'])
    .select((eb) => [
      'c.topic_id as topicId', 'c.region_code as regionCode', 'r.stars',
      eb.fn.countAll<number>().as('count'),
    ]).execute()
}


async function itemRatings(db: Db, from: string): Promise<number[]> {
  const rows = await db.selectFrom('item_ratings').where('at', '>=', dayStart(from))
    .groupBy('stars').select((eb) => ['stars', eb.fn.countAll<number>().as('count')]).execute()
  return NONE.map((_, n) => rows.find(({ stars }) => stars === n + 1)?.count ?? 0)
}

type Rectified = NonNullable<PublicStats['rectifications']>

async function rectified(db: Db, from: string): Promise<Rectified> {
  return db.selectFrom('rectifications').where('opened_at', '>=', dayStart(from))
    .select((eb) => [
      eb.fn.countAll<number>().as('opened'),
      eb.fn.count<number>('confirmed_at').as('done'),
      sql<number>`count(confirmed_at) filter (where not late)`.as('inTime'),
      sql<number>`count(*) filter (where outcome = 'satisfied')`.as('satisfied'),
    ]).executeTakeFirstOrThrow()
}
