/** The steps every action is made of. State only changes here, through the tables of core. */
import { type CaseAction, type CaseRole, CASE_ENDED, actOnCase } from '../../core/case'
import {
  addDays, addWorkingDays, dueOn, shanghaiDate, workingDaysBetween,
} from '../../core/clock'
import type { Happening } from '../../core/history'
import { longestDays, needed, waitsOf } from '../../core/needs'
import { type Extension, type TaskAction, TASK_ENDED, actOnTask } from '../../core/task'
import { cancelJob, taskJob } from '../departments/jobs'
import { type Docket, type Hand, SYSTEM, note, tellProgress } from './docket'
import {
  type PauseRow, type TaskRow, extensionOf, pausesOf, plannedOf, stateOf, taskStateOf,
} from './view'
import { isOver, roundOf } from './wake'

type Extra = Omit<Happening, 'is'>

/** @throws {Refused} ACTION_NOT_ALLOWED */
export function moveCase(
  docket: Docket,
  action: CaseAction,
  { by = docket.hand, ...extra }: Extra & { by?: Hand } = {},
): void {
  const { row, at } = docket
  row.state = actOnCase(stateOf(row), action, caseRole(by))
  if (CASE_ENDED.has(stateOf(row))) row.ended_at = at
  note(docket, { is: action, ...extra }, by)
}

function caseRole({ role }: Hand): CaseRole {
  return role === 'citizen' || role === 'window' ? role : 'system'
}

/** @throws {Refused} ACTION_NOT_ALLOWED */
export function moveTask(
  docket: Docket,
  task: TaskRow,
  action: TaskAction,
  { by = docket.hand, ...extra }: Extra & { by?: Hand } = {},
): void {
  const role = by.role === 'department' ? 'department' : 'system'
  task.state = actOnTask(taskStateOf(task), action, role)
  if (TASK_ENDED.has(taskStateOf(task))) task.ended_at = docket.at
  docket.fresh.touched.add(task)
  note(docket, { is: `task.${action}`, itemId: task.item_id, ...extra }, by)
}

/** Holds the clock of a task from today on. */
export function stopClock(docket: Docket, task: TaskRow, reason: string, why: string): void {
  task.pauses = [...pausesOf(task), { from: docket.today, reason, note: why }]
  task.due_on = null
}

/** Lets the clock of a task run again; the days it stood still are added to its due day. */
export function restartClock(docket: Docket, task: TaskRow): void {
  const pauses = pausesOf(task).map((pause): PauseRow =>
    pause.to === undefined ? { ...pause, to: docket.today } : pause)
  task.pauses = pauses
  task.due_on = dueOfTask(docket, task, pauses)
  docket.row.due_on = dueOfCase(docket)
}

/** Adds an approved extension to the clock of a task, which runs. */
export function extendClock(docket: Docket, task: TaskRow, extension: Extension): void {
  task.extension = extension
  task.due_on = dueOfTask(docket, task, pausesOf(task))
  docket.row.due_on = dueOfCase(docket)
}

function dueOfTask(docket: Docket, task: TaskRow, pauses: readonly PauseRow[]): string | null {
  const started = shanghaiDate((task.started_at ?? docket.at).toISOString())
  const { item: { promised, statutory }, season } = plannedOf(docket, task)
  if (season) return roundOf(docket, season).results
  const { calendar } = docket.platform.catalogue
  const extended = extensionOf(task)?.days ?? 0
  // Over a long holiday, working days promised may end after the law's calendar days.
  const ends = [promised, ...(statutory ? [statutory] : [])].flatMap((limit) =>
    dueOn(started, { ...limit, days: limit.days + extended }, pauses, calendar) ?? [])
  return ends.sort()[0] ?? null
}

/**
 * The promise for the whole case: the longest chain of promised days, each longer by the working
 * days its own clock stood still or was extended by. What is beside that chain moves nothing.
 */
