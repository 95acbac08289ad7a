import { sql } from 'kysely'
import { type Database, type Db, type Statement } from '../db/pool'

export interface Submitter {
  sequence: number
  verified_at: Date | null
  name_sealed: Buffer | null
  id_sealed: Buffer | null
  /** of the uploads asked about: theirs and whole */
  ready: string[]
  /** the case this request id already made */
  existing: { id: string; hash: Buffer } | undefined
}

/** All a submission must know, in one read. */
export async function readSubmitter(
  db: Db,
  q: { personId: string; requestId: string; photoIds: readonly string[] },
): Promise<Submitter | undefined> {
  const { rows: [row] } = await sql<Omit<Submitter, 'existing'> & {
    existing_id: string | null
    existing_hash: Buffer | null
  }>`
    select nextval('case_numbers') as sequence, p.verified_at, p.name_sealed, p.id_sealed,
           array(select m.id::text from materials m
                  where m.id = any(${q.photoIds}::uuid[]) and m.owner_id = p.id
                    and m.state = 'ready') as ready,
           c.id as existing_id, c.request_hash as existing_hash
      from people p
      left join cases c on c.applicant_id = p.id and c.request_id = ${q.requestId}
     where p.id = ${q.personId}`.execute(db)
  if (!row) return undefined
  const { existing_id: id, existing_hash: hash, ...rest } = row
  return { ...rest, existing: id && hash ? { id, hash } : undefined }
}

export interface NewCase {
  id: string
  number: string
  personId: string
  requestId: string
  requestHash: Buffer
  topicId: string
  topicVersion: number
  regionCode: string
  handover: string
  contentSealed: Buffer
  acceptBy: string
  at: Date
  event: object
  tasks: readonly { n: number; itemId: string; departmentId: string }[]
  photos: readonly { key: string; id: string }[]
  message: { id: string; title: string; text: string }
  job: { lane: string; topic: string; key: string; payload: Uint8Array }
  audit: { what: string; why: string }
}

/**
 * Everything a submission writes, as one statement: one round trip, one commit (stack: six round
 * trips halve the throughput). Later parts only run if the first row was new.
 */
const SUBMIT: Statement = {
  name: 'submit-case',
  text: `
with made as (
  insert into cases (id, number, applicant_id, request_id, request_hash, topic_id, topic_version,
    region_code, state, version, handover, content_sealed, submitted_at, accept_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, 'submitted', 1, $9, $10, $11, $12)
  on conflict (applicant_id, request_id) do nothing
  returning id),
event as (
  insert into case_events (case_id, seq, at, by_role, by_id, by_name, event)
  select id, 1, $11, 'citizen', $3, '申请人', $13::jsonb from made),
todo as (
  insert into tasks (case_id, n, item_id, department_id, region_code, state)
  select made.id, t.n, t.item_id, t.department_id, $8, 'waiting'
    from made, unnest($14::int[], $15::text[], $16::text[]) as t (n, item_id, department_id)),
photos as (
  insert into case_materials (case_id, key, material_id)
  select made.id, p.key, p.id from made, unnest($17::text[], $18::uuid[]) as p (key, id)),
message as (
  insert into messages (id, person_id, case_id, at, title, text)
  select $19, $3, id, $11, $20, $21 from made),
job as (
  insert into outbox (lane, topic, key, payload, created_at, due_at)
  select $22, $23, $24, $25, $11, $11 from made),
logged as (
  insert into audit (at, actor_kind, actor_id, actor_name, person_id, what, object, why, result)
  select $11, 'citizen', $3, '本人', $3, $26, 'case:' || id, $27, 'ok' from made),
done as (
  delete from drafts where person_id = $3 and topic_id = $6 and exists (select from made))
select id from made`,
}

/** False if this person's request id has made a case already; then nothing is written. */
export async function insertCase(database: Database, one: NewCase): Promise<boolean> {
  const { tasks, photos, message, job, audit } = one
  const rows = await database.run<{ id: string }>(SUBMIT, [
    one.id, one.number, one.personId, one.requestId, one.requestHash, one.topicId,
    one.topicVersion, one.regionCode, one.handover, one.contentSealed, one.at, one.acceptBy,
    JSON.stringify(one.event),
    tasks.map(({ n }) => n), tasks.map(({ itemId }) => itemId),
    tasks.map(({ departmentId }) => departmentId),
    photos.map(({ key }) => key), photos.map(({ id }) => id),
    message.id, message.title, message.text,
    job.lane, job.topic, job.key, Buffer.from(job.payload), audit.what, audit.why,
  ])
  return rows.length === 1
}

/** The case a request id made, and what it was asked with. */
export function findByRequest(
  db: Db,
  q: { personId: string; requestId: string },
): Promise<{ id: string; hash: Buffer }> {
  return db.selectFrom('cases').select(['id', 'request_hash as hash'])
    .where('applicant_id', '=', q.personId).where('request_id', '=', q.requestId)
    .executeTakeFirstOrThrow()
}
