import { type Selectable } from 'kysely'
import type { AnswerKind, RectificationAction } from '../../core/rectification'
import type { Subject } from '../policies'
import { type KeyRing, openText, sealText } from '../crypto'
import type { Db, Tx } from '../db/pool'
import type { ItemRatings, RectificationEvents, Rectifications } from '../db/schema-after'

export type RectificationRow = Selectable<Rectifications>
export type RectificationEventRow = Selectable<RectificationEvents>
export type ItemRatingRow = Selectable<ItemRatings>

export const commentPlace = {
  ofCase: (caseId: string) => ({ table: 'ratings', column: 'comment_sealed', rowId: caseId }),
  ofItem: (caseId: string, n: number) =>
    ({ table: 'item_ratings', column: 'comment_sealed', rowId: `${caseId}.${n}` }),
}

const notePlace = (id: string, seq: number) =>
  ({ table: 'rectification_events', column: 'note_sealed', rowId: `${id}.${seq}` })

export function openNote(
  keys: KeyRing,
  { rectification_id, seq, note_sealed }: RectificationEventRow,
): string | null {
  return note_sealed && openText(keys, notePlace(rectification_id, seq), note_sealed)
}

/** What was said with the rating a rectification came from. */
export async function commentOf(
  db: Db,
  keys: KeyRing,
  { case_id: caseId, n }: Pick<RectificationRow, 'case_id' | 'n'>,
): Promise<string | null> {
  const row = n === 0
    ? await db.selectFrom('ratings').select('comment_sealed').where('case_id', '=', caseId)
      .executeTakeFirst()
    : await db.selectFrom('item_ratings').select('comment_sealed').where('case_id', '=', caseId)
      .where('n', '=', n).executeTakeFirst()
  const sealed = row?.comment_sealed
  const place = n === 0 ? commentPlace.ofCase(caseId) : commentPlace.ofItem(caseId, n)
  return sealed ? openText(keys, place, sealed) : null
}

/** Whose it is and who has to put it right: no department means the window. */
export async function rectificationSubject(
  db: Db,
  id: string,
): Promise<(Subject & { ownerId: string; caseId: string }) | undefined> {
  const row = await db.selectFrom('rectifications as r')
    .innerJoin('cases as c', 'c.id', 'r.case_id')
    .where('r.id', '=', id)
    .select(['c.applicant_id', 'r.case_id', 'r.region_code', 'r.department_id'])
    .executeTakeFirst()
  return row && {
    ownerId: row.applicant_id,
    caseId: row.case_id,
    regionCode: row.region_code,
    departments: row.department_id ? [row.department_id] : [],
  }
}

/** Locked, so that what is done to one rectification happens one after the other. */
export function lockRectification(
  tx: Tx,
  id: string,
  skipLocked = false,
): Promise<RectificationRow | undefined> {
  const query = tx.selectFrom('rectifications').selectAll().where('id', '=', id).forUpdate()
  return (skipLocked ? query.skipLocked() : query).executeTakeFirst()
}

export function rectificationsOf(db: Db, caseId: string): Promise<RectificationRow[]> {
  return db.selectFrom('rectifications').selectAll().where('case_id', '=', caseId).orderBy('n')
    .execute()
}

export async function saveRectification(tx: Tx, row: RectificationRow): Promise<void> {
  const { id, ...rest } = row
  await tx.updateTable('rectifications').set(rest).where('id', '=', id).execute()
}

export interface NewStep {
  id: string
  at: Date
  by: { role: string; id: string | null; name: string }
  event: RectificationAction | 'open' | 'signal'
  kind?: AnswerKind
  note?: string
}

/** The next step of a history that only grows; the rectification's row is locked. */
export async function addStep(tx: Tx, keys: KeyRing, step: NewStep): Promise<void> {
  const { count } = await tx.selectFrom('rectification_events')
    .where('rectification_id', '=', step.id)
    .select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  const seq = count + 1
  await tx.insertInto('rectification_events').values({
    rectification_id: step.id, seq, at: step.at,
    by_role: step.by.role, by_id: step.by.id, by_name: step.by.name,
    event: step.event, kind: step.kind ?? null,
    note_sealed: step.note ? sealText(keys, notePlace(step.id, seq), step.note) : null,
  }).execute()
}

/** By rectification, in order. */
export async function stepsOf(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, RectificationEventRow[]>> {
  const steps = new Map<string, RectificationEventRow[]>(ids.map((id) => [id, []]))
  if (ids.length === 0) return steps
  const rows = await db.selectFrom('rectification_events').selectAll()
    .where('rectification_id', 'in', [...ids]).orderBy('seq').execute()
  for (const row of rows) steps.get(row.rectification_id)?.push(row)
  return steps
}
