import type { TicketActionBody, TicketPage, TicketView } from '@core/contract/ticket'
import { request } from '../platform/request'
import { PAGE } from './cases'

export const tickets = (state: string, after: string | undefined) =>
  request<TicketPage>('/v1/desk/tickets', { query: { state, after, limit: PAGE } })

export const ticket = (id: string) => request<TicketView>(`/v1/tickets/${id}`)

export const answerTicket = (id: string, body: { requestId: string; text: string }) =>
  request<TicketView>(`/v1/tickets/${id}/messages`, { method: 'POST', body })

export const actOnTicket = (id: string, body: TicketActionBody) =>
  request<TicketView>(`/v1/tickets/${id}/actions`, { method: 'POST', body })
