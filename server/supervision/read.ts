/** 预警, 黄牌, 红牌 as supervision and the department see them, worst first; overdue by department. */
import { sql } from 'kysely'
import { shanghaiDate, workingDaysBetween } from '../../core/clock'
import type {
  Overdue, SignalBrief, SignalDetail, SignalPage,
} from '../../core/contract/supervision'
import {
  LEVELS, LEVEL_WORDS, type Level, type SignalState, signalActions,
} from '../../core/escalation'
import { Refused } from '../../core/refusal'
import { TASK_ENDED, TASK_RUNNING } from '../../core/task'
import type { StaffMember } from '../actor'
import { departmentName, topicOf } from '../cases/topic'
import { taskStateOf } from '../cases/view'
import type { Platform } from '../platform'
import { regionsOf } from '../policies'
import { workbook } from '../tables/workbook'
import {
  type SignalQuery, type SignalRead, openNote, reading, signalRows, stepsOfTask,
} from './store'

const MOST_EXPORTED = 20_000

export interface ListQuery {
  by: StaffMember
  department: string | undefined
  level: Level | undefined
  state: SignalState | undefined
  after: SignalQuery['after']
  limit: number
}

export async function listSignals(platform: Platform, q: ListQuery): Promise<SignalPage> {
  const rows = await signalRows(platform.db.db, {
    ...q, ...seenBy(platform, q), limit: q.limit + 1,
  })
  const page = rows.slice(0, q.limit)
  const last = rows.length > q.limit ? page.at(-1) : undefined
  return {
    signals: await Promise.all(page.map((row) => toBrief(platform, row, q.by))),
    next: last ? `${last.rank}.${last.due_on}.${last.id}` : null,
  }
}

interface Asking {
  by: StaffMember
  department: string | undefined
}

/** A department sees its own, whatever it asks for. */
function seenBy({ catalogue }: Platform, { by, department }: Asking) {
  return {
    regions: regionsOf(catalogue, by.region),
    departmentId: by.kind === 'department' ? by.department ?? '' : department,
  }
}

/** @throws {Refused} MALFORMED */
export function readCursor(text: string): NonNullable<SignalQuery['after']> {
  const [, rank, dueOn, id] = /^([1-3])\.(\d{4}-\d\d-\d\d)\.([0-9a-f-]{36})$/.exec(text) ?? []
  if (!rank || !dueOn || !id) throw new Refused('MALFORMED')
  return { rank: Number(rank), dueOn, id }
}

async function toBrief(
  platform: Platform,
  row: SignalRead,
  by: StaffMember,
): Promise<SignalBrief> {
  const topic = await topicOf(platform.db.db, platform, row)
  const today = shanghaiDate(platform.now().toISOString())
  const over = row.task_due_on && !TASK_ENDED.has(taskStateOf({ state: row.task_state }))
    ? workingDaysBetween(row.task_due_on, today, platform.catalogue.calendar) : 0
  const role = by.kind === 'supervisor' || by.kind === 'department' ? by.kind : undefined
  return {
    id: row.id,
    caseId: row.case_id,
    n: row.n,
    number: row.number,
    topicId: row.topic_id,
    topicTitle: topic.title,
    itemId: row.item_id,
    itemName: topic.items.find(({ id }) => id === row.item_id)?.name ?? row.item_id,
    departmentId: row.department_id,
    regionCode: row.region_code,
    unit: departmentName(platform, row.department_id, row.region_code),
    level: row.level,
    state: row.state,
    raisedAt: row.raised_at.toISOString(),
    dueOn: row.task_due_on,
    daysOver: Math.max(0, over),
    told: row.told,
    taskState: row.task_state,
    orderBy: row.order_by,
    orderLate: row.state === 'open' && row.order_by !== null && row.order_by < today,
    actions: role ? signalActions(row.state, role) : [],
  }
}

