/** The tables of 0011_seals.sql and 0022_notices.sql. */
import type { ColumnType, Generated } from 'kysely'
import type { At, AtOrNull, DayOrNull } from './schema'

export interface SealKeys {
  id: string
  only_one: Generated<boolean>
  key_sealed: Buffer
  certificates: string
  made_at: At
}

export interface Certificates {
  result_id: string
  identifier: string
  type_code: string
  holder_sealed: Buffer
  issuer: string
  issuer_code: string
  issued_on: string
  valid_from: string
  valid_to: DayOrNull
  state: ColumnType<'valid' | 'revoked', 'valid' | undefined, 'valid' | 'revoked'>
  revoked_at: AtOrNull
  revoked_by: ColumnType<string | null, string | null | undefined, string | null>
  revoked_why: ColumnType<string | null, string | null | undefined, string | null>
}

export interface Documents {
  id: string
  case_id: string
  name: string
  result_id: string | null
  blob_id: string
  sha256: Buffer
  made_at: At
}

export interface DocumentCodes {
  id: string
  case_id: string
  name: string
  verify_hash: Buffer
  verify_sealed: Buffer
  made_at: At
}

export interface SealTables {
  seal_keys: SealKeys
  certificates: Certificates
  documents: Documents
  document_codes: DocumentCodes
}
