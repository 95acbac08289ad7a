/**
 * 公开数据, added up from the same days as what supervision reads: nothing is left out but groups so
 * small that they would point at somebody. Low ratings count as they were given.
 */
import { sql } from 'kysely'
import { addDays, dayStart, shanghaiDate } from '../../core/clock'
import type { PublicStats } from '../../core/contract/stats'
import { prefectureOf } from '../../core/escalation'
import { type Counts, NOTHING, add, toldOfCounts } from '../../core/figures'
import { told } from '../../core/stats'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { type Sum, sumsOf } from '../supervision/figures'

interface RatingGroup {
  topic: string
  region: string
  stars: number
  count: number
}

export async function countStats(platform: Platform): Promise<PublicStats> {
  const { db: { db }, catalogue } = platform
  const at = platform.now()
  const today = shanghaiDate(at.toISOString())
  const { days, smallestGroup } = catalogue.rating.publish
  const from = addDays(today, -days)
  const scope = prefectureOf(catalogue.regions[0]?.code ?? '')
  const casesBy = (group: Key) => sumsOf(platform, { scope, from, to: today, group })
  const [byTopic, byRegion, ratings, items, rectifications] = await Promise.all([
    casesBy('topic'), casesBy('region'),
    caseRatings(db, from), itemRatings(db, from), rectified(db, from),
  ])
  const parts = (key: Key, cases: readonly Sum[], name: (id: string) => string | undefined) =>
    partsBy(key, { cases, ratings, smallestGroup })
      .map((part) => ({ ...part, name: name(part.id) ?? part.id }))
  const whole = figuresOf(byTopic, ratings)
  return {
    countedAt: at.toISOString(),
    from,
    smallestGroup,
    whole: {
      cases: whole.cases.finished < smallestGroup ? null : whole.cases,
      ratings: sum(whole.ratings) < smallestGroup ? null : whole.ratings,
    },
    itemRatings: sum(items) < smallestGroup ? null : items,
    topics: parts('topic', byTopic, (id) => catalogue.topics.find((one) => one.id === id)?.title),
    counties: parts('region', byRegion, (id) =>
      catalogue.regions.find(({ code }) => code === id)?.name),
    rectifications: rectifications.opened < smallestGroup ? null : rectifications,
  }
}

type Key = 'topic' | 'region'

interface Counted {
  cases: readonly Sum[]
  ratings: readonly RatingGroup[]
  smallestGroup: number
}

function partsBy(key: Key, { cases, ratings, smallestGroup }: Counted) {
  const ids = new Set([...cases.map(({ id }) => id), ...ratings.map((one) => one[key])])
  const parts = [...ids].map((id) => ({
    id,
    ...figuresOf(cases.filter((one) => one.id === id), ratings.filter((one) => one[key] === id)),
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

function figuresOf(cases: readonly Sum[], ratings: readonly RatingGroup[]) {
  const counts = cases.map((one) => one.counts).reduce<Counts>(add, NOTHING)
  const { finished, onTime } = counts
  return {
    cases: { finished, onTime, averageDays: toldOfCounts(counts).averageDays },
    ratings: NONE.map((_, n) =>
      sum(ratings.filter(({ stars }) => stars === n + 1).map(({ count }) => count))),
  }
}

async function caseRatings(db: Db, from: string): Promise<RatingGroup[]> {
  return db.selectFrom('ratings as r').innerJoin('cases as c', 'c.id', 'r.case_id')
    .where('r.at', '>=', dayStart(from)).groupBy(['c.topic_id', 'c.region_code', 'r.stars'])
    .select((eb) => [
      'c.topic_id as topic', 'c.region_code as region', 'r.stars',
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
