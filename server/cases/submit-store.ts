import { coalesce, perOwner } from '../db/coalesce'
import { type Database, type Db, type Statement } from '../db/pool'
import { isCode } from '../files'
import type { Hand } from './docket'

/** More in one statement gains nothing, and one that fails is repeated case by case. */
const MOST_TOGETHER = 16
const STATEMENTS_AT_ONCE = 2

export interface Submitter {
  sequence: number
  verified_at: Date | null
  name_sealed: Buffer | null
  id_sealed: Buffer | null
  /** of the uploads asked about: theirs and whole */
  ready: string[]
  /** the county of the window that began it and moved it to the phone */
  begun_in: string | null
  /** the case this request id already made */
  existing: { id: string; hash: Buffer } | undefined
}

interface Asking {
  personId: string
  requestId: string
  photoIds: readonly string[]
}

const SUBMITTERS: Statement = {
  name: 'submitters',
  text: `
select q.n, nextval('case_numbers') as sequence, p.verified_at, p.name_sealed, p.id_sealed,
       array(select m.id::text from materials m
              where m.id = any(q.photos::uuid[]) and m.owner_id = p.id
                and m.state = 'ready') as ready,
       c.id as existing_id, c.request_hash as existing_hash,
       (select k.region_code from counters k
         where coalesce(k.draft_id, k.id) = q.request_id and k.moved_at is not null
         limit 1) as begun_in
  from unnest($1::uuid[], $2::uuid[], $3::text[]) with ordinality
       as q (person_id, request_id, photos, n)
  join people p on p.id = q.person_id
  left join cases c on c.applicant_id = p.id and c.request_id = q.request_id`,
}

type SubmitterRow = Omit<Submitter, 'existing'> & {
  n: number
  existing_id: string | null
  existing_hash: Buffer | null
}

const submitters = perOwner((database: Database) => coalesce({
  most: MOST_TOGETHER, atOnce: 1,
  run: async (asks: readonly Asking[]) => {
    const rows = await database.run<SubmitterRow>(SUBMITTERS, [
      asks.map(({ personId }) => personId),
      asks.map(({ requestId }) => requestId),
      // UUIDs, checked by the schema.
      asks.map(({ photoIds }) => `{${photoIds.join(',')}}`),
    ])
    const byPlace = new Map(rows.map(({ n, ...row }) => [n, row]))
    return asks.map((_, n) => byPlace.get(n + 1))
  },
}))

/** All a submission must know, in one read. */
export async function readSubmitter(
  database: Database,
  asking: Asking,
): Promise<Submitter | undefined> {
  const row = await submitters(database)(asking)
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
  /** who handed it in */
  hand: Hand
  audit: {
    kind: 'citizen' | 'window'
    actorId: string
    actorName: string
    what: string
    why: string
  }
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
  select id, 1, $11, $32, $28, $29, $13::jsonb from made),
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
  select $11, $33, $30, $31, $3, $26, 'case:' || id, $27, 'ok' from made),
signing as (
  update signings set closed_at = $11, content_sealed = null
   where applicant_id = $3 and request_id = $4 and closed_at is null and exists (select from made)),
-- A draft on the citizen's phone is not what was filed at the window, but for one taken up there.
done as (
  delete from drafts where person_id = $3 and topic_id = $6
     and ($33 = 'citizen' or request_id = $4) and exists (select from made))
select id from made`,
}

/** False if this person's request id has made a case already; then nothing is written. */
export async function insertCase(database: Database, one: NewCase): Promise<boolean> {
  const { tasks, photos, message, job, hand, audit } = one
  const rows = await database.run<{ id: string }>(SUBMIT, [
    one.id, one.number, one.personId, one.requestId, one.requestHash, one.topicId,
    one.topicVersion, one.regionCode, one.handover, one.contentSealed, one.at, one.acceptBy,
    JSON.stringify(one.event),
    tasks.map(({ n }) => n), tasks.map(({ itemId }) => itemId),
    tasks.map(({ departmentId }) => departmentId),
    photos.map(({ key }) => key), photos.map(({ id }) => id),
    message.id, message.title, message.text,
    job.lane, job.topic, job.key, Buffer.from(job.payload), audit.what, audit.why,
    hand.id, hand.name, audit.actorId, audit.actorName, hand.role, audit.kind,
  ])
  return rows.length === 1
}

/** The same for several cases, which commit together; later parts only for those that were new. */
const SUBMIT_TOGETHER: Statement = {
  name: 'submit-cases',
  text: `
with made as (
  insert into cases (id, number, applicant_id, request_id, request_hash, topic_id, topic_version,
    region_code, state, version, handover, content_sealed, submitted_at, accept_by)
  select id, number, applicant_id, request_id, request_hash, topic_id, topic_version,
         region_code, 'submitted', 1, handover, content_sealed, at, accept_by
    from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::bytea[], $6::text[], $7::int[],
           $8::text[], $9::text[], $10::bytea[], $11::timestamptz[], $12::date[])
         as q (id, number, applicant_id, request_id, request_hash, topic_id, topic_version,
           region_code, handover, content_sealed, at, accept_by)
  on conflict (applicant_id, request_id) do nothing
  returning id, applicant_id, request_id, topic_id, region_code, submitted_at as at),
