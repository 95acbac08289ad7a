/** The tables as TypeScript sees them; migrations/*.sql is the source. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { StaffRole } from '../../core/contract/session'
import type { Duty } from '../../core/duty'
import type { CounterTables } from './counter-tables'
import type { TicketEntries, Tickets } from './ticket-tables'
import type { MandateTables } from './mandate-tables'
import type { ReachTables } from './reach-tables'
import type { SealTables } from './seal-tables'
import type { EditingTables } from './editing-tables'
import type { InstallationTables } from './installation-tables'
import type { BookingTables, CaseMaterials, FeedbackTables } from './schema-after'
import type { SupervisionTables } from './supervision-tables'

export type At = ColumnType<Date, Date | string, Date | string>
export type AtOrNull =
  ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
/** Calendar days come back as 'YYYY-MM-DD' strings (see pool.ts). */
export type DayOrNull = ColumnType<string | null, string | null | undefined, string | null>
export type Json<T> = JSONColumnType<T & object>
type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>

export interface People {
  id: string
  phone_index: Buffer | null
  phone_sealed: Buffer | null
  wechat_index: Buffer | null
  id_index: Buffer | null
  name_sealed: Buffer | null
  id_sealed: Buffer | null
  verified_at: AtOrNull
  region_code: string | null
  elder: Generated<boolean>
  created_at: At
  closed_at: AtOrNull
  kind: Generated<'person' | 'company'>
  merged_into: string | null
}

export interface Staff {
  id: string
  login: string
  name: string
  role: StaffRole
  department_id: string | null
  region_code: string
  password_hash: string
  totp_sealed: Buffer
  totp_last: Generated<string>
  disabled_at: AtOrNull
  created_at: At
  duties: Duty[] | null
  id_index: Buffer | null
  password_once_until: AtOrNull
  signed_in_at: AtOrNull
}

export interface Sessions {
  token_hash: Buffer
  person_id: string | null
  staff_id: string | null
  draft_key: Buffer | null
  created_at: At
  seen_at: At
  expires_at: At
  id: Generated<string>
  device: Generated<string>
  confirmed_at: AtOrNull
  counter_id: Generated<string | null>
}

export interface Otps {
  challenge: string
  phone_index: Buffer
  code_hash: Buffer
  tries: Generated<number>
  created_at: At
  expires_at: At
  used_at: AtOrNull
}

export interface Attempts {
  key: string
  at: At
}

export interface TopicVersions {
  topic_id: string
  version: number
  hash: string
  body: Json<unknown>
  published_at: At
}

export interface Drafts {
  person_id: string
  topic_id: string
  revision: number
  request_id: string
  body_sealed: Buffer
  saved_at: At
  kept_until: At
  reminded_at: AtOrNull
}

export interface Materials {
  id: string
  owner_id: string
  state: 'receiving' | 'ready' | 'refused'
  sha256: string
  size: number
  name_sealed: Buffer
  chunks: number
  received: Generated<number[]>
  type: string | null
  blob_id: string | null
  refused: string | null
  created_at: At
  ready_at: AtOrNull
  mandate_id: string | null
}

export interface Cases {
  id: string
  number: string
  applicant_id: string
  request_id: string
  request_hash: Buffer
  topic_id: string
  topic_version: number
  region_code: string
  state: string
  version: number
  handover: string
  content_sealed: Buffer
  rounds: Generated<number>
  overrides: Generated<number>
  correction: JsonOrNull<unknown>
  submitted_at: At
  accept_by: string
  accepted_at: AtOrNull
  due_on: DayOrNull
  ended_at: AtOrNull
}

export interface CaseEvents {
  case_id: string
  seq: number
  at: At
  by_role: string
  by_id: string | null
  by_name: string
  event: Json<unknown>
}

export interface Tasks {
  case_id: string
  n: number
  item_id: string
  department_id: string
  region_code: string
  state: string
  started_at: AtOrNull
  due_on: DayOrNull
  pauses: ColumnType<unknown[], string | undefined, string>
  asks: JsonOrNull<unknown[]>
  extension: JsonOrNull<object>
  reason: string | null
  handler_id: string | null
  ended_at: AtOrNull
  signal: Generated<string>
  wake_on: DayOrNull
  proposal_sealed: Buffer | null
  reviewer_id: string | null
  handled_at: AtOrNull
}

export interface Results {
  id: string
  case_id: string
  n: number
  name: string
  number: string
  verify_hash: Buffer
  verify_sealed: Buffer
  values_sealed: Buffer
  issued_at: At
}

export interface Ratings {
  case_id: string
  request_id: string
  stars: number
  comment_sealed: Buffer | null
  at: At
  form_version: number | null
  indicators: JsonOrNull<Record<string, number>>
}

export interface Requests {
  actor_id: string
  request_id: string
  hash: Buffer
  at: At
}

export interface Messages {
  id: string
  person_id: string
  case_id: string | null
  ticket_id: string | null
  at: At
  title: string
  text: string
  read_at: AtOrNull
  mandate_id: string | null
}

export interface Signings {
  id: string
  applicant_id: string
  request_id: string
  topic_id: string
  content_sealed: Buffer | null
  kept_until: At
  closed_at: AtOrNull
}

export interface SigningInvitations {
  id: string
  signing_id: string
  signer_id: string
  code_hash: Buffer
  code_sealed: Buffer
  id_index: Buffer
  phone_index: Buffer
  state: 'waiting' | 'signed' | 'declined'
  told_at: At
  expires_at: At
  answered_by: string | null
  answered_at: AtOrNull
  answer_sealed: Buffer | null
}

export interface MessagePreferences {
  person_id: string
  kind: string
  sms: boolean
}

export interface Nonces {
  key_id: string
  nonce: string
  at: At
}

export interface Audit {
  id: Generated<string>
  at: At
  actor_kind: string
  actor_id: string | null
  actor_name: string
  person_id: string | null
  what: string
  object: string
  why: string
  result: string
}

export interface DB extends
  FeedbackTables, BookingTables, CounterTables, MandateTables, ReachTables, SealTables,
  SupervisionTables, EditingTables, InstallationTables {
  people: People
  staff: Staff
  sessions: Sessions
  otps: Otps
  attempts: Attempts
  topic_versions: TopicVersions
  drafts: Drafts
  materials: Materials
  cases: Cases
  case_events: CaseEvents
  tasks: Tasks
  tickets: Tickets
  ticket_entries: TicketEntries
  case_materials: CaseMaterials
  results: Results
  ratings: Ratings
  requests: Requests
  messages: Messages
  message_preferences: MessagePreferences
  signings: Signings
  signing_invitations: SigningInvitations
  nonces: Nonces
  audit: Audit
}
