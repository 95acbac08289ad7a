import { sql } from 'kysely'
import type { Db } from '../db/pool'

export interface MaterialRow {
  id: string
  ownerId: string
  state: 'receiving' | 'ready' | 'refused'
  sha256: string
  size: number
  nameSealed: Buffer
  chunks: number
  received: number[]
  type: string | null
  blobId: string | null
  createdAt: Date
  /** under which it came; null: from its owner */
  mandateId: string | null
}

const COLUMNS = [
  'id', 'owner_id as ownerId', 'state', 'sha256', 'size', 'name_sealed as nameSealed', 'chunks',
  'received', 'type', 'blob_id as blobId', 'created_at as createdAt',
  'mandate_id as mandateId',
] as const

export async function findMaterial(db: Db, id: string): Promise<MaterialRow | undefined> {
  return db.selectFrom('materials').where('id', '=', id).select(COLUMNS).executeTakeFirst()
}

/** The same file of the same person, unless it was refused. Index: materials_same. */
export async function findSame(
  db: Db,
  q: { ownerId: string; sha256: string },
): Promise<MaterialRow | undefined> {
  return db
    .selectFrom('materials')
    .where('owner_id', '=', q.ownerId)
    .where('sha256', '=', q.sha256)
    .where('state', '<>', 'refused')
    .select(COLUMNS)
    .executeTakeFirst()
}

/** Without effect if the same file is there already. */
export async function insertMaterial(
  db: Db,
  row: Pick<
    MaterialRow,
    'id' | 'ownerId' | 'sha256' | 'size' | 'nameSealed' | 'chunks' | 'createdAt' | 'mandateId'
  >,
): Promise<void> {
  await db
    .insertInto('materials')
    .values({
      id: row.id,
      owner_id: row.ownerId,
      state: 'receiving',
      sha256: row.sha256,
      size: row.size,
      name_sealed: row.nameSealed,
      chunks: row.chunks,
      created_at: row.createdAt,
      mandate_id: row.mandateId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** How many a person has begun since `since`, and the bytes of all that were not refused. */
export async function usageOf(
  db: Db,
  q: { ownerId: string; since: Date },
): Promise<{ begun: number; bytes: number }> {
  const { rows } = await sql<{ begun: number; bytes: number }>`
    select count(*) filter (where created_at > ${q.since}) as begun,
           coalesce(sum(size) filter (where state <> 'refused'), 0) as bytes
      from materials where owner_id = ${q.ownerId}`.execute(db)
  return rows[0] ?? { begun: 0, bytes: 0 }
}

/** Notes a part that is stored; answers how many there are now. */
export async function addChunk(db: Db, q: { id: string; n: number }): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    update materials
       set received = case when ${q.n}::integer = any(received) then received
                           else received || ${q.n}::integer end
     where id = ${q.id} and state = 'receiving'
    returning cardinality(received) as count`.execute(db)
  return rows[0]?.count ?? 0
}

/** Parts that are lost, or do not make the promised file, must come again. */
export async function keepChunks(
  db: Db,
  { id, received }: { id: string; received: readonly number[] },
): Promise<void> {
  await db
    .updateTable('materials')
    .set({ received: [...received] })
    .where('id', '=', id)
    .where('state', '=', 'receiving')
    .execute()
}

/** False if it was settled before. */
export async function settleMaterial(
  db: Db,
  { id, at, ...outcome }: { id: string; at: Date } & (
    | { state: 'ready'; type: string; blobId: string }
    | { state: 'refused'; refused: string }
  ),
): Promise<boolean> {
  const change = outcome.state === 'ready'
    ? { state: outcome.state, type: outcome.type, blob_id: outcome.blobId, ready_at: at }
    : { state: outcome.state, refused: outcome.refused }
  const { numUpdatedRows } = await db
    .updateTable('materials')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', 'receiving')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export interface FiledRow {
  caseId: string
  topicId: string
  topicVersion: number
  submittedAt: Date
  sealed: Buffer
  /** material keys that departments or the window ask for again */
  asked: string[]
}

/** The cases somebody filed, newest first, without refused ones. Index: cases_applicant. */
export async function filedBy(
  db: Db,
  { personId, since }: { personId: string; since: Date },
): Promise<FiledRow[]> {
  const { rows } = await sql<FiledRow>`
    select id as "caseId", topic_id as "topicId", topic_version as "topicVersion",
           submitted_at as "submittedAt", content_sealed as sealed,
           array(select ask->>'key' from jsonb_array_elements(c.correction->'asks') ask
                 union
                 select ask->>'key' from tasks t, jsonb_array_elements(t.asks) ask
                  where t.case_id = c.id and t.state = 'asking') as asked
      from cases c
     where applicant_id = ${personId} and submitted_at > ${since} and state <> 'refused'
     order by submitted_at desc, id desc limit 50`.execute(db)
  return rows
}

/** Which of some uploads a person still has, ready to use. */
export async function heldOf(
  db: Db,
  { personId, ids }: { personId: string; ids: readonly string[] },
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db.selectFrom('materials').select('id')
    .where('owner_id', '=', personId).where('id', 'in', [...ids]).where('state', '=', 'ready')
    .execute()
  return new Set(rows.map(({ id }) => id))
}

export interface UseRow {
  caseId: string
  key: string
  topicId: string
  topicVersion: number
  regionCode: string
  /** of tasks that were started and not cancelled */
  tasks: { itemId: string; departmentId: string }[]
}

/** Where a material is used: one row a case and key. Index: case_materials_material. */
export async function usesOfMaterial(db: Db, materialId: string): Promise<UseRow[]> {
  const { rows } = await sql<UseRow>`
    select c.id as "caseId", m.key, c.topic_id as "topicId", c.topic_version as "topicVersion",
           c.region_code as "regionCode",
           coalesce((select jsonb_agg(jsonb_build_object(
                       'itemId', t.item_id, 'departmentId', t.department_id))
                       from tasks t
                      where t.case_id = c.id and t.started_at is not null
                        and t.state <> 'cancelled'), '[]') as tasks
      from case_materials m join cases c on c.id = m.case_id
     where m.material_id = ${materialId}`.execute(db)
  return rows
}
