import { Type } from '@sinclair/typebox'
import {
  AccountActionBody, AccountBody, AccountPage, AccountSaved, AuditPage, AuditQuery, SystemHealth,
  Units,
} from '../../core/contract/admin'
import { STAFF_ROLES } from '../../core/contract/session'
import { OneOf, closed } from '../../core/contract/wire'
import { ById, PAGE_SIZE, Page, type Routes, refusals, staffOf } from '../route'
import { actOnAccount, createAccount, listAccounts } from './accounts'
import { readAudit } from './audit'
import { deliveryRoutes } from './delivery-routes'
import { systemHealth } from './health'

type App = Parameters<Routes>[0]
type Given = Parameters<Routes>[1]

/** System, security and audit administration: three people, none of whom sees a case. */
export const adminRoutes: Routes = async (app, given) => {
  await app.register(deliveryRoutes, given)
  accounts(app, given)
  const { platform } = given

  app.get('/v1/admin/health', {
    schema: { operationId: 'getSystemHealth', response: { 200: SystemHealth, ...refusals } },
  }, () => systemHealth(platform))

  app.get('/v1/admin/audit', {
    schema: {
      operationId: 'readAudit', querystring: Type.Object({ ...Page, ...AuditQuery }, closed),
      response: { 200: AuditPage, ...refusals },
    },
  }, (request) => {
    const { after, limit = PAGE_SIZE, ...asked } = request.query
    return readAudit(platform, { by: staffOf(request), asked, after, limit })
  })
}

function accounts(app: App, { platform }: Given): void {
  app.get('/v1/admin/units', {
    schema: { operationId: 'listUnits', response: { 200: Units, ...refusals } },
  }, async () => ({
    departments: platform.catalogue.departments.map(({ id, name }) => ({ id, name })),
  }))

  app.get('/v1/admin/accounts', {
    schema: {
      operationId: 'listAccounts',
      querystring: Type.Object({
        ...Page,
        role: Type.Optional(OneOf(STAFF_ROLES)),
        disabled: Type.Optional(Type.Boolean()),
      }, closed),
      response: { 200: AccountPage, ...refusals },
    },
  }, (request) => {
    const { role, disabled, after, limit = PAGE_SIZE } = request.query
    return listAccounts(platform, { by: staffOf(request), role, disabled, after, limit })
  })

  app.post('/v1/admin/accounts', {
    schema: {
      operationId: 'createAccount', body: AccountBody, response: { 200: AccountSaved, ...refusals },
    },
  }, (request) => createAccount(platform, { by: staffOf(request), body: request.body }))

  app.post('/v1/admin/accounts/:id/actions', {
    schema: {
      operationId: 'actOnAccount', params: ById, body: AccountActionBody,
      response: { 200: AccountSaved, ...refusals },
    },
  }, (request) => actOnAccount(platform, {
    id: request.params.id, by: staffOf(request), body: request.body,
  }))
}
