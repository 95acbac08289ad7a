/** 结果: what its owner reads in full, and what anyone with its code may know. */
import { shanghaiDate } from '../../core/clock'
import type { Result } from '../../core/contract/case'
import type { CertificateFacts, Verification } from '../../core/contract/document'
import type { Topic } from '../../core/contract/topic'
import { Refused } from '../../core/refusal'
import { mask } from '../../core/values'
import { openContent } from '../cases/content'
import { departmentName, topicOf } from '../cases/topic'
import { openText, tokenHash } from '../crypto'
import type { Platform } from '../platform'
import { sealOf } from '../seal/open'
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
  const facts = await factsOf(platform, row)
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
    certificate: facts && { ...facts, holder },
    revoked: revokedOf(row),
  }
}

/** When its department took it back, and why. */
export function revokedOf({ revoked_at: at, revoked_why: why }: FoundResult): Result['revoked'] {
  return at && { at: at.toISOString(), reason: why ?? '' }
}

/** The result with this code, if there is one. */
export const resultByCode = (platform: Platform, code: string) =>
  findByVerifyHash(platform.db.db, tokenHash(code))

/** Validity and a masked name only (S47). */
export async function toVerification(platform: Platform, row: FoundResult): Promise<Verification> {
  const topic = await topicOf(platform.db.db, platform, row)
  return {
    kind: 'result',
    ...standingOf(platform, row),
    name: row.name,
    number: row.number,
    holder: mask('name', holderFor(platform, topic, row).name),
    issuer: departmentName(platform, row.department_id, row.region_code),
    issuedAt: row.issued_at.toISOString(),
    certificate: await factsOf(platform, row),
    sample: !platform.config.production,
  }
}

function standingOf(
  platform: Platform,
  { revoked_at: revoked, valid_to: last }: FoundResult,
): Pick<Verification, 'state' | 'since'> {
  if (revoked) return { state: 'revoked', since: shanghaiDate(revoked.toISOString()) }
  const over = last !== null && last < shanghaiDate(platform.now().toISOString())
  return over ? { state: 'expired', since: last } : { state: 'valid', since: null }
}

function holderFor(platform: Platform, topic: Topic, row: FoundResult): Holder {
  if (row.holder_sealed) return openHolder(platform.keys, row.id, row.holder_sealed)
  const { form } = openContent(platform.keys, row.case_id, row.content_sealed)
  return holderOf(topic, row.item_id, form)
}

/** Null for a result from before certificates were kept. */
async function factsOf(platform: Platform, row: FoundResult): Promise<CertificateFacts | null> {
  const { identifier, type_code, issuer_code, valid_from } = row
  if (!identifier || !type_code || !issuer_code || !valid_from) return null
  return {
    identifier, typeCode: type_code, issuerCode: issuer_code, validFrom: valid_from,
    validTo: row.valid_to, sealed: (await sealOf(platform)) !== undefined,
  }
}
