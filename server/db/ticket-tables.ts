/** The tables of 0004_tickets.sql. */
import type { At, AtOrNull, DayOrNull, Json } from './schema'

export interface Tickets {
  id: string
  number: string
  person_id: string
  request_id: string | null
  kind: 'inquiry' | 'assistance' | 'unresolved'
  region_code: string
  page: string | null
  topic_id: string | null
  case_id: string | null
  item_id: string | null
  refusal: string | null
  department_id: string | null
  sent_at: AtOrNull
  state: 'reported' | 'open' | 'answered' | 'closed' | 'asked' | 'settled'
  rung: 'window' | 'department' | 'joint' | 'leaders'
  version: number
  due_on: DayOrNull
  outcome: string | null
  opened_at: At
  moved_at: At
  /** of 0009_reach.sql */
  field: string | null
  visit_sealed: Buffer | null
}

export interface TicketEntries {
  ticket_id: string
  seq: number
  at: At
  by_role: 'citizen' | 'staff' | 'system'
  by_id: string | null
  by_name: string
  event: Json<object>
  words_sealed: Buffer | null
}
