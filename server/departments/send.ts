/** Delivers started tasks, and their cancellation, to departments' own systems. */
import type { OutsideTask } from '../../core/contract/outside'
import { Refused } from '../../core/refusal'
import { TASK_ENDED } from '../../core/task'
import { record } from '../audit/store'
import { taskStateOf } from '../cases/view'
import { DeliveryFailed, type Handler } from '../outbox/worker'
import type { Platform } from '../platform'
import { loadTask } from '../tasks/read'
import { CANCEL_TASK, SEND_TASK, readJob, roundOf } from './jobs'

/** Handlers of the outbox, by topic. */
export function departmentHandlers(platform: Platform): Record<string, Handler> {
  return {
    [SEND_TASK]: (job) => sendTask(platform, readJob(platform, job)),
    [CANCEL_TASK]: (job) => sendCancel(platform, readJob(platform, job)),
  }
}

type Job = ReturnType<typeof readJob>

/** Nothing is sent of a task that has ended meanwhile: who needs it no longer must not get it. */
async function sendTask(platform: Platform, { caseId, n }: Job): Promise<void> {
  const loaded = await loadTask(platform, { caseId, n })
  if (TASK_ENDED.has(taskStateOf(loaded.task))) return
  const message = await outsideTask(platform, loaded)
  await deliver(platform, loaded.task.department_id, message)
  await record(platform.db.db, {
    at: platform.now(), by: { kind: 'system' }, personId: loaded.row.applicant_id,
    what: '共享给办理部门', object: `task:${message.taskId}`, why: `办理“${message.itemName}”`,
  })
}

async function sendCancel(platform: Platform, { caseId, n, reason }: Job): Promise<void> {
  const { task } = await loadTask(platform, { caseId, n })
  await deliver(platform, task.department_id, {
    taskId: `${caseId}.${n}`, cancelled: true, reason, sentAt: platform.now().toISOString(),
  })
}

async function deliver(
  { outside }: Platform,
  departmentId: string,
  message: Parameters<Platform['outside']['departments']['send']>[1],
): Promise<void> {
  try {
    await outside.departments.send(departmentId, message)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new DeliveryFailed(`the department's system: ${error.code}`)
  }
}

async function outsideTask(
  platform: Platform,
  { row, task, planned, content, shared }: Awaited<ReturnType<typeof loadTask>>,
): Promise<OutsideTask> {
  const taskId = `${row.id}.${task.n}`
  const ids = shared.materials.flatMap(({ key }) => {
    const supply = content.materials[key]
    return supply?.by === 'photos' ? supply.ids : []
  })
  const files = ids.length === 0 ? [] : await platform.db.db.selectFrom('materials')
    .select(['id', 'type', 'sha256']).where('id', 'in', ids).execute()
  return {
    taskId,
    number: `${row.number}-${task.n}`,
    itemId: task.item_id,
    itemName: planned.item.name,
    department: task.department_id,
    regionCode: task.region_code,
    dueOn: task.due_on,
    round: roundOf(task),
    form: shared.form,
    materials: shared.materials.flatMap(({ key, name }) => {
      const supply = content.materials[key]
      if (!supply) return []
      const mine = supply.by === 'photos' ? supply.ids : []
      return [{
        key,
        name,
        certificateId: supply.by === 'certificate' ? supply.certificateId : null,
        files: mine.flatMap((id) => files.filter((file) => file.id === id)).map((file) => ({
          id: file.id, type: file.type ?? '', sha256: file.sha256,
          url: `${platform.config.publicUrl}/v1/materials/${file.id}/file`,
        })),
      }]
    }),
    results: shared.results.map(({ itemId, name, number, values }) =>
      ({ itemId, name, number, values })),
    feedback: `/v1/outside/tasks/${taskId}/feedback`,
    sentAt: platform.now().toISOString(),
  }
}
