import { Type } from '@sinclair/typebox'
import {
  CaseActionBody, CaseAgain, CaseContent, CasePage, CaseView, NoticeView, SubmitCase,
} from '../../core/contract/case'
import { StateCounts } from '../../core/contract/task'
import { closed } from '../../core/contract/wire'
import { CASE_ALLOWED } from '../../core/case'
import { Refused } from '../../core/refusal'
import { look } from '../audit/look'
import type { Platform } from '../platform'
import { PRINTS_A_MINUTE, Pdf, asDocument } from '../print/reply'
import {
  ById, CaseNumber, PAGE_SIZE, Page, type Routes, citizenOf, refusals, staffOf, topicsSeen,
} from '../route'
import { actOnCase } from './actions'
import { beginAgain } from './again'
import { readCursor, readDueCursor } from './cursor'
import { casesOf, deskCases, deskCounts } from './list'
import { noticeOf } from './notice'
import { contentOf, mustSubject, viewCase } from './read'
import { printReceipt } from './receipt'
import { submitCase } from './submit'

export const caseRoutes: Routes = async (app, { platform }) => {
  submission(app, platform)
  reading(app, platform)
  keeping(app, platform)
  acting(app, platform)
  lists(app, platform)
}

type App = Parameters<Routes>[0]

function submission(app: App, platform: Platform): void {
  app.post('/v1/cases', {
    schema: {
      operationId: 'submitCase', body: SubmitCase,
      response: { 200: CaseView, 201: CaseView, ...refusals },
    },
  }, async (request, reply) => {
    const by = citizenOf(request)
    request.guard({ ownerId: by.id, topicId: request.body.topicId })
    const { view, isNew } = await submitCase(platform, by, request.body)
    return reply.code(isNew ? 201 : 200).send(view)
  })
}

function reading(app: App, platform: Platform): void {
  app.get('/v1/cases/:id', {
    schema: {
      operationId: 'getCase', params: ById,
      querystring: Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0 })) }, closed),
      response: { 200: CaseView, 304: Type.Null(), ...refusals },
    },
  }, async (request, reply) => {
    const { params: { id }, actor: by } = request
    const subject = await mustSubject(platform, id)
    request.guard(subject)
    const tag = `"${subject.version}${subject.rated ? 'r' : ''}"`
    reply.header('etag', tag).header('cache-control', 'private, no-cache')
    if (request.headers['if-none-match'] === tag) return reply.code(304).send(null)
    await look(platform, { ...about(id, subject.ownerId), by, what: '查看办件进度' })
    const after = request.query.after ?? 0
    return viewCase(platform, { caseId: id, after, reader: by })
  })

  app.get('/v1/cases/:id/content', {
    schema: {
      operationId: 'getCaseContent', params: ById, response: { 200: CaseContent, ...refusals },
    },
  }, async (request) => {
    const { params: { id }, actor: by } = request
    const subject = await mustSubject(platform, id)
    request.guard(subject)
    await look(platform, { ...about(id, subject.ownerId), by, what: '查看办件内容' })
    return contentOf(platform, id, by)
  })

  app.get('/v1/cases/:id/notice', {
    schema: {
      operationId: 'getNotice', params: ById, response: { 200: NoticeView, ...refusals },
    },
  }, async (request) => {
    const { params: { id }, actor: by } = request
    const subject = await mustSubject(platform, id)
    request.guard(subject)
    await look(platform, { ...about(id, subject.ownerId), by, what: '查看一次告知单' })
    return noticeOf(platform, id)
  })
}

function keeping(app: App, platform: Platform): void {
  app.get('/v1/cases/:id/again', {
    schema: {
      operationId: 'beginAgain', params: ById, response: { 200: CaseAgain, ...refusals },
    },
  }, async (request) => {
    const { params: { id: caseId }, actor: by } = request
    const subject = await mustSubject(platform, caseId)
    request.guard(subject)
    const { ownerId } = subject
    await look(platform, { ...about(caseId, ownerId), by, what: '用办件内容重新申请' })
    return beginAgain(platform, { caseId, ownerId })
  })

  app.get('/v1/cases/:id/receipt.pdf', {
    schema: {
      operationId: 'printReceipt', params: ById, response: { 200: Pdf, ...refusals },
    },
    config: { rateLimit: { max: PRINTS_A_MINUTE } },
  }, async (request, reply) => {
    const { params: { id: caseId }, actor: by } = request
    const subject = await mustSubject(platform, caseId)
    request.guard(subject)
    const { ownerId } = subject
    await look(platform, { ...about(caseId, ownerId), by, what: '打印提交回执' })
    const { bytes, name } = await printReceipt(platform, { caseId, ownerId, reader: by })
    return asDocument(reply, { plain: 'receipt.pdf', name }).send(bytes)
  })
}

function acting(app: App, platform: Platform): void {
  app.post('/v1/cases/:id/actions', {
    schema: {
      operationId: 'actOnCase', params: ById, body: CaseActionBody,
      response: { 200: CaseView, ...refusals },
    },
  }, async (request) => {
    const { params: { id: caseId }, actor: by, body } = request
    request.guard(await mustSubject(platform, caseId))
    return actOnCase(platform, { caseId, by, body })
  })
}

function lists(app: App, platform: Platform): void {
  app.get('/v1/cases', {
    schema: {
      operationId: 'listCases', querystring: Type.Object(Page, closed),
      response: { 200: CasePage, ...refusals },
    },
  }, async (request) => {
    const { after, limit = PAGE_SIZE } = request.query
    const by = citizenOf(request)
    const personId = by.id
    await look(platform, { by, personId, what: '查看本人办件列表', object: `person:${personId}` })
    return casesOf(platform, {
      personId, topics: topicsSeen(by), limit, after: after ? readCursor(after) : undefined,
    })
  })

  app.get('/v1/desk/counts', {
    schema: { operationId: 'countDeskCases', response: { 200: StateCounts, ...refusals } },
  }, async (request) => deskCounts(platform, staffOf(request).region))

  app.get('/v1/desk/cases', {
    schema: {
      operationId: 'listDeskCases',
      querystring: Type.Object(
        { state: Type.Optional(Type.String()), number: CaseNumber, ...Page }, closed),
      response: { 200: CasePage, ...refusals },
    },
  }, async (request) => {
    const { after, limit = PAGE_SIZE, number, state = 'submitted' } = request.query
    if (!(state in CASE_ALLOWED)) throw new Refused('MALFORMED')
    const by = staffOf(request)
    const { region } = by
    const cursor = after ? readDueCursor(after) : undefined
    await look(platform, { by, personId: null, what: '查看窗口办件列表', object: `desk:${region}` })
    return deskCases(platform, { region, state, number, limit, after: cursor })
  })
}

function about(caseId: string, ownerId: string) {
  return { personId: ownerId, object: `case:${caseId}` }
}
