import { Type } from '@sinclair/typebox'
import {
  Overdue, SignalActionBody, SignalDetail, SignalPage,
} from '../../core/contract/supervision'
import { OneOf, Slug, closed } from '../../core/contract/wire'
import { LEVELS, SIGNAL_STATES } from '../../core/escalation'
import { Refused } from '../../core/refusal'
import { look } from '../audit/look'
import type { Platform } from '../platform'
import { ById, PAGE_SIZE, Page, type Routes, refusals, staffOf } from '../route'
import { Workbook, asWorkbook } from '../tables/reply'
import { actOn } from './act'
import { figureRoutes } from './figure-routes'
import { exportOverdue, listSignals, overdue, readCursor, signalDetail } from './read'
import { signalSubject } from './store'

type App = Parameters<Routes>[0]
type Given = Parameters<Routes>[1]

const SHEETS_A_MINUTE = 20
const OfDepartment = Type.Object({ department: Type.Optional(Slug) }, closed)

export const supervisionRoutes: Routes = async (app, given) => {
  signals(app, given)
  overdues(app, given)
  figureRoutes(app, given)
}

/** @throws {Refused} NOT_FOUND */
async function mustSignal(platform: Platform, id: string) {
  const subject = await signalSubject(platform.db.db, id)
  if (!subject) throw new Refused('NOT_FOUND')
  return subject
}

function signals(app: App, { platform }: Given): void {
  app.get('/v1/supervision/signals', {
    schema: {
      operationId: 'listSignals',
      querystring: Type.Object({
        ...Page,
        level: Type.Optional(OneOf(LEVELS)),
        state: Type.Optional(OneOf(SIGNAL_STATES)),
        department: Type.Optional(Slug),
      }, closed),
      response: { 200: SignalPage, ...refusals },
    },
  }, async (request) => {
    const { level, state, department, after, limit = PAGE_SIZE } = request.query
    const by = staffOf(request)
    await look(platform, {
      by, personId: null, what: '查看时限信号', object: `signals:${by.region}`, why: '电子监察',
    })
    return listSignals(platform, {
      by, level, state, department, limit, after: after ? readCursor(after) : undefined,
    })
  })

  app.get('/v1/supervision/signals/:id', {
    schema: {
      operationId: 'getSignal', params: ById, response: { 200: SignalDetail, ...refusals },
    },
  }, async (request) => {
    const { params: { id } } = request
    const subject = await mustSignal(platform, id)
    request.guard(subject)
    const by = staffOf(request)
    await look(platform, {
      by, personId: subject.ownerId, what: '查看时限信号', object: `signal:${id}`, why: '电子监察',
    })
    return signalDetail(platform, { id, by })
  })

  app.post('/v1/supervision/signals/:id/actions', {
    schema: {
      operationId: 'actOnSignal', params: ById, body: SignalActionBody,
      response: { 200: SignalDetail, ...refusals },
    },
  }, async (request) => {
    const { params: { id }, body } = request
    request.guard(await mustSignal(platform, id))
    const by = staffOf(request)
    await actOn(platform, { id, by, body })
    return signalDetail(platform, { id, by })
  })
}

function overdues(app: App, { platform }: Given): void {
  app.get('/v1/supervision/overdue', {
    schema: {
      operationId: 'listOverdue', querystring: OfDepartment,
      response: { 200: Overdue, ...refusals },
    },
  }, (request) =>
    overdue(platform, { by: staffOf(request), department: request.query.department }))

  app.get('/v1/supervision/overdue.xlsx', {
    schema: {
      operationId: 'exportOverdue', querystring: OfDepartment,
      response: { 200: Workbook, ...refusals },
    },
    config: { rateLimit: { max: SHEETS_A_MINUTE } },
  }, async (request, reply) => {
    const by = staffOf(request)
    await look(platform, {
      by, personId: null, what: '导出超期清单', object: `tasks:${by.region}`, why: '电子监察',
    })
    const bytes = await exportOverdue(platform, { by, department: request.query.department })
    return asWorkbook(reply, { plain: 'overdue.xlsx', name: '超期事项清单.xlsx' }).send(bytes)
  })
}
