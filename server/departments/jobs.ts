/** What a department's own system is told, as jobs of its own lane of the outbox. */
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { type PauseRow, type TaskRow, pausesOf } from '../cases/view'
import { openJson, sealJson } from '../crypto'
import type { Job, NewJob } from '../outbox/store'
import type { Platform } from '../platform'

export const SEND_TASK = 'department-task'
export const CANCEL_TASK = 'department-cancel'

/** Only names the task: what is sent is read when it is sent, so it is never out of date. */
const Payload = Type.Object({
  caseId: Type.String(), n: Type.Integer(), reason: Type.String(),
})

const placeOf = (topic: string, key: string) =>
  ({ table: 'outbox', column: 'payload', rowId: `${topic}/${key}` })

interface About {
  caseId: string
  task: TaskRow
  at: Date
}

export function taskJob(platform: Platform, about: About): NewJob {
  const key = `${about.caseId}.${about.task.n}:${roundOf(about.task)}`
  return jobOf(platform, { topic: SEND_TASK, key }, about)
}

export function cancelJob(platform: Platform, about: About): NewJob {
  return jobOf(platform, { topic: CANCEL_TASK, key: `${about.caseId}.${about.task.n}` }, about)
}

export function urgeJob(platform: Platform, about: About, requestId: string): NewJob {
  const key = `${about.caseId}.${about.task.n}:urge:${requestId}`
  return jobOf(platform, { topic: SEND_TASK, key }, about)
}

/** 0 at first; +1 after each correction round the task was part of. */
export function roundOf(task: Pick<TaskRow, 'pauses'>): number {
  return pausesOf(task).filter(({ reason, to }: PauseRow) => reason === 'correction' && to).length
}

function jobOf(
  { keys }: Platform,
  { topic, key }: { topic: string; key: string },
  { caseId, task, at }: About,
): NewJob {
  const payload = sealJson(keys, placeOf(topic, key), {
    caseId, n: task.n, reason: task.reason ?? '',
  })
  return { lane: `department:${task.department_id}`, topic, key, payload, dueAt: at, at }
}

/** @throws SealBroken */
export function readJob({ keys }: Platform, { topic, key, payload }: Job) {
  return Value.Parse(Payload, openJson(keys, placeOf(topic, key), payload))
}
