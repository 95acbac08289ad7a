import type { TicketActionBody, TicketPage, TicketView } from '@core/contract/ticket'
import { request } from '../platform/request'
import type { Part } from './part'

export const tickets = (state: string, part: Part) =>
  request<TicketPage>('/v1/desk/tickets', { query: { state, ...part } })

export const ticket = (id: string) => request<TicketView>(`/v1/tickets/${id}`)

export const answerTicket = (id: string, body: { requestId: string; text: string }) =>
  request<TicketView>(`/v1/tickets/${id}/messages`, { method: 'POST', body })

export const actOnTicket = (id: string, body: TicketActionBody) =>
  request<TicketView>(`/v1/tickets/${id}/actions`, { method: 'POST', body })
