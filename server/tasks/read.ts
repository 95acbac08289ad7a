import { sql } from 'kysely'
import { shanghaiDate } from '../../core/clock'
import type { StateCounts, TaskDetail, TaskPage } from '../../core/contract/task'
import type { Item } from '../../core/contract/topic'
import { MOST_COUNTED } from '../../core/counted'
import { hasDuty, taskDuty } from '../../core/duty'
import type { AskedPart } from '../../core/history'
import { makePlan } from '../../core/plan'
import { Refused } from '../../core/refusal'
import {
  TASK_OPEN, type TaskAction, fitsMemory, keepsToPeople, mayExtend, taskActions,
} from '../../core/task'
import type { Actor } from '../actor'
import { openContent } from '../cases/content'
import { maskedName } from '../cases/list'
import { tasksOf } from '../cases/store'
import { topicOf } from '../cases/topic'
import { type TaskRow, plannedOf, signalOf, taskStateOf } from '../cases/view'
import type { Platform } from '../platform'
import { regionsOf } from '../policies'
import { type FoundResult, revokedOf } from '../results/read'
import { mayRevoke } from '../results/revoke'
import { findResultOf, resultsOf } from '../results/store'
import { isStaff } from '../route'
import type { TaskId } from './actions'
import { openProposal } from './proposal'
import { sharedWith } from './share'

/** Written out: only so the index of open tasks may be used. */
const OPEN_LIST = [...TASK_OPEN].map((state) => `'${state}'`).join()
const NEVER = '9999-12-31'
/** Written out, not bound: only so the index knows it. */
const DUE = sql<string>`(case when t.due_on is null
  then ${sql.raw(`date '${NEVER}'`)} else t.due_on end)`

export interface WorklistQuery {
  department: string
  /** of the staff member: a county, or the prefecture with all of its counties */
  region: string
  /** one state; absent: all open ones */
  state: string | undefined
  /** only of the case with this number */
  number: string | undefined
  after: { dueOn: string; caseId: string; n: number } | undefined
  limit: number
}

/** One page of a department's tasks, nearest deadline first. Index: tasks_worklist. */
export async function worklist(platform: Platform, q: WorklistQuery): Promise<TaskPage> {
  const regions = regionsOf(platform.catalogue, q.region)
  const rows = await platform.db.db.selectFrom('tasks as t')
    .innerJoin('cases as c', 'c.id', 't.case_id')
    .innerJoin('people as p', 'p.id', 'c.applicant_id')
    .where('t.department_id', '=', q.department).where('t.region_code', 'in', regions)
    .where('t.started_at', 'is not', null)
    .$if(q.number === undefined, (some) =>
      some.where('t.state', 'in', q.state ? [q.state] : [...TASK_OPEN]))
    .$if(q.number !== undefined, (some) => some.where('c.number', '=', q.number ?? ''))
    .$if(q.after !== undefined, (some) => some.where(sql<boolean>`(${DUE}, t.case_id, t.n)
      > (${q.after?.dueOn}::date, ${q.after?.caseId}::uuid, ${q.after?.n}::int)`))
    .orderBy(DUE).orderBy('t.case_id').orderBy('t.n').limit(q.limit + 1)
    .leftJoin('staff as s', 's.id', 't.handler_id')
    .selectAll('t').select(['c.number', 'p.id as person_id', 'p.name_sealed', 's.name as handler'])
    .execute()
  const names = new Map(platform.catalogue.topics.flatMap(({ items }) =>
    items.map(({ id, name }) => [id, name])))
  const page = rows.slice(0, q.limit)
  const last = rows.length > q.limit ? page.at(-1) : undefined
  return {
    tasks: page.map((row) => ({
      caseId: row.case_id,
      n: row.n,
      number: `${row.number}-${row.n}`,
      itemId: row.item_id,
      name: names.get(row.item_id) ?? row.item_id,
      regionCode: row.region_code,
      state: taskStateOf(row),
      dueOn: row.due_on,
      signal: signalOf(platform, row),
      handler: handlerOf(row),
      applicant: maskedName(platform, { id: row.person_id, sealed: row.name_sealed }),
    })),
    next: last ? `${last.due_on ?? NEVER}.${last.case_id}.${last.n}` : null,
  }
}

/** @throws {Refused} MALFORMED */
export function readWorklistCursor(text: string): NonNullable<WorklistQuery['after']> {
  const [, dueOn, caseId, n] = /^(\d{4}-\d\d-\d\d)\.([0-9a-f-]{36})\.(\d{1,3})$/.exec(text) ?? []
  if (!dueOn || !caseId) throw new Refused('MALFORMED')
  return { dueOn, caseId, n: Number(n) }
}

/** A started task with what its department may know. @throws {Refused} NOT_FOUND */
export async function loadTask(platform: Platform, { caseId, n }: TaskId) {
  const { db } = platform.db
  const row = await db.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst()
  const tasks = await tasksOf(db, caseId)
  const task = tasks.find((one) => one.n === n)
  if (!row || !task?.started_at) throw new Refused('NOT_FOUND')
  const topic = await topicOf(db, platform, row)
  const content = openContent(platform.keys, row.id, row.content_sealed)
  const plan = makePlan(topic, { answers: content.answers, form: content.form })
  const planned = plannedOf({ plan, row }, task)
  const shared = sharedWith(platform, planned, {
    plan, content, results: await resultsOf(db, caseId),
    itemOfTask: (number) => tasks.find((one) => one.n === number)?.item_id ?? '',
  })
  return { row, task, planned, content, shared }
}

