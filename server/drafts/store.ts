import type { Db, Tx } from '../db/pool'

export interface DraftRow {
  revision: number
  requestId: string
  sealed: Buffer
  savedAt: Date
  keptUntil: Date
}

interface Key {
  personId: string
  topicId: string
}

/** A draft that is still kept at `now`. */
export async function findDraft(db: Db, q: Key & { now: Date }): Promise<DraftRow | undefined> {
  return select(db, q).where('kept_until', '>', q.now).executeTakeFirst()
}

/** The draft, held against other devices till the end of the transaction; also one outlived. */
export async function lockDraft(tx: Tx, q: Key): Promise<DraftRow | undefined> {
  return select(tx, q).forUpdate().executeTakeFirst()
}

/** Takes the place of the draft of `revision`. False if another device was faster. */
export async function saveDraft(db: Db, { personId, topicId, ...row }: Key & DraftRow) {
  const values = {
    person_id: personId,
    topic_id: topicId,
    revision: row.revision,
    request_id: row.requestId,
    body_sealed: row.sealed,
    saved_at: row.savedAt,
    kept_until: row.keptUntil,
    reminded_at: null,
  }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('drafts')
    .values(values)
    .onConflict((conflict) =>
      conflict
        .columns(['person_id', 'topic_id'])
        .doUpdateSet(values)
        .where((eb) =>
          eb.or([
            eb('drafts.revision', '=', row.revision - 1),
            eb('drafts.kept_until', '<=', row.savedAt),
          ])),
    )
    .executeTakeFirst()
  return Boolean(numInsertedOrUpdatedRows)
}

/** The case that a draft which is gone became, at the window or on another device. */
export async function filedUnder(
  db: Db,
  { personId, requestId }: { personId: string; requestId: string },
): Promise<string | undefined> {
  const row = await db.selectFrom('cases').select('id')
    .where('applicant_id', '=', personId).where('request_id', '=', requestId).executeTakeFirst()
  return row?.id
}

/** Every draft of a person that is still kept at `now`. */
export async function draftRowsOf(
  db: Db,
  { personId, now }: { personId: string; now: Date },
): Promise<(DraftRow & { topicId: string })[]> {
  return db
    .selectFrom('drafts')
    .where('person_id', '=', personId)
    .where('kept_until', '>', now)
    .orderBy('topic_id')
    .select([
      'topic_id as topicId', 'revision', 'request_id as requestId', 'body_sealed as sealed',
      'saved_at as savedAt', 'kept_until as keptUntil',
    ])
    .execute()
}

/** Those of a person that a window moved to their phone. */
export async function givenRowsOf(
  db: Db,
  personId: string,
): Promise<(DraftRow & { topicId: string })[]> {
  return db.selectFrom('drafts as d')
    .where('d.person_id', '=', personId)
    .where((eb) => eb.exists(eb.selectFrom('counters as k').select('k.id')
      .whereRef('k.person_id', '=', 'd.person_id').where('k.moved_at', 'is not', null)
      .where((on) => on(on.fn.coalesce('k.draft_id', 'k.id'), '=', on.ref('d.request_id')))))
    .select([
      'd.topic_id as topicId', 'd.revision', 'd.request_id as requestId',
      'd.body_sealed as sealed', 'd.saved_at as savedAt', 'd.kept_until as keptUntil',
    ])
    .execute()
}

/** All drafts of a person, also those outlived. */
export async function deleteDraftsOf(db: Db, personId: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('drafts').where('person_id', '=', personId)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

export async function deleteDraft(db: Db, { personId, topicId }: Key): Promise<void> {
  await db
    .deleteFrom('drafts')
    .where('person_id', '=', personId)
    .where('topic_id', '=', topicId)
    .execute()
}

function select(db: Db, { personId, topicId }: Key) {
  return db
    .selectFrom('drafts')
    .where('person_id', '=', personId)
    .where('topic_id', '=', topicId)
    .select([
      'revision', 'request_id as requestId', 'body_sealed as sealed', 'saved_at as savedAt',
      'kept_until as keptUntil',
    ])
}
