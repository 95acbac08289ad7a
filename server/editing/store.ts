import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { DRAFT_OPEN, type StepOf } from '../../core/editing'
import type { StaffMember } from '../actor'
import type { Db, Tx } from '../db/pool'
import type { CatalogueDrafts } from '../db/editing-tables'

export type DraftRow = Selectable<CatalogueDrafts>

/** One publication at a time, or two could give their topics the same version. */
const PUBLISH_LOCK = 7_106_419

export const lockPublishing = (tx: Tx) =>
  sql`select pg_advisory_xact_lock(${PUBLISH_LOCK})`.execute(tx)

/** @returns false if the topic has an open draft already */
export async function addDraft(tx: Tx, row: DraftRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows: added } = await tx.insertInto('catalogue_drafts')
    .values({ ...row, changes: JSON.stringify(row.changes) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Boolean(added)
}

export function findDraft(db: Db, id: string): Promise<DraftRow | undefined> {
  return db.selectFrom('catalogue_drafts').where('id', '=', id).selectAll().executeTakeFirst()
}

export function lockDraft(tx: Tx, id: string): Promise<DraftRow | undefined> {
  return tx.selectFrom('catalogue_drafts').where('id', '=', id).selectAll().forUpdate()
    .executeTakeFirst()
}

/** Index: catalogue_drafts_open. */
export function openDrafts(db: Db): Promise<DraftRow[]> {
  return db.selectFrom('catalogue_drafts').where('state', 'in', [...DRAFT_OPEN]).selectAll()
    .execute()
}

export async function saveDraftRow(tx: Tx, { id, changes, ...row }: DraftRow): Promise<void> {
  await tx.updateTable('catalogue_drafts')
    .set({ ...row, changes: JSON.stringify(changes) }).where('id', '=', id).execute()
}

/** In the transaction that holds the draft's row. */
export async function addStep(
  tx: Tx,
  step: { id: string; at: Date; by: StaffMember; event: StepOf; note?: string | undefined },
): Promise<void> {
  await tx.insertInto('catalogue_events')
    .columns(['draft_id', 'seq', 'at', 'by_id', 'by_name', 'event', 'note'])
    .expression((eb) => eb.selectFrom('catalogue_events').where('draft_id', '=', step.id)
      .select(({ fn }) => [
        sql<string>`${step.id}::uuid`.as('draft_id'),
        sql<number>`coalesce(${fn.max('seq')}, 0) + 1`.as('seq'),
        sql<Date>`${step.at}::timestamptz`.as('at'), sql<string>`${step.by.id}::uuid`.as('by_id'),
        sql<string>`${step.by.name}`.as('by_name'), sql<string>`${step.event}`.as('event'),
        sql<string | null>`${step.note ?? null}::text`.as('note'),
      ]))
    .execute()
}

export interface StepRow {
  at: Date
  by: string
  event: string
  note: string | null
}

export function stepsOf(db: Db, draftId: string): Promise<StepRow[]> {
  return db.selectFrom('catalogue_events').where('draft_id', '=', draftId).orderBy('seq')
    .select(['at', 'by_name as by', 'event', 'note']).execute()
}

/** Newest first; `by` are those who wrote, approved and published it at the desk, in order. */
export async function versionsOf(db: Db, topicId: string) {
  const { rows } = await sql<{
    version: number
    publishedAt: Date
    how: 'release' | 'desk' | 'along' | null
    by: string[]
    cases: number
  }>`
    select v.version, v.published_at as "publishedAt", s.how,
           coalesce((select array_agg(e.by_name order by e.seq) from catalogue_events e
             where e.draft_id = s.draft_id and e.event in ('submit', 'approve', 'publish')
               and not exists (select from catalogue_events l where l.draft_id = e.draft_id
                 and l.seq > e.seq and l.event = e.event)), '{}') as by,
           (select count(*)::int from cases c
             where c.topic_id = v.topic_id and c.topic_version = v.version) as cases
      from topic_versions v
      left join topic_sources s using (topic_id, version)
     where v.topic_id = ${topicId}
     order by v.version desc`.execute(db)
  return rows
}

/** 1 above every version there ever was, also those of a release that was taken back. */
export async function nextVersion(tx: Tx, topicId: string): Promise<number> {
  const { newest } = await tx.selectFrom('topic_versions').where('topic_id', '=', topicId)
    .select(({ fn }) => fn.max('version').as('newest')).executeTakeFirstOrThrow()
  return (newest ?? 0) + 1
}
