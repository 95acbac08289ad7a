import { Type } from '@sinclair/typebox'
import { StateCounts, TaskActionBody, TaskDetail, TaskPage } from '../../core/contract/task'
import { closed } from '../../core/contract/wire'
import { Refused } from '../../core/refusal'
import { TASK_ALLOWED } from '../../core/task'
import { look } from '../audit/look'
import { mustSubject } from '../cases/read'
import { taskSubject } from '../cases/store'
import type { Platform } from '../platform'
import { CaseNumber, PAGE_SIZE, Page, type Routes, refusals, staffOf } from '../route'
import { type TaskId, actOnTask, taskIdOf } from './actions'
import { readWorklistCursor, taskCounts, taskDetail, worklist } from './read'

export const TaskParams = Type.Object(
  { id: Type.String({ maxLength: 50, description: 'caseId.n' }) }, closed)

/** @throws {Refused} NOT_FOUND, also for a task that has not started */
export async function mustTaskSubject(platform: Platform, id: TaskId) {
  const subject = await taskSubject(platform.db.db, id)
  if (!subject) throw new Refused('NOT_FOUND')
  return subject
}

export const taskRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/tasks', {
    schema: {
      operationId: 'listTasks',
      querystring: Type.Object({
        state: Type.Optional(Type.String({ maxLength: 20 })),
        number: CaseNumber,
        ...Page,
      }, closed),
      response: { 200: TaskPage, ...refusals },
    },
  }, async (request) => {
    const { state, number, after, limit = PAGE_SIZE } = request.query
    const { department, region } = staffOf(request)
    if (!department) throw new Refused('NOT_ALLOWED')
    if (state !== undefined && !(state in TASK_ALLOWED)) throw new Refused('MALFORMED')
    await look(platform, {
      by: request.actor, personId: null, what: '查看事项列表', object: `tasks:${department}`,
    })
    const cursor = after ? readWorklistCursor(after) : undefined
    return worklist(platform, { department, region, state, number, limit, after: cursor })
  })

  app.get('/v1/tasks/counts', {
    schema: { operationId: 'countTasks', response: { 200: StateCounts, ...refusals } },
  }, async (request) => {
    const { department, region } = staffOf(request)
    if (!department) throw new Refused('NOT_ALLOWED')
    return taskCounts(platform, { department, region })
  })

  app.get('/v1/tasks/:id', {
    schema: {
      operationId: 'getTask', params: TaskParams, response: { 200: TaskDetail, ...refusals },
    },
  }, async (request) => {
    const id = taskIdOf(request.params.id)
    request.guard(await mustTaskSubject(platform, id))
    const { ownerId } = await mustSubject(platform, id.caseId)
    await look(platform, {
      by: request.actor, personId: ownerId, what: '查看事项内容',
      object: `task:${request.params.id}`,
    })
    return taskDetail(platform, { id, reader: request.actor })
  })

  app.post('/v1/tasks/:id/actions', {
    schema: {
      operationId: 'actOnTask', params: TaskParams, body: TaskActionBody,
      response: { 200: TaskDetail, ...refusals },
    },
  }, async (request) => {
    const id = taskIdOf(request.params.id)
    request.guard(await mustTaskSubject(platform, id))
    await actOnTask(platform, { id, by: request.actor, body: request.body })
    return taskDetail(platform, { id, reader: request.actor })
  })
}
