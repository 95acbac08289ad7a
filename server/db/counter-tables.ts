/** The tables of 0015_counter.sql and 0021_pick_up.sql. */
import type { Generated } from 'kysely'
import type { CounterPurpose, Proved } from '../../core/contract/counter'
import type { At, AtOrNull } from './schema'

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
  draft_id: Generated<string | null>
  moved_at: AtOrNull
}

export interface PickUpCodes {
  person_id: string
  topic_id: string
  code_hash: Buffer
  made_at: At
  expires_at: At
  wrong: Generated<number>
}

export interface CounterTables {
  counters: Counters
  pick_up_codes: PickUpCodes
}
