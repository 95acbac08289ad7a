import { sql } from 'kysely'
import type { CaseBrief, CasePage } from '../../core/contract/case'
import { mask } from '../../core/values'
import { openText } from '../crypto'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { regionsOf } from '../policies'
import { writeCursor, type Cursor } from './cursor'
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
  return toPage(platform, rows, { limit, masked: false })
}

export interface DeskQuery extends Page {
  /** of the staff member: a county, or the prefecture with all of its counties */
  region: string
  state: string
}

/** The desk's cases of one state, oldest first. Index: cases_desk. */
export async function deskCases(platform: Platform, q: DeskQuery): Promise<CasePage> {
  const { at, id } = q.after ?? NO_CURSOR
  const regions = regionsOf(platform.catalogue, q.region)
  const rows = await briefs(platform.db.db)
    .where('c.region_code', 'in', regions).where('c.state', '=', q.state)
    .$if(q.after !== undefined, (some) => some.where((eb) =>
      eb(eb.refTuple('c.submitted_at', 'c.id'), '>', eb.tuple(at, id))))
    .orderBy('c.submitted_at').orderBy('c.id').limit(q.limit + 1).execute()
  return toPage(platform, rows, { limit: q.limit, masked: true })
}

function briefs(db: Db) {
  return db.selectFrom('cases as c').innerJoin('people as p', 'p.id', 'c.applicant_id')
    .select([
      'c.id', 'c.number', 'c.topic_id', 'c.state', 'c.submitted_at', 'c.due_on',
      'p.id as person_id', 'p.name_sealed',
      sql<number>`(select count(*)::int from tasks t where t.case_id = c.id)`.as('total'),
      sql<number>`(select count(*)::int from tasks t where t.case_id = c.id
        and t.state in ('approved', 'rejected', 'cancelled'))`.as('done'),
    ])
}

type BriefRow = Awaited<ReturnType<ReturnType<typeof briefs>['execute']>>[number]

function toPage(
  platform: Platform,
  rows: BriefRow[],
  { limit, masked }: { limit: number; masked: boolean },
): CasePage {
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    cases: page.map((row): CaseBrief => ({
      id: row.id,
      number: row.number,
      topicId: row.topic_id,
      topicTitle: platform.catalogue.topics.find(({ id }) => id === row.topic_id)?.title ?? '',
      state: stateOf(row),
      done: row.done,
      total: row.total,
      submittedAt: row.submitted_at.toISOString(),
      dueOn: row.due_on,
      applicant: masked
        ? maskedName(platform, { id: row.person_id, sealed: row.name_sealed }) : null,
    })),
    next: last ? writeCursor({ at: last.submitted_at, id: last.id }) : null,
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
