/** The table of 0015_counter.sql. */
import type { Generated } from 'kysely'
import type { CounterPurpose, Proved } from '../../core/contract/counter'
import type { At } from './schema'

export interface Counters {
  id: string
  staff_id: string
  request_id: string
  person_id: string
  purpose: CounterPurpose
  topic_id: string
  region_code: string
  queue_ticket: Generated<string | null>
  case_id: Generated<string | null>
  proved: Proved | null
  opened_at: At
}

export interface CounterTables {
  counters: Counters
}
