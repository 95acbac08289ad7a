/** A case as its reader sees it. Everything that can be computed is computed here, not stored. */
import type { Selectable } from 'kysely'
import { type CaseAction, type CaseRole, type CaseState, caseActions } from '../../core/case'
import { shanghaiDate } from '../../core/clock'
import type { CaseEvent, CaseView, Correction, TaskView } from '../../core/contract/case'
import type { Topic } from '../../core/contract/topic'
import { caseDuty, hasDuty } from '../../core/duty'
import type { EventRole, Happening } from '../../core/history'
import { actsCover } from '../../core/mandate'
import { type PlannedItem, itemsOf } from '../../core/needs'
import { type Plan, makePlan } from '../../core/plan'
import { type Extension, type TaskState, TASK_ENDED } from '../../core/task'
import { signal } from '../../core/signal'
import { sentence } from '../../core/timeline'
import type { Actor } from '../actor'
import type { CaseEvents, Cases, Ratings, Results, Tasks } from '../db/schema'
import { openText } from '../crypto'
import type { Platform } from '../platform'
import { openContent } from './content'
import { departmentName, namesOf, officeOf } from './topic'

/** How the history calls the applicant, whose name it never holds. */
export const APPLICANT = '申请人'

export type CaseRow = Selectable<Cases>
export type TaskRow = Selectable<Tasks>
export type EventRow = Pick<
  Selectable<CaseEvents>, 'seq' | 'at' | 'by_role' | 'by_id' | 'by_name' | 'event'
>
export type ResultBrief = Pick<Selectable<Results>, 'id' | 'n' | 'name' | 'number' | 'issued_at'>
export type RatingRow = Selectable<Ratings>

export interface CaseRows {
  row: CaseRow
  tasks: readonly TaskRow[]
  /** only those the reader has not seen */
  events: readonly EventRow[]
  results: readonly ResultBrief[]
  rating: RatingRow | undefined
  /** masked, of whoever acted for the applicant, by person */
  agents: ReadonlyMap<string, string>
}

export interface Correcting extends Correction {
  /** numbers of the tasks that wait for this round's answer */
  tasks: number[]
}

export interface PauseRow {
  from: string
  to?: string
  reason: string
  note: string
}

export const stateOf = (row: Pick<CaseRow, 'state'>) => row.state as CaseState // by moves.ts
export const taskStateOf = (row: Pick<TaskRow, 'state'>) => row.state as TaskState // likewise
export const pausesOf = (row: Pick<TaskRow, 'pauses'>) =>
  row.pauses as PauseRow[] // written by moves.ts
export const extensionOf = (row: Pick<TaskRow, 'extension'>) =>
  row.extension as Extension | null // written by tasks/extend.ts
export const correctionOf = (row: Pick<CaseRow, 'correction'>) =>
  row.correction as Correcting | null // written by cases/actions.ts
export const happeningOf = (row: Pick<EventRow, 'event'>) =>
  row.event as Happening // written by docket.ts

export function planOf(platform: Platform, topic: Topic, row: CaseRow): Plan {
  const { answers, form } = openContent(platform.keys, row.id, row.content_sealed)
  return makePlan(topic, { answers, form })
}

/** The item of a task, as the case was planned with it. */
export function plannedOf(
  { plan, row }: { plan: Plan; row: Pick<CaseRow, 'id'> },
  task: Pick<TaskRow, 'item_id'>,
): PlannedItem {
  const planned = plan.items.find(({ item }) => item.id === task.item_id)
  if (!planned) throw new Error(`case ${row.id}: no item ${task.item_id} in its plan`)
  return planned
}

/** The whole view; `plan` is the one the case was filed with. */
export function toView(
  platform: Platform,
  { topic, plan, reader }: { topic: Topic; plan: Plan; reader: Actor },
  { row, tasks, events, results, rating, agents }: CaseRows,
): CaseView {
  const correction = correctionOf(row)
  const acts = reader.kind === 'citizen' && reader.acting ? reader.acting.acts : 'file'
  const role: CaseRole | undefined =
    (reader.kind === 'citizen' || reader.kind === 'window') && actsCover(acts, 'file') &&
    !(reader.kind === 'citizen' && reader.counter)
      ? reader.kind : undefined
  return {
    id: row.id,
    number: row.number,
    topicId: row.topic_id,
    topicVersion: row.topic_version,
    topicTitle: topic.title,
    regionCode: row.region_code,
    state: stateOf(row),
    version: row.version,
    submittedAt: row.submitted_at.toISOString(),
    acceptBy: row.accept_by,
    dueOn: row.due_on,
    tasks: tasks.map((task) => toTaskView(platform, { topic, plan, tasks, results }, task)),
    events: events.map((event) => toEvent(platform, { topic, row, reader, agents }, event)),
    lastSeq: row.version,
    correction: correction && {
      round: correction.round, askedAt: correction.askedAt, asks: correction.asks,
    },
    actions: role ? actionsFor(reader, role, row) : [],
    handover: row.handover as CaseView['handover'], // checked by the schema when it came in
    rating: rating ? toRating(platform, rating, reader) : null,
    contact: officeOf(platform, row.region_code),
  }
}