export function dueOfCase(docket: Docket): string {
  const { row, plan, tasks, platform, today } = docket
  const { calendar } = platform.catalogue
  const added = new Map(tasks.map((task) =>
    [task.item_id, heldDays(docket, task) + (extensionOf(task)?.days ?? 0)]))
  const { days } = longestDays(plan.items.map(({ item, needs }) => ({
    needs,
    item: {
      ...item,
      promised: { ...item.promised, days: item.promised.days + (added.get(item.id) ?? 0) },
    },
  })))
  const from = row.accepted_at ? shanghaiDate(row.accepted_at.toISOString()) : today
  const rounds = plan.items.flatMap(({ season }) => season ? roundOf(docket, season).results : [])
  return [addWorkingDays(from, days, calendar), ...rounds].reduce((a, b) => (a > b ? a : b))
}

/** Working days a task's clock stood still, in pauses that have ended. */
export function heldDays({ platform }: Pick<Docket, 'platform'>, task: TaskRow): number {
  const { calendar } = platform.catalogue
  const started = shanghaiDate((task.started_at ?? platform.now()).toISOString())
  return pausesOf(task)
    .filter(({ to }) => to !== undefined)
    .reduce((sum, { from, to = from }) => {
      const before = addDays(from, -1) > started ? addDays(from, -1) : started
      return sum + Math.max(0, workingDaysBetween(before, addDays(to, -1), calendar))
    }, 0)
}

/** Starts every task whose needs are met; cancels those whose needs can no longer be met. */
export function startReady(docket: Docket): void {
  if (!['handling', 'correcting'].includes(docket.row.state)) return
  for (;;) {
    const next = docket.tasks
      .filter(({ state }) => state === 'waiting')
      .map((task) => ({ task, is: needState(docket, task) }))
      .find(({ is }) => is !== 'open')
    if (!next) return
    if (next.is === 'met') start(docket, next.task)
    else cancelTask(docket, next.task, '所依赖的事项没有办成')
  }
}

function needState(docket: Docket, task: TaskRow) {
  const ids = (...states: string[]) => new Set(
    docket.tasks.filter(({ state }) => states.includes(state)).map(({ item_id }) => item_id))
  const { needs, season } = plannedOf(docket, task)
  if (season && docket.today < roundOf(docket, season).opens) return 'open'
  const waited = new Set(
    waitsOf(needs).filter((wait) => isOver(docket, wait)).map(({ label }) => label))
  return needed(needs, ids('approved'), ids('rejected', 'cancelled'), waited)
}

function start(docket: Docket, task: TaskRow): void {
  task.started_at = docket.at
  task.due_on = dueOfTask(docket, task, [])
  moveTask(docket, task, 'start', { by: SYSTEM, dueOn: task.due_on ?? undefined })
  docket.fresh.started.push(task)
  send(docket, task)
}

/** To the department's own system, if it has one; its workbench shows the task anyway. */
export function send(docket: Docket, task: TaskRow): void {
  const { platform, row, at, fresh } = docket
  if (!platform.outside.departments.has(task.department_id)) return
  fresh.jobs.push(taskJob(platform, { caseId: row.id, task, at }))
}

export function cancelTask(docket: Docket, task: TaskRow, reason: string): void {
  const { platform, row, at, fresh } = docket
  const known = task.started_at !== null
  task.reason = reason
  moveTask(docket, task, 'cancel', { by: SYSTEM, reason })
  if (known && platform.outside.departments.has(task.department_id)) {
    fresh.jobs.push(cancelJob(platform, { caseId: row.id, task, at }))
  }
}

/** Once no task is left open, the results wait for 出件. */
export function settleIfDone(docket: Docket): void {
  const { row, tasks, topic } = docket
  if (row.state !== 'handling') return
  if (!tasks.every((task) => TASK_ENDED.has(taskStateOf(task)))) return
  moveCase(docket, 'settle', { by: SYSTEM })
  tellProgress(docket, '已全部办完', `您的“${topic.title}”（办件编号 ${row.number}）已全部办完，`
    + '办结通知书在办件文书里，请查看并领取结果。')
}

/** Acceptance, by the window or by the law. */
export function acceptCase(docket: Docket, action: 'accept' | 'auto-accept', by: Hand): void {
  const { row, topic } = docket
  row.accepted_at = docket.at
  row.due_on = dueOfCase(docket)
  moveCase(docket, action, { by, dueOn: row.due_on })
  tellProgress(docket, '已受理', `您的“${topic.title}”（办件编号 ${row.number}）已受理。`)
}

