import { Type } from '@sinclair/typebox'
import { Messages } from '../../core/contract/case'
import { Ok, closed } from '../../core/contract/wire'
import { Refused } from '../../core/refusal'
import { look } from '../audit/look'
import { record } from '../audit/store'
import { readCursor, writeCursor } from '../cases/cursor'
import { wardNames } from '../mandates/view'
import { PAGE_SIZE, type Routes, citizenOf, refusals } from '../route'
import { markRead, messagesOf, ownerOfMessage } from './store'

export const messageRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/messages', {
    schema: {
      operationId: 'listMessages',
      querystring: Type.Object({
        after: Type.Optional(Type.String({ maxLength: 200 })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      }, closed),
      response: { 200: Messages, ...refusals },
    },
  }, async (request) => {
    const { after, limit = PAGE_SIZE } = request.query
    const before = after ? readCursor(after) : undefined
    const by = citizenOf(request)
    const personId = by.id
    await look(platform, { by, personId, what: '查看本人消息', object: `person:${personId}` })
    const rows = await messagesOf(platform.db.db, { personId, before, limit: limit + 1 })
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    const names = await wardNames(platform, page.flatMap(({ mandate_id }) => mandate_id ?? []))
    return {
      messages: page.map(({ id, at, title, text, case_id, ticket_id, mandate_id, read_at }) => ({
        id, at: at.toISOString(), title, text, caseId: case_id, ticketId: ticket_id,
        read: read_at !== null,
        ...(mandate_id
          ? { actingFor: { mandateId: mandate_id, name: names.get(mandate_id) ?? '' } } : {}),
      })),
      next: last ? writeCursor(last) : null,
    }
  })

  app.post('/v1/messages/:id/read', {
    schema: {
      operationId: 'readMessage',
      params: Type.Object({ id: Type.String({ format: 'uuid' }) }, closed),
      response: { 200: Ok, ...refusals },
    },
  }, async (request) => {
    const { id } = request.params
    const ownerId = await ownerOfMessage(platform.db.db, id)
    if (!ownerId) throw new Refused('NOT_FOUND')
    request.guard({ ownerId })
    await platform.db.inTx(async (tx) => {
      const at = platform.now()
      await markRead(tx, id, at)
      await record(tx, {
        at, by: request.actor, personId: ownerId, what: '阅读本人消息', object: `message:${id}`,
        why: '本人操作',
      })
    })
    return { ok: true as const }
  })
}