part as (
  select m.*, q.event, q.message_id, q.title, q.text, q.lane, q.topic, q.key, q.payload, q.what,
         q.why, q.hand_id, q.hand_name, q.actor_id, q.actor_name, q.role, q.actor_kind
    from made m
    join unnest($1::uuid[], $13::jsonb[], $19::uuid[], $20::text[], $21::text[], $22::text[],
           $23::text[], $24::text[], $25::bytea[], $26::text[], $27::text[], $30::uuid[],
           $31::text[], $32::uuid[], $33::text[], $34::text[], $35::text[])
         as q (id, event, message_id, title, text, lane, topic, key, payload, what, why, hand_id,
           hand_name, actor_id, actor_name, role, actor_kind)
      on q.id = m.id),
event as (
  insert into case_events (case_id, seq, at, by_role, by_id, by_name, event)
  select id, 1, at, role, hand_id, hand_name, event from part),
todo as (
  insert into tasks (case_id, n, item_id, department_id, region_code, state)
  select m.id, t.n, t.item_id, t.department_id, m.region_code, 'waiting'
    from made m join unnest($14::uuid[], $15::int[], $16::text[], $17::text[])
         as t (case_id, n, item_id, department_id) on t.case_id = m.id),
photos as (
  insert into case_materials (case_id, key, material_id)
  select m.id, p.key, p.material_id
    from made m join unnest($18::uuid[], $28::text[], $29::uuid[]) as p (case_id, key, material_id)
      on p.case_id = m.id),
message as (
  insert into messages (id, person_id, case_id, at, title, text)
  select message_id, applicant_id, id, at, title, text from part),
job as (
  insert into outbox (lane, topic, key, payload, created_at, due_at)
  select lane, topic, key, payload, at, at from part),
logged as (
  insert into audit (at, actor_kind, actor_id, actor_name, person_id, what, object, why, result)
  select at, actor_kind, actor_id, actor_name, applicant_id, what, 'case:' || id, why, 'ok'
    from part),
signing as (
  update signings s set closed_at = m.at, content_sealed = null from made m
   where s.applicant_id = m.applicant_id and s.request_id = m.request_id
     and s.closed_at is null),
done as (
  delete from drafts d using part m
   where d.person_id = m.applicant_id and d.topic_id = m.topic_id
     and (m.actor_kind = 'citizen' or d.request_id = m.request_id))
select id from made`,
}

async function insertCases(database: Database, all: readonly NewCase[]): Promise<boolean[]> {
  const tasks = all.flatMap((one) => one.tasks.map((task) => ({ ...task, caseId: one.id })))
  const photos = all.flatMap((one) => one.photos.map((photo) => ({ ...photo, caseId: one.id })))
  const each = <T>(of: (one: NewCase) => T) => all.map(of)
  const rows = await database.run<{ id: string }>(SUBMIT_TOGETHER, [
    each(({ id }) => id), each(({ number }) => number), each(({ personId }) => personId),
    each(({ requestId }) => requestId), each(({ requestHash }) => requestHash),
    each(({ topicId }) => topicId), each(({ topicVersion }) => topicVersion),
    each(({ regionCode }) => regionCode), each(({ handover }) => handover),
    each(({ contentSealed }) => contentSealed), each(({ at }) => at),
    each(({ acceptBy }) => acceptBy), each(({ event }) => JSON.stringify(event)),
    tasks.map(({ caseId }) => caseId), tasks.map(({ n }) => n), tasks.map(({ itemId }) => itemId),
    tasks.map(({ departmentId }) => departmentId), photos.map(({ caseId }) => caseId),
    each(({ message }) => message.id), each(({ message }) => message.title),
    each(({ message }) => message.text), each(({ job }) => job.lane), each(({ job }) => job.topic),
    each(({ job }) => job.key), each(({ job }) => Buffer.from(job.payload)),
    each(({ audit }) => audit.what), each(({ audit }) => audit.why),
    photos.map(({ key }) => key), photos.map(({ id }) => id),
    each(({ hand }) => hand.id), each(({ hand }) => hand.name),
    each(({ audit }) => audit.actorId), each(({ audit }) => audit.actorName),
    each(({ hand }) => hand.role), each(({ audit }) => audit.kind),
  ])
  const made = new Set(rows.map(({ id }) => id))
  return all.map(({ id }) => made.has(id))
}

type Inserted = { made: boolean } | { error: unknown }

const inserters = perOwner((database: Database) => coalesce({
  most: MOST_TOGETHER, atOnce: STATEMENTS_AT_ONCE,
  run: async (all: readonly NewCase[]): Promise<Inserted[]> => {
    if (all.length > 1) {
      try {
        return (await insertCases(database, all)).map((made) => ({ made }))
      } catch (error) {
        // Nothing was written. One of them has a number that is taken: only that one shall fail.
        if (!isCode(error, '23505')) throw error
      }
    }
    return Promise.all(all.map((one) => insertCase(database, one).then(
      (made): Inserted => ({ made }),
      (error: unknown): Inserted => ({ error }),
    )))
  },
}))

/** `insertCase`, in one statement with others who submit at this moment. */
export async function insertCaseTogether(database: Database, one: NewCase): Promise<boolean> {
  const inserted = await inserters(database)(one)
  if ('error' in inserted) throw inserted.error
  return inserted.made
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
