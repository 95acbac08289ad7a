import { sql } from 'kysely'
import { CASE_ALLOWED, CASE_ENDED, type CaseState } from '../../core/case'
import type { CaseBrief, CasePage } from '../../core/contract/case'
import type { StateCounts } from '../../core/contract/task'
import { MOST_COUNTED } from '../../core/counted'
import { mask } from '../../core/values'
import { openText } from '../crypto'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { regionsOf } from '../policies'
import { type Cursor, type DueCursor, writeCursor, writeDueCursor } from './cursor'
import { stateOf } from './view'

const NO_CURSOR = { at: new Date(0), id: '' }

interface Page {
  after: Cursor | undefined
  limit: number
}

/** A person's own cases, newest first. Index: cases_applicant. */
export async function casesOf(
  platform: Platform,
  { personId, topics, after, limit }: Page & {
    personId: string
    /** null: of every topic */
    topics: readonly string[] | null
  },
): Promise<CasePage> {
  const { at, id } = after ?? NO_CURSOR
  const rows = await briefs(platform.db.db).where('c.applicant_id', '=', personId)
    .$if(topics !== null, (some) => some.where('c.topic_id', 'in', topics ?? []))
    .$if(after !== undefined, (some) => some.where((eb) =>
      eb(eb.refTuple('c.submitted_at', 'c.id'), '<', eb.tuple(at, id))))
    .orderBy('c.submitted_at', 'desc').orderBy('c.id', 'desc').limit(limit + 1).execute()
  return toPage(platform, rows, limit)
}

export interface DeskQuery {
  /** of the staff member: a county, or the prefecture with all of its counties */
  region: string
  state: string
  /** the one case with this number, whatever its state */
  number: string | undefined
  after: DueCursor | undefined
  limit: number
}

/** The law accepts a case by itself on this day; from then on its own deadline counts. */
const DUE = sql<string>`(case when c.due_on is null then c.accept_by else c.due_on end)`

/** The desk's cases of one state, what is due first. Index: cases_desk. */
export async function deskCases(platform: Platform, q: DeskQuery): Promise<CasePage> {
  const regions = regionsOf(platform.catalogue, q.region)
  const rows = await briefs(platform.db.db)
    .where('c.region_code', 'in', regions)
    .$if(q.number === undefined, (some) => some.where('c.state', '=', q.state))
    .$if(q.number !== undefined, (some) => some.where('c.number', '=', q.number ?? ''))
    .$if(q.after !== undefined, (some) => some.where(sql<boolean>`(${DUE}, c.id)
      > (${q.after?.day}::date, ${q.after?.id}::uuid)`))
    .orderBy(DUE).orderBy('c.id').limit(q.limit + 1).execute()
  const last = rows.length > q.limit ? rows[q.limit - 1] : undefined
  return {
    cases: rows.slice(0, q.limit).map((row) => toBrief(platform, row, { masked: true })),
    next: last ? writeDueCursor({ day: last.due_on ?? last.accept_by, id: last.id }) : null,
  }
}

/** How many open cases a desk has in each state, up to MOST_COUNTED. Index: cases_desk. */
export async function deskCounts(platform: Platform, region: string): Promise<StateCounts> {
  const regions = regionsOf(platform.catalogue, region)
  const { rows } = await sql<{ state: string; count: number }>`
    select s.state, (select count(*)::int from (
             select from cases c where c.state = s.state and c.region_code = any(${regions}::text[])
              limit ${MOST_COUNTED}) as counted) as count
      from unnest(${OPEN_STATES}::text[]) as s(state)`.execute(platform.db.db)
  return { counts: Object.fromEntries(rows.map(({ state, count }) => [state, count])) }
}

const OPEN_STATES = Object.keys(CASE_ALLOWED)
  .filter((state) => !CASE_ENDED.has(state as CaseState)) // keys of the table

function briefs(db: Db) {
  return db.selectFrom('cases as c').innerJoin('people as p', 'p.id', 'c.applicant_id')
    .select([
      'c.id', 'c.number', 'c.topic_id', 'c.state', 'c.submitted_at', 'c.due_on', 'c.accept_by',
      'p.id as person_id', 'p.name_sealed',
      sql<number>`(select count(*)::int from tasks t where t.case_id = c.id)`.as('total'),
      sql<number>`(select count(*)::int from tasks t where t.case_id = c.id
        and t.state in ('approved', 'rejected', 'cancelled'))`.as('done'),
      sql<CaseBrief['signal'] | null>`(
        select t.signal from tasks t where t.case_id = c.id and t.ended_at is null
         order by array_position(array['red', 'yellow', 'warning', 'none'], t.signal) limit 1)`
        .as('signal'),
    ])
}

type BriefRow = Awaited<ReturnType<ReturnType<typeof briefs>['execute']>>[number]

function toPage(platform: Platform, rows: BriefRow[], limit: number): CasePage {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    cases: rows.slice(0, limit).map((row) => toBrief(platform, row, { masked: false })),
    next: last ? writeCursor({ at: last.submitted_at, id: last.id }) : null,
  }
}

function toBrief(platform: Platform, row: BriefRow, { masked }: { masked: boolean }): CaseBrief {
  return {
    id: row.id,
    number: row.number,
    topicId: row.topic_id,
    topicTitle: platform.catalogue.topics.find(({ id }) => id === row.topic_id)?.title ?? '',
    state: stateOf(row),
    done: row.done,
    total: row.total,
    submittedAt: row.submitted_at.toISOString(),
    acceptBy: row.accept_by,
    dueOn: row.due_on,
    signal: row.signal ?? 'none',
    applicant: masked
      ? maskedName(platform, { id: row.person_id, sealed: row.name_sealed }) : null,
  }
}

/** As staff lists show it (S47). */
export function maskedName(
  { keys }: Platform,
  { id, sealed }: { id: string; sealed: Buffer | null },
): string {
  if (!sealed) return ''
  return mask('name', openText(keys, { table: 'people', column: 'name_sealed', rowId: id }, sealed))
}
