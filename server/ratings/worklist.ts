/** 整改 as those see it who handle or supervise it, nearest hard stop first. */
import { sql } from 'kysely'
import type { RectificationDetail, RectificationPage } from '../../core/contract/rating'
import { type RectificationState, rectificationActions } from '../../core/rectification'
import { shanghaiDate } from '../../core/clock'
import { Refused } from '../../core/refusal'
import type { StaffMember } from '../actor'
import { maskedName } from '../cases/list'
import { tasksOf } from '../cases/store'
import { topicOf } from '../cases/topic'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { regionsOf } from '../policies'
import { partiesOf } from './read'
import { signalOf } from './rectify'
import { type RectificationRow, commentOf, openNote, stepsOf } from './store'

export interface WorklistQuery {
  by: StaffMember
  /** one state; absent: all that are not closed */
  state: RectificationState | undefined
  after: { stopBy: string; id: string } | undefined
  limit: number
}

/** One page. Index: rectifications_worklist. */
export async function worklist(platform: Platform, q: WorklistQuery): Promise<RectificationPage> {
  const regions = regionsOf(platform.catalogue, q.by.region)
  const rows = await briefs(platform.db.db).where('r.region_code', 'in', regions)
    .$if(q.by.kind === 'window', (some) => some.where('r.department_id', 'is', null))
    .$if(q.by.kind === 'department', (some) => some.where('r.department_id', '=', q.by.department))
    .$if(q.state === undefined, (some) => some.where('r.state', '<>', 'closed'))
    .$if(q.state !== undefined, (some) => some.where('r.state', '=', q.state ?? 'open'))
    .$if(q.after !== undefined, (some) => some.where(
      sql<boolean>`(r.stop_by, r.id) > (${q.after?.stopBy}::date, ${q.after?.id}::uuid)`))
    .orderBy('r.stop_by').orderBy('r.id').limit(q.limit + 1).execute()
  const page = rows.slice(0, q.limit)
  const last = rows.length > q.limit ? page.at(-1) : undefined
  return {
    rectifications: await Promise.all(page.map((row) => toBrief(platform, row))),
    next: last ? `${last.stop_by}.${last.id}` : null,
  }
}

/** @throws {Refused} MALFORMED */
export function readCursor(text: string): NonNullable<WorklistQuery['after']> {
  const [, stopBy, id] = /^(\d{4}-\d\d-\d\d)\.([0-9a-f-]{36})$/.exec(text) ?? []
  if (!stopBy || !id) throw new Refused('MALFORMED')
  return { stopBy, id }
}

function briefs(db: Db) {
  return db.selectFrom('rectifications as r').innerJoin('cases as c', 'c.id', 'r.case_id')
    .innerJoin('people as p', 'p.id', 'c.applicant_id').selectAll('r')
    .select(['c.number', 'p.id as person_id', 'p.name_sealed'])
}

type BriefRow = RectificationRow & {
  number: string
  person_id: string
  name_sealed: Buffer | null
}

async function toBrief(platform: Platform, one: BriefRow) {
  const { db } = platform.db
  const row = await db.selectFrom('cases').selectAll().where('id', '=', one.case_id)
    .executeTakeFirstOrThrow()
  const topic = await topicOf(db, platform, row)
  const { about, by } = partiesOf(platform, one, {
    row, topic, tasks: one.n === 0 ? [] : await tasksOf(db, one.case_id),
  })
  return {
    id: one.id,
    caseId: one.case_id,
    number: one.number,
    topicTitle: topic.title,
    about,
    by,
    regionCode: one.region_code,
    stars: one.stars,
    state: one.state,
    round: one.round,
    contactBy: one.contact_by,
    answerBy: one.answer_by,
    stopBy: one.stop_by,
    signal: signalOf(one, shanghaiDate(platform.now().toISOString())),
    late: one.late,
    applicant: maskedName(platform, { id: one.person_id, sealed: one.name_sealed }),
  }
}

/** @throws {Refused} NOT_FOUND */
export async function detail(
  platform: Platform,
  { id, by }: { id: string; by: StaffMember },
): Promise<RectificationDetail> {
  const { db: { db }, keys } = platform
  const row = await briefs(db).where('r.id', '=', id).executeTakeFirst()
  if (!row) throw new Refused('NOT_FOUND')
  const steps = (await stepsOf(db, [id])).get(id) ?? []
  return {
    ...await toBrief(platform, row),
    comment: await commentOf(db, keys, row),
    events: steps.map((one) => ({
      at: one.at.toISOString(), by: one.by_name, is: one.event, note: openNote(keys, one),
    })),
    actions: rectificationActions(row.state, by.kind === 'supervisor' ? 'supervisor' : 'handler'),
  }
}
