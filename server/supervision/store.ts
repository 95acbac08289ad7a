import { type Selectable, sql } from 'kysely'
import type { Level, SignalState } from '../../core/escalation'
import { type KeyRing, openText, sealText } from '../crypto'
import type { Db, Tx } from '../db/pool'
import type { SignalEvents, Signals } from '../db/supervision-tables'
import type { Subject } from '../policies'

export type SignalRow = Selectable<Signals>
export type SignalEventRow = Selectable<SignalEvents>

/** With what a reader is told of its task and case. */
export type SignalRead = SignalRow & {
  number: string
  topic_version: number
  applicant_id: string
  task_state: string
  task_due_on: string | null
}

const notePlace = (id: string, seq: number) =>
  ({ table: 'signal_events', column: 'note_sealed', rowId: `${id}.${seq}` })

export function openNote(keys: KeyRing, row: SignalEventRow): string | null {
  const { signal_id: id, seq, note_sealed: sealed } = row
  return sealed && openText(keys, notePlace(id, seq), sealed)
}

/** Whose case it is about, and which unit answers for it. */
export async function signalSubject(
  db: Db,
  id: string,
): Promise<(Subject & { ownerId: string }) | undefined> {
  const row = await db.selectFrom('signals as s').innerJoin('cases as c', 'c.id', 's.case_id')
    .where('s.id', '=', id).select(['c.applicant_id', 's.region_code', 's.department_id'])
    .executeTakeFirst()
  return row && {
    ownerId: row.applicant_id, regionCode: row.region_code, departments: [row.department_id],
  }
}

export function reading(db: Db) {
  return db.selectFrom('signals as s').innerJoin('cases as c', 'c.id', 's.case_id')
    .innerJoin('tasks as t', (join) =>
      join.onRef('t.case_id', '=', 's.case_id').onRef('t.n', '=', 's.n'))
    .selectAll('s')
    .select([
      'c.number', 'c.topic_version', 'c.applicant_id', 't.state as task_state',
      't.due_on as task_due_on',
    ])
}

export interface SignalQuery {
  regions: readonly string[]
  departmentId: string | undefined
  level: Level | undefined
  /** absent: all that are not closed */
  state: SignalState | undefined
  after: { rank: number; dueOn: string; id: string } | undefined
  limit: number
}

/** One page, worst first. Indexes: signals_worst, signals_region, signals_department. */
export function signalRows(db: Db, q: SignalQuery): Promise<SignalRead[]> {
  const { after } = q
  return reading(db).where('s.region_code', 'in', [...q.regions])
    .$if(q.departmentId !== undefined, (some) =>
      some.where('s.department_id', '=', q.departmentId ?? ''))
    .$if(q.level !== undefined, (some) => some.where('s.level', '=', q.level ?? 'red'))
    .$if(q.state !== 'closed', (some) => some.where(sql<boolean>`s.state <> 'closed'`))
    .$if(q.state !== undefined, (some) => some.where('s.state', '=', q.state ?? 'open'))
    .$if(after !== undefined, (some) => some.where(sql<boolean>`
      (s.rank < ${after?.rank ?? 0} or s.rank = ${after?.rank ?? 0}
        and (s.due_on, s.id) > (${after?.dueOn}::date, ${after?.id}::uuid))`))
    .orderBy('s.rank', 'desc').orderBy('s.due_on').orderBy('s.id').limit(q.limit).execute()
}

/** Locked, so that what is done about one signal happens one after the other. */
export function lockSignal(
  tx: Tx,
  id: string,
  skipLocked = false,
): Promise<SignalRow | undefined> {
  const query = tx.selectFrom('signals').selectAll().where('id', '=', id).forUpdate()
  return (skipLocked ? query.skipLocked() : query).executeTakeFirst()
}

export async function saveSignal(
  tx: Tx,
  { id, state, order_by }: Pick<SignalRow, 'id' | 'state' | 'order_by'>,
): Promise<void> {
  await tx.updateTable('signals').set({ state, order_by }).where('id', '=', id).execute()
}

export interface NewStep {
  id: string
  at: Date
  by: { role: string; id: string | null; name: string }
  event: string
  note?: string
  orderBy?: string
}

/** The next step of a history that only grows; the signal's row is locked, or new. */
export async function addStep(tx: Tx, keys: KeyRing, step: NewStep): Promise<void> {
  const { count } = await tx.selectFrom('signal_events').where('signal_id', '=', step.id)
    .select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  const seq = count + 1
  await tx.insertInto('signal_events').values({
    signal_id: step.id, seq, at: step.at,
    by_role: step.by.role, by_id: step.by.id, by_name: step.by.name, event: step.event,
    note_sealed: step.note ? sealText(keys, notePlace(step.id, seq), step.note) : null,
    order_by: step.orderBy ?? null,
  }).execute()
}

/** Everything said about a task, whichever of its signals it was said about. */
export function stepsOfTask(
  db: Db,
  { case_id: caseId, n }: Pick<SignalRow, 'case_id' | 'n'>,
): Promise<(SignalEventRow & { level: Level })[]> {
  return db.selectFrom('signal_events as e').innerJoin('signals as s', 's.id', 'e.signal_id')
    .where('s.case_id', '=', caseId).where('s.n', '=', n).selectAll('e').select('s.level')
    .orderBy('e.at').orderBy('s.rank').orderBy('e.seq').execute()
}
