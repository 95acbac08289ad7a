import { Type } from '@sinclair/typebox'
import { Revived } from '../../core/contract/admin'
import { LetterPage, LettersReviveBody } from '../../core/contract/letter'
import { FeedbackReceived } from '../../core/contract/outside'
import { TaskActionBody } from '../../core/contract/task'
import { Refusal, closed } from '../../core/contract/wire'
import { Refused } from '../../core/refusal'
import { PAGE_SIZE, Page, type Routes, outsideOf, refusals, staffOf } from '../route'
import { actOnTask, taskIdOf } from '../tasks/actions'
import { TaskParams, mustTaskSubject } from '../tasks/routes'
import { lettersById } from './letter-store'
import { listLetters, reviveLetters, subjectOf } from './letters'

/**
 * How a department's own system answers: the same actions as at the workbench, signed. What did not
 * reach it is seen by the department, at the workbench.
 */
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

  app.get('/v1/department/letters', {
    schema: {
      operationId: 'listLetters',
      querystring: Type.Object({
        after: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 ** 53 - 1 })),
        limit: Page.limit,
      }, closed),
      response: { 200: LetterPage, ...refusals },
    },
  }, (request) => {
    const { after, limit = PAGE_SIZE } = request.query
    return listLetters(platform, { by: staffOf(request), before: after, limit })
  })

  app.post('/v1/department/letters/revive', {
    schema: {
      operationId: 'reviveLetters', body: LettersReviveBody,
      response: { 200: Revived, ...refusals },
    },
  }, async (request) => {
    const { body } = request
    const letters = await lettersById(platform.db.db, body.ids)
    if (letters.length < body.ids.length) throw new Refused('NOT_FOUND')
    for (const letter of letters) request.guard(subjectOf(letter))
    return reviveLetters(platform, { by: staffOf(request), body })
  })
}
