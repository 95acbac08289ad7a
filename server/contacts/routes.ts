import { Type } from '@sinclair/typebox'
import {
  ContactActionBody, ContactAddBody, ContactPage, ContactSaved, ContactScopes, ContactsBody,
  ContactsSaved,
} from '../../core/contract/contact'
import { RegionCode, Slug, closed } from '../../core/contract/wire'
import { Refused } from '../../core/refusal'
import { ById, Page, type Routes, refusals, staffOf } from '../route'
import { Workbook, asWorkbook } from '../tables/reply'
import { XLSX } from '../tables/workbook'
import { actOnContact, addContact, contactScopes } from './edit'
import {
  exportContacts, importContacts, listContacts, readCursor, saveContacts, subjectOf,
} from './service'
import { contactById } from './store'

const MOST_BYTES = 1024 * 1024
const PAGE = 100
/** A spreadsheet takes a thread of its own for a while. */
const SHEETS_A_MINUTE = 20

type App = Parameters<Routes>[0]
type Given = Parameters<Routes>[1]

export const contactRoutes: Routes = async (app, given) => {
  app.addContentTypeParser(XLSX, { parseAs: 'buffer' }, (_, body, done) => done(null, body))
  lists(app, given)
  lines(app, given)
  sheets(app, given)
}

function lists(app: App, { platform }: Given): void {
  app.get('/v1/contacts', {
    schema: {
      operationId: 'listContacts',
      querystring: Type.Object({
        department: Type.Optional(Slug),
        region: Type.Optional(RegionCode),
        ...Page,
      }, closed),
      response: { 200: ContactPage, ...refusals },
    },
  }, (request) => {
    const { department, region, after, limit = PAGE } = request.query
    return listContacts(platform, {
      by: staffOf(request), department, region, limit,
      after: after ? readCursor(after) : undefined,
    })
  })

  app.put('/v1/contacts', {
    schema: {
      operationId: 'saveContacts', body: ContactsBody,
      response: { 200: ContactsSaved, ...refusals },
    },
  }, (request) => {
    const { body } = request
    request.guard({ regionCode: body.regionCode })
    return saveContacts(platform, { by: staffOf(request), body })
  })
}

function lines(app: App, { platform }: Given): void {
  app.get('/v1/contacts/scopes', {
    schema: { operationId: 'listContactScopes', response: { 200: ContactScopes, ...refusals } },
  }, async (request) => contactScopes(platform, staffOf(request)))

  app.post('/v1/contacts', {
    schema: {
      operationId: 'addContact', body: ContactAddBody,
      response: { 200: ContactSaved, ...refusals },
    },
  }, (request) => {
    const { body } = request
    request.guard({ regionCode: body.regionCode, departments: [body.departmentId] })
    return addContact(platform, { by: staffOf(request), body })
  })

  app.post('/v1/contacts/:id/actions', {
    schema: {
      operationId: 'actOnContact', params: ById, body: ContactActionBody,
      response: { 200: ContactSaved, ...refusals },
    },
  }, async (request) => {
    const { body, params: { id } } = request
    const row = await contactById(platform.db.db, id)
    if (!row) throw new Refused('NOT_FOUND')
    request.guard(subjectOf(row))
    return actOnContact(platform, { id, by: staffOf(request), body })
  })
}

function sheets(app: App, { platform }: Given): void {
  app.get('/v1/contacts.xlsx', {
    schema: {
      operationId: 'exportContacts',
      querystring: Type.Object({ department: Type.Optional(Slug) }, closed),
      response: { 200: Workbook, ...refusals },
    },
    config: { rateLimit: { max: SHEETS_A_MINUTE } },
  }, async (request, reply) => {
    const { department } = request.query
    const bytes = await exportContacts(platform, { by: staffOf(request), department })
    return asWorkbook(reply, { plain: 'contacts.xlsx', name: '责任人联系表.xlsx' }).send(bytes)
  })

  app.post('/v1/contacts/import', {
    bodyLimit: MOST_BYTES,
    schema: { operationId: 'importContacts', response: { 200: ContactsSaved, ...refusals } },
    config: { rateLimit: { max: SHEETS_A_MINUTE } },
    errorHandler: (error) => {
      throw error.statusCode === 413 ? new Refused('TABLE_TOO_LARGE') : error
    },
  }, (request) => {
    const by = staffOf(request)
    const { body } = request
    if (!Buffer.isBuffer(body)) throw new Refused('MALFORMED', { field: '', problem: 'type' })
    return importContacts(platform, { by, bytes: body })
  })
}
