import { Type } from '@sinclair/typebox'
import {
  NewTicket, TicketActionBody, TicketMessage, TicketPage, TicketView,
} from '../../core/contract/ticket'
import { OneOf, closed } from '../../core/contract/wire'
import { Refused } from '../../core/refusal'
import { TICKET_KINDS, TICKET_STATES } from '../../core/ticket'
import { look } from '../audit/look'
import type { Platform } from '../platform'
import {
  ById, PAGE_SIZE, Page, type Routes, citizenOf, refusals, staffOf, topicsSeen,
} from '../route'
import { actOnTicket, writeOnTicket } from './act'
import { createTicket, topicAsked } from './create'
import { deskTickets, ticketsOf } from './list'
import { viewTicket } from './read'
import { type TicketSubject, ticketSubject } from './store'

export const ticketRoutes: Routes = async (app, { platform }) => {
  asking(app, platform)
  acting(app, platform)
  lists(app, platform)
}

type App = Parameters<Routes>[0]

function asking(app: App, platform: Platform): void {
  app.post('/v1/tickets', {
    schema: {
      operationId: 'createTicket', body: NewTicket,
      response: { 200: TicketView, 201: TicketView, ...refusals },
    },
  }, async (request, reply) => {
    const by = citizenOf(request)
    const topicId = await topicAsked(platform, request.body)
    request.guard({ ownerId: by.id, topicId })
    const { view, isNew } = await createTicket(platform, by, request.body)
    return reply.code(isNew ? 201 : 200).send(view)
  })

  app.get('/v1/tickets/:id', {
    schema: {
      operationId: 'getTicket', params: ById, response: { 200: TicketView, ...refusals },
    },
  }, async (request) => {
    const { params: { id }, actor: by } = request
    const subject = await mustSubject(platform, id)
    request.guard(subject)
    await look(platform, {
      by, personId: subject.ownerId, what: '查看求助', object: `ticket:${id}`,
    })
    return viewTicket(platform, id, by)
  })
}

function acting(app: App, platform: Platform): void {
  app.post('/v1/tickets/:id/messages', {
    schema: {
      operationId: 'writeOnTicket', params: ById, body: TicketMessage,
      response: { 200: TicketView, ...refusals },
    },
  }, async (request) => {
    const { params: { id }, actor: by, body } = request
    request.guard(await mustSubject(platform, id))
    return writeOnTicket(platform, { id, by, body })
  })

  app.post('/v1/tickets/:id/actions', {
    schema: {
      operationId: 'actOnTicket', params: ById, body: TicketActionBody,
      response: { 200: TicketView, ...refusals },
    },
  }, async (request) => {
    const { params: { id }, actor: by, body } = request
    request.guard(await mustSubject(platform, id))
    return actOnTicket(platform, { id, by, body })
  })
}

function lists(app: App, platform: Platform): void {
  app.get('/v1/tickets', {
    schema: {
      operationId: 'listTickets', querystring: Type.Object(Page, closed),
      response: { 200: TicketPage, ...refusals },
    },
  }, async (request) => {
    const { after, limit = PAGE_SIZE } = request.query
    const by = citizenOf(request)
    const personId = by.id
    await look(platform, { by, personId, what: '查看本人求助列表', object: `person:${personId}` })
    return ticketsOf(platform, { personId, topics: topicsSeen(by), after, limit })
  })

  app.get('/v1/desk/tickets', {
    schema: {
      operationId: 'listDeskTickets',
      querystring: Type.Object({
        state: Type.Optional(OneOf(TICKET_STATES)), kind: Type.Optional(OneOf(TICKET_KINDS)),
        ...Page,
      }, closed),
      response: { 200: TicketPage, ...refusals },
    },
  }, async (request) => {
    const { after, limit = PAGE_SIZE, state = 'open', kind } = request.query
    const by = staffOf(request)
    await look(platform, {
      by, personId: null, what: '查看求助列表', object: `desk:${by.region}`,
    })
    return deskTickets(platform, { staff: by, state, kind, after, limit })
  })
}

/** @throws {Refused} NOT_FOUND */
async function mustSubject(platform: Platform, id: string): Promise<TicketSubject> {
  const subject = await ticketSubject(platform.db.db, id)
  if (!subject) throw new Refused('NOT_FOUND')
  return subject
}
