/** The tables of 0013_supervision.sql. */
import type { ColumnType, Generated } from 'kysely'
import type { ContactRole, ContactStage, Level, SignalState } from '../../core/escalation'
import type { Dimension } from '../../core/figures'

type At = ColumnType<Date, Date | string, Date | string>
type DayOrNull = ColumnType<string | null, string | null | undefined, string | null>

export interface Contacts {
  id: string
  department_id: string
  region_code: string
  seq: number
  topic_id: string | null
  item_id: string | null
  role: ContactRole
  stage: ContactStage | null
  name_sealed: Buffer
  phone_sealed: Buffer
  note_sealed: Buffer | null
  draft: boolean
  saved_at: At
  revision: Generated<number>
  saved_by: string | null
}

export interface Signals {
  id: string
  case_id: string
  n: number
  topic_id: string
  item_id: string
  department_id: string
  region_code: string
  level: Level
  rank: number
  raised_at: At
  due_on: string
  told: ContactRole[]
  state: SignalState
  order_by: DayOrNull
}

export interface SignalEvents {
  signal_id: string
  seq: number
  at: At
  by_role: string
  by_id: string | null
  by_name: string
  event: string
  note_sealed: Buffer | null
  order_by: DayOrNull
}

export interface Figures {
  scope: string
  by: Dimension
  day: string
  id: string
  counts: number[]
}

export interface FigureDays {
  day: string
  counted_at: At
}

export interface SupervisionTables {
  contacts: Contacts
  signals: Signals
  signal_events: SignalEvents
  figures: Figures
  figure_days: FigureDays
}
