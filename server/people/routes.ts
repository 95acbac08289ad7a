import { Type } from '@sinclair/typebox'
import {
  AccessLog, Account, IdentityCheck, Me, MeChange, SharedCertificates,
} from '../../core/contract/session'
import { Slug, closed } from '../../core/contract/wire'
import { look } from '../audit/look'
import { type Routes, citizenOf } from '../route'
import { loadTopic } from '../topics/service'
import { accessLog } from './access'
import { listCertificates } from './certificates'
import { checkIdentity } from './identity'
import { changeMe, readMe } from './service'

const Purpose = Type.Object(
  { topicId: Type.Optional(Type.Union([Slug], { description: 'what they are asked for' })) },
  closed,
)
const Page = Type.Object(
  {
    after: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  },
  closed,
)

export const peopleRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/me', {
    schema: { operationId: 'getMe', response: { 200: Account } },
  }, (request) => readMe(platform, citizenOf(request)))

  app.put('/v1/me', {
    schema: { operationId: 'changeMe', body: MeChange, response: { 200: Me } },
  }, (request) => changeMe(platform, { citizen: citizenOf(request), change: request.body }))

  app.post('/v1/me/identity', {
    schema: { operationId: 'checkIdentity', body: IdentityCheck, response: { 200: Me } },
  }, (request) => checkIdentity(platform, { citizen: citizenOf(request), given: request.body }))

  app.get('/v1/me/certificates', {
    schema: {
      operationId: 'listCertificates',
      querystring: Purpose,
      response: { 200: SharedCertificates },
    },
  }, async (request) => {
    const { topicId } = request.query
    const citizen = citizenOf(request)
    request.guard({ ownerId: citizen.id, topicId })
    const topic = topicId === undefined ? undefined : await loadTopic(platform, { id: topicId })
    const purpose = topic ? `办理“${topic.title}”` : '查看本人电子证照'
    return listCertificates(platform, { citizen, purpose })
  })

  app.get('/v1/me/access-log', {
    schema: { operationId: 'getAccessLog', querystring: Page, response: { 200: AccessLog } },
  }, async (request) => {
    const { after, limit } = request.query
    const by = citizenOf(request)
    const personId = by.id
    const page = await accessLog(platform, { personId, after, limit })
    // Afterwards: nobody wants to read first that they are reading.
    await look(platform, { by, personId, what: '查看访问记录', object: `person:${personId}` })
    return page
  })
}
