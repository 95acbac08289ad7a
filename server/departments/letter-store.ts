import { sql } from 'kysely'
import type { TaskState } from '../../core/task'
import type { Db } from '../db/pool'
import type { JobStatus } from '../outbox/store'

/** A job of a department's lane that has failed, with the task it is of; never what it carries. */
export interface LetterRow extends Omit<JobStatus, 'doneAt'> {
  caseId: string
  n: number
  number: string
  itemId: string
  regionCode: string
  taskState: TaskState
}

export const laneOf = (departmentId: string) => `department:${departmentId}`

const JOB = sql`id, lane, topic, key, attempts, created_at, due_at, dead_at, last_error`

/** With their tasks: a job's key begins with `caseId.n`. Keys of other lanes are never read so. */
const WITH_TASKS = sql`
  select j.id, j.lane, j.topic, j.attempts, j.created_at as "createdAt", j.due_at as "dueAt",
         j.dead_at as "deadAt", j.last_error as reason, t.case_id as "caseId", t.n, c.number,
         t.item_id as "itemId", t.region_code as "regionCode", t.state as "taskState"
    from jobs j
    join tasks t on t.case_id = split_part(j.key, '.', 1)::uuid
                and t.n = split_part(split_part(j.key, ':', 1), '.', 2)::int
    join cases c on c.id = t.case_id`

/** One page, newest first. Indexes: outbox_dead, outbox_open. */
export async function letterRows(
  db: Db,
  q: { departmentId: string; regions: readonly string[]; before?: number; limit: number },
): Promise<LetterRow[]> {
  const { rows } = await sql<LetterRow>`
    with jobs as materialized (
      select ${JOB} from outbox where lane = ${laneOf(q.departmentId)} and dead_at is not null
      union all
      select ${JOB} from outbox where lane = ${laneOf(q.departmentId)}
         and done_at is null and dead_at is null and last_error is not null)
    ${WITH_TASKS}
     where t.region_code = any(${[...q.regions]}::text[])
       and j.id < ${q.before ?? Number.MAX_SAFE_INTEGER}
     order by j.id desc limit ${q.limit}`.execute(db)
  return rows
}

/** Those of these jobs that are of a department's lane, whatever has become of them. */
export async function lettersById(db: Db, ids: readonly number[]): Promise<LetterRow[]> {
  const { rows } = await sql<LetterRow>`
    with jobs as materialized (
      select ${JOB} from outbox where id = any(${[...ids]}::bigint[]) and lane like 'department:%')
    ${WITH_TASKS} order by j.id`.execute(db)
  return rows
}
