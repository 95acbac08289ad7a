/** What time alone brings to a task: the end of a wait, the opening of a season, a signal. */
import { addDays, addWorkingDays, shanghaiDate } from '../../core/clock'
import type { Wait } from '../../core/contract/need'
import type { Season } from '../../core/contract/topic'
import { type Level, LEVELS } from '../../core/escalation'
import { waitsOf } from '../../core/needs'
import { type Round, roundFor } from '../../core/season'
import { nextSignalOn } from '../../core/signal'
import { TASK_RUNNING } from '../../core/task'
import type { Docket } from './docket'
import { type TaskRow, plannedOf, taskStateOf } from './view'

/** The day on which the clocks next look at a task; null: nothing comes of time alone. */
export function wakeOn(docket: Docket, task: TaskRow): string | null {
  if (task.state === 'waiting') return opensOn(docket, task)
  if (!runs(task) || !task.started_at || !task.due_on) return null
  const startedOn = shanghaiDate(task.started_at.toISOString())
  const { calendar } = docket.platform.catalogue
  return nextSignalOn({ startedOn, due: task.due_on, told: toldSignal(task) }, calendar) ?? null
}

/** Whether its clock runs towards its signals. */
export const runs = (task: TaskRow) => TASK_RUNNING.has(taskStateOf(task))

/** The worst signal that was told of it. */
export function toldSignal(task: TaskRow): Level | 'none' {
  return LEVELS.find((level) => level === task.signal) ?? 'none'
}

/** What else it waits for starts it by itself, as it happens. */
function opensOn(docket: Docket, task: TaskRow): string | null {
  if (!docket.row.accepted_at) return null
  const { needs, season } = plannedOf(docket, task)
  const days = waitsOf(needs).flatMap((wait) => {
    const last = lastDayOf(docket, wait)
    return last === undefined ? [] : addDays(last, 1)
  })
  const opens = season ? [roundOf(docket, season).opens] : []
  return [...days, ...opens].filter((day) => day > docket.today).sort()[0] ?? null
}

/** The round of a season a case belongs to: that of the day it was accepted. */
export function roundOf({ row, today }: Docket, season: Season): Round {
  const from = row.accepted_at ? shanghaiDate(row.accepted_at.toISOString()) : today
  return roundFor(season, row.region_code, from)
}

export function isOver(docket: Docket, wait: Wait): boolean {
  const last = lastDayOf(docket, wait)
  return last !== undefined && docket.today > last
}

/** An external wait runs from the end of the item it follows, else from acceptance. */
function lastDayOf(
  { row, tasks, platform }: Docket,
  { days, unit, after }: Wait,
): string | undefined {
  const task = tasks.find(({ item_id }) => item_id === after)
  const from = after ? task?.state === 'approved' && task.ended_at : row.accepted_at
  if (!from) return undefined
  const day = shanghaiDate(from.toISOString())
  return unit === 'day'
    ? addDays(day, days) : addWorkingDays(day, days, platform.catalogue.calendar)
}
