/**
 * 预演: past cases as they would be asked under a draft. Answers and forms stay on the server; out
 * go case numbers and the labels of what would differ.
 */
import { sql } from 'kysely'
import type { Rehearsal } from '../../core/contract/editing'
import type { Topic } from '../../core/contract/topic'
import { movedBetween } from '../../core/moved'
import { makePlan } from '../../core/plan'
import { Refused } from '../../core/refusal'
import type { StaffMember } from '../actor'
import { look } from '../audit/look'
import { openContent } from '../cases/content'
import { type Cursor, readCursor, writeCursor } from '../cases/cursor'
import { planFor } from '../cases/plans'
import { topicOf } from '../cases/topic'
import { ofRegions, within } from '../db/scope'
import type { Platform } from '../platform'
import { regionsOf } from '../policies'
import { judge } from './check'
import { findDraft } from './store'

const MOST_CASES = 1_000
/** A page keeps nobody else waiting for long. */
const PAGE = 50

interface CaseRow {
  id: string
  number: string
  topic_id: string
  topic_version: number
  content_sealed: Buffer
  submitted_at: Date
}

export interface RehearsalQuery {
  id: string
  by: StaffMember
  after: string | undefined
}

/**
 * One page, newest first; only cases that would go otherwise are named.
 * @throws {Refused} NOT_FOUND, DRAFT_FAULTY while the draft cannot be linked, MALFORMED
 */
export async function rehearse(
  platform: Platform,
  { id, by, after }: RehearsalQuery,
): Promise<Rehearsal> {
  const { db: { db }, catalogue } = platform
  const row = await findDraft(db, id)
  if (!row) throw new Refused('NOT_FOUND')
  const { linked, verdict } = await judge(catalogue, row.topic_id, row.changes)
  if (!linked) throw new Refused('DRAFT_FAULTY', { count: verdict.faults.length })
  const place = after === undefined ? { done: 0, from: undefined } : readPlace(after)
  if (!place.from) {
    await look(platform, {
      by, personId: null, what: '用以往办件预演修订稿', object: `catalogue:${row.topic_id}`,
      why: '目录管理',
    })
  }
  const { topic_id: topicId } = row
  // The desk sees no case; the house looks for it, and tells what concerns nobody.
  const [total, rows] = await within(ofRegions(regionsOf(catalogue, by.region)), () =>
    Promise.all([
      countCases(platform, topicId), casesBefore(platform, { topicId, from: place.from }),
    ]))
  const page = rows.slice(0, Math.min(PAGE, MOST_CASES - place.done))
  const differing: Rehearsal['differing'] = []
  for (const one of page) {
    const then = await topicOf(db, platform, one)
    differing.push(...differenceOf(platform, { one, then, next: linked }))
  }
  const done = place.done + page.length
  const last = page.at(-1)
  const more = last !== undefined && rows.length > page.length && done < MOST_CASES
  return {
    total, done, differing,
    next: more ? `${done}~${writeCursor({ at: last.submitted_at, id: last.id })}` : null,
  }
}

/** @throws {Refused} MALFORMED */
function readPlace(text: string): { done: number; from: Cursor } {
  const [, done, cursor] = /^(\d{1,4})~([\w-]+)$/.exec(text) ?? []
  if (!done || !cursor) throw new Refused('MALFORMED')
  return { done: Number(done), from: readCursor(cursor) }
}

async function countCases({ db: { db } }: Platform, topicId: string): Promise<number> {
  const { count } = await db
    .selectFrom((eb) => eb.selectFrom('cases').where('topic_id', '=', topicId).select('id')
      .limit(MOST_CASES).as('some'))
    .select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return count
}

function casesBefore(
  { db: { db } }: Platform,
  { topicId, from }: { topicId: string; from: Cursor | undefined },
): Promise<CaseRow[]> {
  return db.selectFrom('cases').where('topic_id', '=', topicId)
    .$if(from !== undefined, (some) => some.where(
      sql<boolean>`(date_trunc('milliseconds', submitted_at), id)
        < (${from?.at ?? null}::timestamptz, ${from?.id ?? null}::uuid)`))
    .orderBy(sql`date_trunc('milliseconds', submitted_at)`, 'desc').orderBy('id', 'desc')
    .limit(PAGE + 1)
    .select(['id', 'number', 'topic_id', 'topic_version', 'content_sealed', 'submitted_at'])
    .execute()
}

function differenceOf(
  { keys }: Platform,
  { one, then, next }: { one: CaseRow; then: Topic; next: Topic },
): Rehearsal['differing'] {
  const { answers, form, materials } = openContent(keys, one.id, one.content_sealed)
  const facts = { answers, form }
  const moved = movedBetween(then, next, { answers, form, materials })
  const [before, after] = [planFor(then, facts), makePlan(next, facts)]
  const names = (plan: typeof before) =>
    new Map(plan.items.map(({ item }) => [item.id, item.short]))
  const [had, has] = [names(before), names(after)]
  const missing = (all: ReadonlyMap<string, string>, by: ReadonlyMap<string, string>) =>
    [...all].filter(([id]) => !by.has(id)).map(([, name]) => name)
  const labels = (parts: readonly { label: string }[]) => parts.map(({ label }) => label)
  const difference = {
    added: labels(moved.added), changed: labels(moved.changed), removed: [...moved.removed],
    itemsAdded: missing(has, had), itemsGone: missing(had, has),
    stops: after.stops.filter(({ id }) => !before.stops.some((stop) => stop.id === id))
      .map(({ title }) => title),
  }
  if (Object.values(difference).every((list) => list.length === 0)) return []
  return [{ number: one.number, version: one.topic_version, ...difference }]
}