export async function taskDetail(
  platform: Platform,
  { id, reader }: { id: TaskId; reader: Actor },
): Promise<TaskDetail> {
  const { row, task, planned, content, shared } = await loadTask(platform, id)
  const { db } = platform.db
  const person = await db.selectFrom('people').select('name_sealed')
    .where('id', '=', row.applicant_id).executeTakeFirst()
  const staff = await db.selectFrom('staff').select(['id', 'name'])
    .where((eb) => eb.or([eb('id', '=', task.handler_id), eb('id', '=', task.reviewer_id)]))
    .execute()
  const nameOf = (who: string | null) => staff.find((one) => one.id === who)?.name ?? null
  const twoPeople = planned.item.twoPeople !== undefined
  const issued = await findResultOf(db, id)
  return {
    caseId: row.id,
    n: task.n,
    number: `${row.number}-${task.n}`,
    itemId: task.item_id,
    name: planned.item.name,
    regionCode: task.region_code,
    state: taskStateOf(task),
    dueOn: task.due_on,
    signal: signalOf(platform, task),
    handler: handlerOf({ ...task, handler: nameOf(task.handler_id) }),
    applicant: maskedName(platform, { id: row.applicant_id, sealed: person?.name_sealed ?? null }),
    form: shared.form,
    materials: shared.materials.flatMap(({ key, name, fromItem }) => {
      const supply = content.materials[key]
      if (!supply && !fromItem) return []
      return [{
        key,
        name,
        by: supply?.by ?? 'result',
        ids: supply?.by === 'photos' ? [...supply.ids] : [],
        certificateId: supply?.by === 'certificate' ? supply.certificateId : null,
      }]
    }),
    asks: ((task.asks ?? []) as AskedPart[]).map((ask) => ({ ...ask })), // tasks/actions.ts
    actions: actionsFor(platform, { reader, task, item: planned.item }),
    gives: [...planned.item.result.gives],
    result: issued ? toIssued(issued, reader) : null,
    extension: planned.item.extension ? { ...planned.item.extension } : null,
    twoPeople,
    proposal: proposalOf(platform, task, nameOf(task.reviewer_id)),
  }
}

function toIssued(row: FoundResult, reader: Actor): NonNullable<TaskDetail['result']> {
  const { id, name, number, issued_at: at } = row
  const revocable = isStaff(reader) && mayRevoke(reader, row)
  return { id, name, number, issuedAt: at.toISOString(), revoked: revokedOf(row), revocable }
}

/** What this member of staff may do with it now. */
function actionsFor(
  platform: Platform,
  { reader, task, item }: { reader: Actor; task: TaskRow; item: Item },
): TaskAction[] {
  if (!isStaff(reader)) return []
  const twoPeople = item.twoPeople !== undefined
  const today = shanghaiDate(platform.now().toISOString())
  const extendable =
    mayExtend(item.extension, { extension: task.extension, dueOn: task.due_on, today })
  const proposed = openProposal(platform.keys, task)?.propose === 'extend'
    ? 'propose-extension' : 'review'
  const longer = (action: TaskAction) => action === 'propose-extension' || action === 'extend'
  const state = taskStateOf(task)
  if (state === 'reviewed' && task.reviewer_id === reader.id) return []
  return taskActions(state, 'department').filter((action) =>
    fitsMemory(action, { proposed }) && (extendable || !longer(action)) &&
    keepsToPeople(state, action, twoPeople) && hasDuty(reader.duties, taskDuty(action, state)))
}

function proposalOf(
  { keys }: Platform,
  task: TaskRow,
  reviewer: string | null,
): TaskDetail['proposal'] {
  const proposal = openProposal(keys, task)
  if (!proposal) return null
  const { propose, gives = {}, number = null, reason = null, extension = null } = proposal
  return { propose, extension, gives, number, reason, by: reviewer ?? '' }
}

function handlerOf(
  { handler, handled_at: at }: { handler: string | null; handled_at: Date | null },
): TaskDetail['handler'] {
  return handler === null ? null : { name: handler, at: at?.toISOString() ?? null }
}

/** A department's open tasks by state, up to MOST_COUNTED each. Index: tasks_worklist. */
export async function taskCounts(
  platform: Platform,
  { department, region }: Pick<WorklistQuery, 'department' | 'region'>,
): Promise<StateCounts> {
  const regions = regionsOf(platform.catalogue, region)
  const { rows } = await sql<{ state: string; count: number }>`
    select s.state, (select count(*)::int from (
             select from tasks t
              where t.department_id = ${department} and t.region_code = any(${regions}::text[])
                and t.state = s.state and t.state in (${sql.raw(OPEN_LIST)})
              limit ${MOST_COUNTED}) as counted) as count
      from unnest(${[...TASK_OPEN]}::text[]) as s(state)`.execute(platform.db.db)
  return { counts: Object.fromEntries(rows.map(({ state, count }) => [state, count])) }
}