function actionsFor(reader: Actor, role: CaseRole, row: CaseRow): CaseAction[] {
  const electronic = row.handover === 'electronic'
  return caseActions(stateOf(row), role).filter((action) =>
    reader.kind === 'window'
      ? hasDuty(reader.duties, caseDuty(action)) : action !== 'confirm-receipt' || electronic)
}

/** What was said with the level is for those who put it right: see ratings/worklist.ts. */
function toRating(
  platform: Platform,
  rating: RatingRow,
  reader: Actor,
): NonNullable<CaseView['rating']> {
  const place = { table: 'ratings', column: 'comment_sealed', rowId: rating.case_id }
  const own = reader.kind === 'citizen' && !reader.acting && !reader.counter
  const sealed = own ? rating.comment_sealed : null
  return {
    stars: rating.stars,
    comment: sealed && openText(platform.keys, place, sealed),
    at: rating.at.toISOString(),
  }
}

function toEvent(
  platform: Platform,
  { topic, row, reader, agents }: Pick<CaseRows, 'row' | 'agents'> & {
    topic: Topic
    reader: Actor
  },
  { seq, at, by_role, by_id, by_name, event: stored }: EventRow,
): CaseEvent {
  const event = happeningOf({ event: stored })
  const acting = reader.kind === 'citizen' ? reader.acting : undefined
  const applicant = reader.kind === 'citizen' && !acting ? '您' : '申请人'
  const agent = agentWords({ by_role, by_id, by_name }, { row, agents, me: acting?.agentId })
  const names = {
    ...namesOf(platform, topic, { regionCode: row.region_code, applicant }), agent,
  } as const
  return {
    seq,
    at: at.toISOString(),
    is: event.is,
    by: {
      role: by_role as EventRole, // docket.ts writes it
      name: by_role === 'citizen' ? agent ?? applicant : by_name,
    },
    itemId: event.itemId ?? null,
    text: sentence(event, names),
    reason: event.reason ?? event.note ?? null,
    ...(event.asks ? { asks: event.asks.map((ask) => ({ ...ask })) } : {}),
  }
}

/** Who did it in the applicant's place; undefined: the applicant did. */
function agentWords(
  { by_role, by_id, by_name }: Pick<EventRow, 'by_role' | 'by_id' | 'by_name'>,
  { row, agents, me }: Pick<CaseRows, 'row' | 'agents'> & { me: string | undefined },
): string | undefined {
  if (by_role !== 'citizen' || by_name === APPLICANT || by_id === row.applicant_id) return undefined
  if (by_id !== null && by_id === me) return `您（${by_name}）`
  return `${by_name} ${agents.get(by_id ?? '') ?? ''}`.trimEnd()
}

interface TaskContext {
  topic: Topic
  plan: Plan
  tasks: readonly TaskRow[]
  results: readonly ResultBrief[]
}

function toTaskView(
  platform: Platform,
  { topic, plan, tasks, results }: TaskContext,
  task: TaskRow,
): TaskView {
  const planned = plan.items.find(({ item }) => item.id === task.item_id)
  const done = new Set(
    tasks.filter(({ state }) => state === 'approved').map(({ item_id }) => item_id),
  )
  const waitsFor = planned && task.state === 'waiting'
    ? itemsOf(planned.needs).filter((id) => !done.has(id)) : []
  const pause = task.state === 'paused' ? pausesOf(task).at(-1) : undefined
  const result = results.find(({ n }) => n === task.n)
  const nameOf = (id: string) => topic.items.find((item) => item.id === id)?.name ?? id
  return {
    n: task.n,
    itemId: task.item_id,
    name: nameOf(task.item_id),
    department: departmentName(platform, task.department_id, task.region_code),
    state: taskStateOf(task),
    stage: planned?.stage ?? 0,
    startedAt: task.started_at?.toISOString() ?? null,
    dueOn: task.due_on,
    endedAt: task.ended_at?.toISOString() ?? null,
    signal: signalOf(platform, task),
    waitsFor: waitsFor.map(nameOf),
    pause: pause
      ? {
          reason: pause.reason as NonNullable<TaskView['pause']>['reason'], // from the closed list
          note: pause.note,
        }
      : null,
    extension: extensionOf(task),
    reason: task.reason,
    result: result
      ? {
          id: result.id, name: result.name, number: result.number,
          issuedAt: result.issued_at.toISOString(),
        }
      : null,
  }
}

/** 预警 / 黄牌 / 红牌 of a task whose clock runs now. */
export function signalOf(platform: Platform, task: TaskRow): TaskView['signal'] {
  if (TASK_ENDED.has(taskStateOf(task)) || !task.started_at || !task.due_on) return 'none'
  const today = shanghaiDate(platform.now().toISOString())
  const started = shanghaiDate(task.started_at.toISOString())
  return signal(
    { today, startedOn: started, due: task.due_on },
    platform.catalogue.calendar,
  )
}
