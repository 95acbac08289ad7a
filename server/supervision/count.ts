/** The facts of one day, counted from the cases themselves by indexes on the time of each fact. */
import { type RawBuilder, sql } from 'kysely'
import { addDays, dayStart } from '../../core/clock'
import { COUNTS, type Counts, type Fact, workingDayIndex } from '../../core/figures'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'

/** A day in Asia/Shanghai, and where it begins and ends. */
interface Span {
  day: string
  from: Date
  to: Date
  /** working days up to each day, as JSON */
  index: string
}

/** What ends today may have begun well before; longer ago its days are not known. */
const LONGEST_DAYS = 800

type Row = Partial<Counts> & {
  topicId?: string
  regionCode: string
  itemId?: string
  departmentId?: string
}

export async function factsOf(db: Db, { catalogue }: Platform, day: string): Promise<Fact[]> {
  const index = workingDayIndex(catalogue.calendar, { from: addDays(day, -LONGEST_DAYS), to: day })
  const span: Span = { day, from: dayStart(day), to: dayStart(addDays(day, 1)),
    index: JSON.stringify(index) }
  const facts: Fact[] = []
  for (const [of, query] of QUERIES) {
    const { rows } = await query(span).execute(db)
    facts.push(...rows.map((row) => toFact(of, row)))
  }
  return facts
}

function toFact(of: Fact['of'], row: Row): Fact {
  const { topicId = '', regionCode, itemId = '', departmentId = '' } = row
  const counts = Object.fromEntries(COUNTS.flatMap((name) => {
    const count = row[name]
    return count ? [[name, count]] : []
  }))
  return { of, topicId, regionCode, itemId, departmentId, counts }
}

const within = (column: string, { from, to }: Span) =>
  sql`${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${to}`
const dayOf = (column: string) => sql`(${sql.ref(column)} at time zone 'Asia/Shanghai')::date`
/** Null for a day the calendar does not cover. */
const upTo = ({ index }: Span, day: RawBuilder<unknown>) =>
  sql`(${index}::jsonb ->> (${day})::text)::int`

const CASE = sql`c.topic_id as "topicId", c.region_code as "regionCode"`
const TASK = sql`t.item_id as "itemId", t.department_id as "departmentId",
  t.region_code as "regionCode"`

const acceptedCases = (span: Span) => sql<Row>`
  select ${CASE}, count(*)::int as accepted from cases c
   where ${within('c.accepted_at', span)} group by 1, 2`

/** A case has finished on the day its last item ended, whenever its results are fetched. */
const finishedCases = (span: Span) => sql<Row>`
  select ${CASE}, count(*)::int as finished,
         count(*) filter (where ${span.day}::date <= c.due_on)::int as "onTime",
         coalesce(sum(d.days), 0)::int as days, count(d.days)::int as timed,
         sum(c.rounds)::int as rounds, sum(c.overrides)::int as deviations
    from (select distinct t.case_id from tasks t where ${within('t.ended_at', span)}) e
    join cases c on c.id = e.case_id,
         lateral (select ${upTo(span, sql`${span.day}::date`)} -
                         ${upTo(span, dayOf('c.accepted_at'))} as days) d
   where c.state in ('ready', 'finished') and c.accepted_at is not null
     and not exists (select from tasks x where x.case_id = c.id
                      and (x.ended_at is null or x.ended_at >= ${span.to}))
   group by 1, 2`

const givenUpCases = (span: Span) => sql<Row>`
  select ${CASE}, count(*) filter (where c.state = 'refused')::int as refused,
         count(*) filter (where c.state = 'withdrawn')::int as withdrawn,
         sum(c.rounds)::int as rounds, sum(c.overrides)::int as deviations
    from cases c
   where c.state in ('refused', 'withdrawn') and ${within('c.ended_at', span)} group by 1, 2`

const startedTasks = (span: Span) => sql<Row>`
  select ${TASK}, count(*)::int as accepted from tasks t
   where ${within('t.started_at', span)} group by 1, 2, 3`

/** The days its clock stood still do not count. */
const endedTasks = (span: Span) => sql<Row>`
  select ${TASK}, count(*) filter (where decided)::int as finished,
         count(*) filter (where decided and ${span.day}::date <= t.due_on)::int as "onTime",
         coalesce(sum(days) filter (where decided), 0)::int as days,
         count(days) filter (where decided)::int as timed,
         count(*) filter (where t.state = 'rejected')::int as refused,
         count(*) filter (where not decided)::int as withdrawn,
         coalesce(sum(p.rounds), 0)::int as rounds
    from tasks t,
         lateral (select coalesce(sum(greatest(0,
                           ${upTo(span, sql`x.to - 1`)} -
                           ${upTo(span, sql`greatest(x.from - 1, ${dayOf('t.started_at')})`)}
                         )), 0)::int as held,
                         count(*) filter (where x.reason = 'correction')::int as rounds
                    from jsonb_to_recordset(t.pauses) as x ("from" date, "to" date, reason text)
                 ) p,
         lateral (select t.state in ('approved', 'rejected') as decided,
                         ${upTo(span, sql`${span.day}::date`)} -
                         ${upTo(span, dayOf('t.started_at'))} - p.held as days) d
   where t.started_at is not null and ${within('t.ended_at', span)} group by 1, 2, 3`

const STARS = sql`count(*)::int as rated, sum(r.stars)::int as stars,
  count(*) filter (where r.stars <= 2)::int as "lowRated"`

const caseRatings = (span: Span) => sql<Row>`
  select ${CASE}, ${STARS} from ratings r join cases c on c.id = r.case_id
   where ${within('r.at', span)} group by 1, 2`

const itemRatings = (span: Span) => sql<Row>`
  select ${TASK}, ${STARS} from item_ratings r
    join tasks t on t.case_id = r.case_id and t.n = r.n
   where ${within('r.at', span)} group by 1, 2, 3`

const tickets = (span: Span) => sql<Row>`
  select coalesce(t.topic_id, '') as "topicId", coalesce(t.item_id, '') as "itemId",
         coalesce(t.department_id, '') as "departmentId", t.region_code as "regionCode",
         count(*) filter (where t.kind = 'inquiry')::int as inquiries,
         count(*) filter (where t.kind = 'assistance')::int as assistances,
         count(*) filter (where t.kind = 'unresolved')::int as unresolved
    from tickets t where ${within('t.opened_at', span)} group by 1, 2, 3, 4`

const QUERIES: readonly [Fact['of'], (span: Span) => RawBuilder<Row>][] = [
  ['case', acceptedCases], ['case', finishedCases], ['case', givenUpCases], ['case', caseRatings],
  ['task', startedTasks], ['task', endedTasks], ['task', itemRatings], ['ticket', tickets],
]
