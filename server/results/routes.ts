import { Result, ResultActionBody } from '../../core/contract/case'
import { Verification } from '../../core/contract/document'
import { hasDuty } from '../../core/duty'
import { Refused } from '../../core/refusal'
import { look } from '../audit/look'
import type { Platform } from '../platform'
import { PRINTS_A_MINUTE, Pdf, asDocument } from '../print/reply'
import { ById, type Routes, refusals, staffOf } from '../route'
import { printResult } from './print'
import { mustResult, toResult, toVerification } from './read'
import { revokeResult } from './revoke'

export const resultRoutes: Routes = async (app, { platform }) => {
  reading(app, platform)
  revoking(app, platform)
}

type App = Parameters<Routes>[0]

function reading(app: App, platform: Platform): void {
  app.get('/v1/results/:id', {
    schema: {
      operationId: 'getResult', params: ById, response: { 200: Result, ...refusals },
    },
  }, async (request) => {
    const row = await mustResult(platform, request.params.id)
    request.guard({
      ownerId: row.applicant_id, topicId: row.topic_id, regionCode: row.region_code,
    })
    await look(platform, {
      by: request.actor, personId: row.applicant_id, what: '查看办理结果',
      object: `result:${row.id}`, why: '领取或核对结果',
    })
    return toResult(platform, row)
  })

  app.get('/v1/results/:id/result.pdf', {
    schema: {
      operationId: 'printResult', params: ById, response: { 200: Pdf, ...refusals },
    },
    config: { rateLimit: { max: PRINTS_A_MINUTE } },
  }, async (request, reply) => {
    const row = await mustResult(platform, request.params.id)
    request.guard({
      ownerId: row.applicant_id, topicId: row.topic_id, regionCode: row.region_code,
    })
    await look(platform, {
      by: request.actor, personId: row.applicant_id, what: '打印办理结果',
      object: `result:${row.id}`, why: '领取或核对结果',
    })
    const { bytes, name } = await printResult(platform, row)
    return asDocument(reply, { plain: 'result.pdf', name }).send(bytes)
  })
}

function revoking(app: App, platform: Platform): void {
  app.post('/v1/results/:id/actions', {
    schema: {
      operationId: 'actOnResult', params: ById, body: ResultActionBody,
      response: { 200: Verification, ...refusals },
    },
  }, async (request) => {
    const { params: { id }, actor: by, body } = request
    const row = await mustResult(platform, id)
    request.guard({ departments: [row.department_id], regionCode: row.task_region })
    if (!hasDuty(staffOf(request).duties, 'approve')) throw new Refused('NOT_ALLOWED')
    await revokeResult(platform, { row, by, body })
    return toVerification(platform, await mustResult(platform, id))
  })
}
