import { type ExpressionBuilder, sql } from 'kysely'
import type { Db, Tx } from '../db/pool'
import type { DB } from '../db/schema'
import type { Subject } from '../policies'
import type { CaseRow, CaseRows, TaskRow } from './view'

/** Departments see a case from the moment a task of theirs has started. */
export interface CaseSubject extends Subject {
  caseId: string
  ownerId: string
  regionCode: string
  departments: string[]
  version: number
  rated: boolean
}

/** What a policy and an ETag need to know of a case, in one read. */
export async function subjectOf(db: Db, caseId: string): Promise<CaseSubject | undefined> {
  const row = await db.selectFrom('cases as c').where('c.id', '=', caseId)
    .select((eb) => [
      'c.applicant_id', 'c.topic_id', 'c.region_code', 'c.version',
      eb.exists(eb.selectFrom('ratings as r').whereRef('r.case_id', '=', 'c.id').select('r.stars'))
        .as('rated'),
      startedDepartments(eb).as('departments'),
    ]).executeTakeFirst()
  return row && {
    caseId,
    ownerId: row.applicant_id,
    topicId: row.topic_id,
    regionCode: row.region_code,
    departments: row.departments,
    version: row.version,
    rated: Boolean(row.rated),
  }
}

function startedDepartments(_eb: ExpressionBuilder<DB & { c: DB['cases'] }, 'c'>) {
  return sql<string[]>`array(select distinct t.department_id from tasks t
    where t.case_id = c.id and t.started_at is not null)`
}

/** The department, region and applicant of one started task. */
export async function taskSubject(
  db: Db,
  { caseId, n }: { caseId: string; n: number },
): Promise<(Subject & { departments: string[] }) | undefined> {
  const row = await db.selectFrom('tasks as t').innerJoin('cases as c', 'c.id', 't.case_id')
    .where('t.case_id', '=', caseId).where('t.n', '=', n).where('t.started_at', 'is not', null)
    .select(['t.department_id', 't.region_code']).executeTakeFirst()
  return row && { regionCode: row.region_code, departments: [row.department_id] }
}

/** Everything a view of a case shows; events only after `after`. */
export async function readCase(
  db: Db,
  { caseId, after }: { caseId: string; after: number },
): Promise<Omit<CaseRows, 'agents'> | undefined> {
  // One snapshot: a version must never come with tasks of another one.
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
    .execute(async (tx) => {
      const row = await tx.selectFrom('cases').selectAll().where('id', '=', caseId)
        .executeTakeFirst()
      if (!row) return undefined
      const tasks = await tasksOf(tx, caseId)
      const events = await tx.selectFrom('case_events')
        .select(['seq', 'at', 'by_role', 'by_id', 'by_name', 'event'])
        .where('case_id', '=', caseId).where('seq', '>', after).orderBy('seq').execute()
      const results = await tx.selectFrom('results')
        .select(['id', 'n', 'name', 'number', 'issued_at'])
        .where('case_id', '=', caseId).orderBy('n').execute()
      const rating = await tx.selectFrom('ratings').selectAll().where('case_id', '=', caseId)
        .executeTakeFirst()
      return { row, tasks, events, results, rating }
    })
}

export function tasksOf(db: Db, caseId: string): Promise<TaskRow[]> {
  return db.selectFrom('tasks').selectAll().where('case_id', '=', caseId).orderBy('n').execute()
}

/**
 * The case, locked until the transaction ends: every action on it or its tasks goes through here,
 * so they happen one after the other.
 * @param skipLocked  undefined instead of waiting, for the clocks
 */
export function lockCase(tx: Tx, caseId: string, skipLocked = false): Promise<CaseRow | undefined> {
  const query = tx.selectFrom('cases').selectAll().where('id', '=', caseId).forUpdate()
  return (skipLocked ? query.skipLocked() : query).executeTakeFirst()
}

/**
 * Claims a request id for an actor. A second claim waits for the first to commit or give up.
 * @returns 'first', or the hash the id was claimed with before
 */
export async function claimRequest(
  tx: Tx,
  row: { actorId: string; requestId: string; hash: Buffer; at: Date },
): Promise<'first' | Buffer> {
  const { actorId, requestId, hash, at } = row
  const claimed = await tx.insertInto('requests')
    .values({ actor_id: actorId, request_id: requestId, hash, at })
    .onConflict((conflict) => conflict.doNothing()).returning('hash').executeTakeFirst()
  if (claimed) return 'first'
  const before = await tx.selectFrom('requests').select('hash')
    .where('actor_id', '=', actorId).where('request_id', '=', requestId).executeTakeFirstOrThrow()
  return before.hash
}

/** Writes back what an action changed: the case and the tasks it touched, one statement each. */
export async function saveCase(
  tx: Tx,
  row: CaseRow,
  touched: readonly TaskRow[],
): Promise<void> {
  const { id, correction, ...rest } = row
  await tx.updateTable('cases')
    .set({ ...rest, correction: correction ? JSON.stringify(correction) : null })
    .where('id', '=', id).execute()
  await saveTasks(tx, id, touched)
}

/** Writes back tasks of one case whose row is locked. */
export async function saveTasks(
  tx: Tx,
  caseId: string,
  touched: readonly TaskRow[],
): Promise<void> {
  if (touched.length === 0) return
  await sql`
    update tasks t
       set state = x.state, started_at = x.started_at, due_on = x.due_on, pauses = x.pauses,
           asks = x.asks, extension = x.extension, reason = x.reason,
           handler_id = x.handler_id, ended_at = x.ended_at, signal = x.signal,
           wake_on = x.wake_on, handled_at = x.handled_at, reviewer_id = x.reviewer_id,
           proposal_sealed = decode(x.proposal, 'hex')
      from jsonb_to_recordset(${JSON.stringify(touched.map(asJson))}::jsonb) as x(
           n integer, state text, started_at timestamptz, due_on date, pauses jsonb, asks jsonb,
           extension jsonb, reason text, handler_id uuid, ended_at timestamptz, signal text,
           wake_on date, handled_at timestamptz, reviewer_id uuid, proposal text)
     where t.case_id = ${caseId} and t.n = x.n`.execute(tx)
}

/** Bytes have no JSON of their own. */
const asJson = ({ proposal_sealed: sealed, ...task }: TaskRow) =>
  ({ ...task, proposal: sealed?.toString('hex') ?? null })

export interface NewEvent {
  seq: number
  role: string
  id: string | null
  name: string
  event: object
}

export async function appendEvents(
  tx: Tx,
  { caseId, at, events }: { caseId: string; at: Date; events: readonly NewEvent[] },
): Promise<void> {
  if (events.length === 0) return
  await tx.insertInto('case_events').values(events.map(({ seq, role, id, name, event }) => ({
    case_id: caseId, seq, at, by_role: role, by_id: id, by_name: name,
    event: JSON.stringify(event),
  }))).execute()
}
