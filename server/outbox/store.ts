import { sql } from 'kysely'
import type { Db } from '../db/pool'

export interface NewJob {
  /** e.g. 'department:health'; jobs of one lane never hold up another lane's */
  lane: string
  topic: string
  /** one effect: a second job of the same topic and key is not added */
  key: string
  /** sealed by the caller */
  payload: Uint8Array
  /** now, or later for a reminder */
  dueAt: Date
  at: Date
}

export interface Job {
  id: number
  lane: string
  topic: string
  key: string
  payload: Buffer
  /** this one included, from 1 */
  attempts: number
}

/** Adds jobs in the caller's transaction: they exist if and only if it commits. */
export async function enqueue(db: Db, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return
  const payloads = jobs.map(({ payload }) => Buffer.from(payload))
  await sql`
    insert into outbox (lane, topic, key, payload, created_at, due_at)
    select * from unnest(
      ${jobs.map(({ lane }) => lane)}::text[], ${jobs.map(({ topic }) => topic)}::text[],
      ${jobs.map(({ key }) => key)}::text[], ${payloads}::bytea[],
      ${jobs.map(({ at }) => at)}::timestamptz[], ${jobs.map(({ dueAt }) => dueAt)}::timestamptz[])
    on conflict (topic, key) do nothing`.execute(db)
}

/** Lanes with a due job, by an index skip: a lane's backlog of thousands costs one look. */
export async function dueLanes(db: Db, now: Date): Promise<string[]> {
  const { rows } = await sql<{ lane: string }>`
    with recursive open_lanes as (
      (select lane from outbox where done_at is null and dead_at is null order by lane limit 1)
      union all
      select (select o.lane from outbox o
               where o.done_at is null and o.dead_at is null and o.lane > l.lane
               order by o.lane limit 1)
        from open_lanes l where l.lane is not null)
    select lane from open_lanes l
     where lane is not null
       and exists (select from outbox o
                    where o.lane = l.lane and o.due_at <= ${now}
                      and o.done_at is null and o.dead_at is null)`.execute(db)
  return rows.map(({ lane }) => lane)
}

/** Leases up to `limit` due jobs of a lane, oldest first; other workers get other jobs. */
export async function lease(
  db: Db,
  q: { lane: string; topics: readonly string[]; limit: number; now: Date; until: Date },
): Promise<Job[]> {
  const { rows } = await sql<Job>`
    with next as (
      select id from outbox
       where lane = ${q.lane} and due_at <= ${q.now} and done_at is null and dead_at is null
         and topic = any(${q.topics}::text[])
       order by due_at, id limit ${q.limit}
       for update skip locked)
    update outbox o set due_at = ${q.until}, attempts = attempts + 1
      from next where o.id = next.id
    returning o.id, o.lane, o.topic, o.key, o.payload, o.attempts`.execute(db)
  return rows.sort((a, b) => a.id - b.id)
}

/** How an attempt ended; forgotten if its lease ran out and another worker took the job. */
export type Outcome =
  | { is: 'done'; at: Date }
  | { is: 'again'; dueAt: Date; reason: string }
  | { is: 'dead'; at: Date; reason: string }

export async function settle(db: Db, { id, attempts }: Job, outcome: Outcome): Promise<void> {
  const mine = sql`
    where id = ${id} and attempts = ${attempts} and done_at is null and dead_at is null`
  switch (outcome.is) {
    case 'done':
      await sql`update outbox set done_at = ${outcome.at}, last_error = null ${mine}`.execute(db)
      return
    case 'again':
      await sql`update outbox set due_at = ${outcome.dueAt}, last_error = ${outcome.reason} ${mine}`
        .execute(db)
      return
    case 'dead':
      await sql`update outbox set dead_at = ${outcome.at}, last_error = ${outcome.reason} ${mine}`
        .execute(db)
  }
}

/** A job as an operator may see it: where it stands, never what it carries. */
export interface JobStatus {
  id: number
  lane: string
  topic: string
  attempts: number
  createdAt: Date
  dueAt: Date
  doneAt: Date | null
  deadAt: Date | null
  reason: string | null
}

const STATUS = sql`id, lane, topic, attempts, created_at as "createdAt", due_at as "dueAt",
  done_at as "doneAt", dead_at as "deadAt", last_error as reason`

/** Given-up jobs, newest first, for a person to look at (R18). */
export async function deadLetters(
  db: Db,
  { lane, before, limit }: { lane?: string; before?: number; limit: number },
): Promise<JobStatus[]> {
  const { rows } = await sql<JobStatus>`
    select ${STATUS} from outbox
     where dead_at is not null and id < ${before ?? Number.MAX_SAFE_INTEGER}
       and (${lane ?? null}::text is null or lane = ${lane ?? null})
     order by id desc limit ${limit}`.execute(db)
  return rows
}

/** Jobs not delivered yet, oldest first. */
export async function waitingJobs(
  db: Db,
  { lane, after = 0, limit }: { lane?: string; after?: number; limit: number },
): Promise<JobStatus[]> {
  const { rows } = await sql<JobStatus>`
    select ${STATUS} from outbox
     where done_at is null and dead_at is null and id > ${after}
       and (${lane ?? null}::text is null or lane = ${lane ?? null})
     order by id limit ${limit}`.execute(db)
  return rows
}

export async function jobStatus(db: Db, id: number): Promise<JobStatus | undefined> {
  const { rows } = await sql<JobStatus>`select ${STATUS} from outbox where id = ${id}`.execute(db)
  return rows[0]
}

export interface LaneCounts {
  lane: string
  waiting: number
  /** of these, failed at least once */
  retrying: number
  dead: number
  /** of what is neither done nor dead */
  oldestAt: Date | null
}

/** What lies in each lane that has anything open or dead. Indexes: outbox_open, outbox_dead. */
export async function laneCounts(db: Db): Promise<LaneCounts[]> {
  const { rows } = await sql<LaneCounts>`
    select lane, count(*) filter (where dead_at is null)::int as waiting,
           count(*) filter (where dead_at is null and last_error is not null)::int as retrying,
           count(*) filter (where dead_at is not null)::int as dead,
           min(created_at) filter (where dead_at is null) as "oldestAt"
      from outbox where done_at is null group by lane order by lane`.execute(db)
  return rows
}

/** Gives a dead letter all its attempts again. False if there is no such dead letter. */
export async function revive(db: Db, q: { id: number; now: Date }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update outbox set dead_at = null, attempts = 0, due_at = ${q.now}
     where id = ${q.id} and dead_at is not null`.execute(db)
  return Boolean(numAffectedRows)
}

/** Gives every dead letter of a lane all its attempts again; says how many there were. */
export async function reviveLane(db: Db, q: { lane: string; now: Date }): Promise<number> {
  const { numAffectedRows } = await sql`
    update outbox set dead_at = null, attempts = 0, due_at = ${q.now}
     where lane = ${q.lane} and dead_at is not null`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Forgets jobs, done or not, with what they carried. */
export async function forgetJobs(
  db: Db,
  { topic, keys }: { topic: string; keys: readonly string[] },
): Promise<void> {
  await sql`delete from outbox where topic = ${topic} and key = any(${keys}::text[])`.execute(db)
}

/** Forgets jobs done before `before`, with what they carried. Their keys may then be used again. */
export async function forgetDone(db: Db, before: Date): Promise<void> {
  await sql`delete from outbox where done_at < ${before}`.execute(db)
}

/** Tells all workers to look now. Call it after the commit; they also look by themselves. */
export async function hint(db: Db): Promise<void> {
  await sql`notify outbox`.execute(db)
}
