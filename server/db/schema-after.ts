/** Tables of what comes beside and after a case: 好差评, 整改, 公开数据, 预约. */
import type { ColumnType, Generated } from 'kysely'
import type { AnswerKind, RectificationState } from '../../core/rectification'
import type { WindowKind } from '../../core/contract/hall'

type At = ColumnType<Date, Date | string, Date | string>
type AtOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type DayOrNull = ColumnType<string | null, string | null | undefined, string | null>

export interface ItemRatings {
  case_id: string
  n: number
  stars: number
  comment_sealed: Buffer | null
  at: At
}

export interface Rectifications {
  id: string
  case_id: string
  n: number
  region_code: string
  department_id: string | null
  stars: number
  state: RectificationState
  round: Generated<number>
  contact_by: string
  answer_by: string
  stop_by: string
  reply_by: DayOrNull
  signal: ColumnType<'none' | 'yellow' | 'red', 'none' | undefined, 'none' | 'yellow' | 'red'>
  late: Generated<boolean>
  outcome: ColumnType<
    'satisfied' | 'unsatisfied' | 'lapse' | null, null | undefined,
    'satisfied' | 'unsatisfied' | 'lapse' | null
  >
  opened_at: At
  confirmed_at: AtOrNull
  closed_at: AtOrNull
}

export interface RectificationEvents {
  rectification_id: string
  seq: number
  at: At
  by_role: string
  by_id: string | null
  by_name: string
  event: string
  kind: AnswerKind | null
  note_sealed: Buffer | null
}

export interface PublicFigures {
  single: Generated<boolean>
  at: At
  body: ColumnType<unknown, string, string>
}

export interface Bookings {
  id: string
  person_id: string
  request_id: string
  hall_id: string
  window_kind: WindowKind
  day: string
  time: string
  seat: number
  topic_id: string | null
  created_at: At
  cancelled_at: AtOrNull
  reminded_at: AtOrNull
}

export interface FeedbackTables {
  item_ratings: ItemRatings
  rectifications: Rectifications
  rectification_events: RectificationEvents
  public_figures: PublicFigures
}

export interface CaseMaterials {
  case_id: string
  key: string
  material_id: string
}

export interface BookingTables {
  bookings: Bookings
}
