import type {
  NewTicket, TicketActionBody, TicketMessage, TicketPage, TicketView,
} from '@core/contract/ticket'
import { get, send } from './client'

export const createTicket = (body: NewTicket) => send<TicketView>('POST', '/tickets', body)

export const listTickets = (after?: string) =>
  get<TicketPage>(`/tickets${after ? `?after=${encodeURIComponent(after)}` : ''}`)

export const getTicket = (id: string) => get<TicketView>(`/tickets/${id}`)

export const writeOnTicket = (id: string, body: TicketMessage) =>
  send<TicketView>('POST', `/tickets/${id}/messages`, body)

export const actOnTicket = (id: string, body: TicketActionBody) =>
  send<TicketView>('POST', `/tickets/${id}/actions`, body)
