/** Tables of 委托. */
import type { ColumnType } from 'kysely'
import type { Acts, MandateKind } from '../../core/mandate'

type At = ColumnType<Date, Date | string, Date | string>
type AtOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>

export interface MandateRow {
  id: string
  principal_id: string
  agent_id: string | null
  made_by: string
  kind: MandateKind
  topics: string[] | null
  acts: Acts
  starts_on: string
  ends_on: string
  via_id: string | null
  proof: string | null
  code_hash: Buffer | null
  code_until: AtOrNull
  made_at: At
  made_text: number
  agreed_at: AtOrNull
  agreed_text: number | null
  guardian_at: AtOrNull
  revoked_at: AtOrNull
  revoked_by: string | null
}

export interface MandateTables {
  mandates: MandateRow
}
