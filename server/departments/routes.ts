import { TaskActionBody } from '../../core/contract/task'
import { FeedbackReceived } from '../../core/contract/outside'
import { Refusal } from '../../core/contract/wire'
import { type Routes, outsideOf } from '../route'
import { actOnTask, taskIdOf } from '../tasks/actions'
import { TaskParams, mustTaskSubject } from '../tasks/routes'

/** How a department's own system answers: the same actions as at the workbench, signed. */
export const departmentRoutes: Routes = async (app, { platform }) => {
  app.post('/v1/outside/tasks/:id/feedback', {
    schema: {
      operationId: 'outsideFeedback', params: TaskParams, body: TaskActionBody,
      response: { 200: FeedbackReceived, '4xx': Refusal, '5xx': Refusal },
    },
  }, async (request) => {
    const id = taskIdOf(request.params.id)
    request.guard(await mustTaskSubject(platform, id))
    return { state: await actOnTask(platform, { id, by: outsideOf(request), body: request.body }) }
  })
}