/** @throws {Refused} NOT_FOUND */
export async function signalDetail(
  platform: Platform,
  { id, by }: { id: string; by: StaffMember },
): Promise<SignalDetail> {
  const { db: { db }, keys } = platform
  const row = await reading(db).where('s.id', '=', id).executeTakeFirst()
  if (!row) throw new Refused('NOT_FOUND')
  const steps = await stepsOfTask(db, row)
  return {
    ...await toBrief(platform, row, by),
    events: steps.map((one) => ({
      at: one.at.toISOString(), by: one.by_name,
      is: one.event === 'raise' || one.event === 'supersede'
        ? `${one.event}.${one.level}` : one.event,
      note: openNote(keys, one), orderBy: one.order_by,
    })),
  }
}

/** Who has how much past its day, most of it first. Index: tasks_due, signals_orders. */
export async function overdue(platform: Platform, asking: Asking): Promise<Overdue> {
  const { db } = platform.db
  const today = shanghaiDate(platform.now().toISOString())
  const { regions, departmentId } = seenBy(platform, asking)
  const { rows } = await sql<Omit<Overdue['departments'][number], 'unit'>>`
    with late as (
      select department_id, region_code, 1 as overdue, (signal = 'red')::int as red, due_on,
             0 as orders
        from tasks where state in ${RUNNING} and due_on < ${today}
      union all
      select department_id, region_code, 0, 0, null, 1
        from signals where state = 'open' and order_by < ${today})
    select department_id as "departmentId", region_code as "regionCode",
           sum(overdue)::int as overdue, sum(red)::int as red, min(due_on) as oldest,
           sum(orders)::int as "ordersLate"
      from late where region_code = any(${regions}::text[])
       and (${departmentId ?? null}::text is null or department_id = ${departmentId ?? null})
     group by 1, 2 order by 3 desc, 6 desc, 1, 2`.execute(db)
  return {
    departments: rows.map((row) => ({
      ...row, unit: departmentName(platform, row.departmentId, row.regionCode),
    })),
  }
}

/** Written out, not bound: only so the index of open tasks may be used. */
const RUNNING = sql`(${sql.join([...TASK_RUNNING].map((state) => sql.lit(state)))})`

/** 超期事项清单, the oldest first. */
export async function exportOverdue(platform: Platform, asking: Asking): Promise<Buffer> {
  const today = shanghaiDate(platform.now().toISOString())
  const { regions, departmentId } = seenBy(platform, asking)
  const tasks = await platform.db.db.selectFrom('tasks as t')
    .innerJoin('cases as c', 'c.id', 't.case_id')
    .where(sql<boolean>`t.state in ${RUNNING}`)
    .where('t.due_on', '<', today).where('t.region_code', 'in', regions)
    .$if(departmentId !== undefined, (some) =>
      some.where('t.department_id', '=', departmentId ?? ''))
    .select([
      't.department_id', 't.region_code', 't.item_id', 't.due_on', 't.signal', 'c.number',
      'c.topic_id', 'c.topic_version',
    ])
    .orderBy('t.due_on').orderBy('t.case_id').orderBy('t.n').limit(MOST_EXPORTED).execute()
  const rows = await Promise.all(tasks.map(async (task, n) => {
    const topic = await topicOf(platform.db.db, platform, task)
    const level = LEVELS.find((one) => one === task.signal)
    return [
      n + 1, departmentName(platform, task.department_id, task.region_code), topic.title,
      topic.items.find(({ id }) => id === task.item_id)?.name ?? task.item_id, task.number,
      task.due_on, workingDaysBetween(task.due_on ?? today, today, platform.catalogue.calendar),
      level ? LEVEL_WORDS[level] : '',
    ]
  }))
  const header = [
    '序号', '单位名称', '“一件事”名称', '事项名称', '办件编号', '应办结日期', '超期工作日', '信号',
  ]
  return workbook({
    name: '超期事项清单', widths: [6, 24, 22, 36, 24, 14, 12, 8], rows: [header, ...rows],
  })
}
