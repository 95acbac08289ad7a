/** The invented staff, who bring a practice case to where a trainee goes on with it. */
import { shanghaiDate } from '../../core/clock'
import type { CaseView, TaskView } from '../../core/contract/case'
import { type Duty, hasDuty } from '../../core/duty'
import { TASK_RUNNING } from '../../core/task'
import type { Citizen, StaffMember } from '../actor'
import { actOnCase } from '../cases/actions'
import { viewCase } from '../cases/read'
import { topicOf } from '../cases/topic'
import type { Platform } from '../platform'
import { actOnTask } from '../tasks/actions'
import type { Filed } from './citizen'
import { type Situation, anyValue } from './filling'

/** A request id for a step of the batch: a retry does nothing twice. */
export type RequestIds = (step: string) => string

export type Hall = readonly StaffMember[]

/** Who sits at windows and departments now. */
export async function readHall({ db: { db } }: Platform): Promise<Hall> {
  const rows = await db.selectFrom('staff')
    .select(['id', 'name', 'role', 'department_id', 'region_code', 'duties'])
    .where('role', 'in', ['window', 'department']).where('disabled_at', 'is', null)
    .orderBy('login').execute()
  return rows.map(({ role, department_id, region_code, ...member }) =>
    ({ ...member, kind: role, department: department_id, region: region_code }))
}

/** 受理 and 分派, by the county's own window if somebody sits there. */
export async function dispatchCase(
  platform: Platform,
  hall: Hall,
  { view: { id: caseId, regionCode }, ids }: { view: CaseView; ids: RequestIds },
): Promise<void> {
  const clerk = clerkOf(hall, regionCode)
  if (!clerk) return
  for (const did of ['accept', 'dispatch'] as const) {
    await actOnCase(platform, { caseId, by: clerk, body: { do: did, requestId: ids(did) } })
  }
}

const MOST_STAGES = 20

/** Every department does what has reached it, stage by stage, as far as there is somebody. */
export async function finishTasks(
  platform: Platform,
  hall: Hall,
  { filed, ids }: { filed: Filed; ids: RequestIds },
): Promise<void> {
  const { citizen, view: { id } } = filed
  const left = new Set<number>()
  for (let stage = 0; stage < MOST_STAGES; stage += 1) {
    const { tasks } = await look(platform, id, citizen)
    const open = tasks.filter(({ n, state }) => TASK_RUNNING.has(state) && !left.has(n))
    if (open.length === 0) return
    for (const task of open) {
      left.add(task.n)
      await finishTask(platform, hall, { filed, task, ids })
    }
  }
}

export function look(platform: Platform, caseId: string, reader: Citizen): Promise<CaseView> {
  return viewCase(platform, { caseId, after: 0, reader })
}

async function finishTask(
  platform: Platform,
  hall: Hall,
  { filed: { view, filled }, task, ids }: { filed: Filed; task: TaskView; ids: RequestIds },
): Promise<void> {
  const pinned = { topic_id: view.topicId, topic_version: view.topicVersion }
  const topic = await topicOf(platform.db.db, platform, pinned)
  const item = topic.items.find(({ id }) => id === task.itemId)
  if (!item || platform.outside.departments.has(item.department)) return
  const [handler, approver] = pairOf(hall, item.department, view.regionCode)
  if (!handler || (item.twoPeople && !approver)) return
  const today = shanghaiDate(platform.now().toISOString())
  const situation: Situation = { today, seed: Number(view.number.slice(-4)) || 0 }
  const gives = Object.fromEntries(item.result.gives.flatMap((key) => {
    const field = topic.fields.find((one) => one.key === key)
    return field ? [[key, anyValue(topic, field, filled.form, situation)]] : []
  }))
  const act = (by: StaffMember, body: Parameters<typeof actOnTask>[1]['body']) =>
    actOnTask(platform, { id: { caseId: view.id, n: task.n }, by, body })
  const requestId = (did: string) => ids(`${task.n} ${did}`)
  await act(handler, { do: 'receive', requestId: requestId('receive') })
  if (item.twoPeople && approver) {
    await act(handler, { do: 'review', propose: 'approve', gives, requestId: requestId('review') })
    await act(approver, { do: 'approve', requestId: requestId('approve') })
  } else await act(handler, { do: 'approve', gives, requestId: requestId('approve') })
}

function clerkOf(hall: Hall, regionCode: string): StaffMember | undefined {
  const may = hall.filter(({ kind, duties }) => kind === 'window' &&
    hasDuty(duties, 'accept') && hasDuty(duties, 'dispatch'))
  return may.find(({ region }) => region === regionCode) ?? may.find(actsEverywhere)
}

/** Who handles and who else approves. */
function pairOf(hall: Hall, departmentId: string, regionCode: string) {
  const here = hall.filter(({ department, region, ...one }) => department === departmentId &&
    (region === regionCode || actsEverywhere({ ...one, department, region })))
  const can = (duty: Duty) => here.filter(({ duties }) => hasDuty(duties, duty))
  const handler = can('handle')[0]
  return [handler, can('approve').find(({ id }) => id !== handler?.id)] as const
}

const actsEverywhere = ({ region }: StaffMember) => region.endsWith('00')
