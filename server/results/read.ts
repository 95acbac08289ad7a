/** 结果: what its owner reads in full, and what anyone with its code may know. */
import type { Result, Verification } from '../../core/contract/case'
import type { Topic } from '../../core/contract/topic'
import { Refused } from '../../core/refusal'
import { mask } from '../../core/values'
import { openContent } from '../cases/content'
import { departmentName, topicOf } from '../cases/topic'
import { openText, tokenHash } from '../crypto'
import type { Platform } from '../platform'
import { type Holder, holderOf, openHolder } from './holder'
import { findByVerifyHash, findResult } from './store'
import { openValues } from './values'

export type FoundResult = NonNullable<Awaited<ReturnType<typeof findResult>>>

/** @throws {Refused} NOT_FOUND */
export async function mustResult(platform: Platform, id: string): Promise<FoundResult> {
  const row = await findResult(platform.db.db, id)
  if (!row) throw new Refused('NOT_FOUND')
  return row
}

export async function toResult(platform: Platform, row: FoundResult): Promise<Result> {
  const topic = await topicOf(platform.db.db, platform, row)
  const values = openValues(platform.keys, row.id, row.values_sealed)
  const holder = holderFor(platform, topic, row)
  const place = { table: 'results', column: 'verify_sealed', rowId: row.id }
  return {
    id: row.id,
    caseId: row.case_id,
    itemId: row.item_id,
    name: row.name,
    number: row.number,
    issuer: departmentName(platform, row.department_id, row.region_code),
    issuedAt: row.issued_at.toISOString(),
    holder: holder.name,
    values: Object.entries(values).map(([key, value]) => ({
      key, label: topic.fields.find((field) => field.key === key)?.label ?? key, value,
    })),
    verifyCode: openText(platform.keys, place, row.verify_sealed),
    sample: !platform.config.production,
    certificate: certificateOf(row, holder),
    revoked: row.revoked_at
      ? { at: row.revoked_at.toISOString(), reason: row.revoked_why ?? '' } : null,
  }
}

/** @throws {Refused} NOT_FOUND for a code nobody was given */
export async function mustVerified(platform: Platform, code: string): Promise<FoundResult> {
  const row = await findByVerifyHash(platform.db.db, tokenHash(code))
  if (!row) throw new Refused('NOT_FOUND')
  return row
}

/** Validity and a masked name only (S47). */
export async function toVerification(platform: Platform, row: FoundResult): Promise<Verification> {
  const topic = await topicOf(platform.db.db, platform, row)
  return {
    valid: row.revoked_at === null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    name: row.name,
    number: row.number,
    holder: mask('name', holderFor(platform, topic, row).name),
    issuer: departmentName(platform, row.department_id, row.region_code),
    issuedAt: row.issued_at.toISOString(),
    sample: !platform.config.production,
  }
}

function holderFor(platform: Platform, topic: Topic, row: FoundResult): Holder {
  if (row.holder_sealed) return openHolder(platform.keys, row.id, row.holder_sealed)
  const { form } = openContent(platform.keys, row.case_id, row.content_sealed)
  return holderOf(topic, row.item_id, form)
}

function certificateOf(row: FoundResult, holder: Holder): Result['certificate'] {
  const { identifier, type_code, issuer_code, valid_from } = row
  if (!identifier || !type_code || !issuer_code || !valid_from) return null
  return {
    identifier, typeCode: type_code, issuerCode: issuer_code, holder, validFrom: valid_from,
    validTo: row.valid_to,
  }
}
