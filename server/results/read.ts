/** 结果: what its owner reads in full, and what anyone with its code may know. */
import type { Result, Verification } from '../../core/contract/case'
import type { Topic } from '../../core/contract/topic'
import { Refused } from '../../core/refusal'
import { mask } from '../../core/values'
import { openContent } from '../cases/content'
import { departmentName, topicOf } from '../cases/topic'
import { openText, tokenHash } from '../crypto'
import type { Platform } from '../platform'
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
  const place = { table: 'results', column: 'verify_sealed', rowId: row.id }
  return {
    id: row.id,
    caseId: row.case_id,
    itemId: row.item_id,
    name: row.name,
    number: row.number,
    issuer: departmentName(platform, row.department_id, row.region_code),
    issuedAt: row.issued_at.toISOString(),
    holder: holderOf(platform, topic, row),
    values: Object.entries(values).map(([key, value]) => ({
      key, label: topic.fields.find((field) => field.key === key)?.label ?? key, value,
    })),
    verifyCode: openText(platform.keys, place, row.verify_sealed),
    sample: !platform.config.production,
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
    valid: true,
    name: row.name,
    number: row.number,
    holder: mask('name', holderOf(platform, topic, row)),
    issuer: departmentName(platform, row.department_id, row.region_code),
    issuedAt: row.issued_at.toISOString(),
    sample: !platform.config.production,
  }
}

/** What people, companies and what is on a list go by. */
const NAMES = ['name', 'companyName'] as const

/** Whose document it is: the role it says something new of, else the first one with a name. */
function holderOf(platform: Platform, topic: Topic, row: FoundResult): string {
  const item = topic.items.find(({ id }) => id === row.item_id)
  const { form } = openContent(platform.keys, row.case_id, row.content_sealed)
  const keys = [
    ...(item?.result.gives ?? []), item?.result.material ?? '',
    ...(item?.fields ?? []).map(({ key }) => key),
  ]
  const names = keys.flatMap((key) => NAMES.map((element) => `${key.split('.')[0]}.${element}`))
  return names.map((name) => form[name]).find(Boolean) ?? ''
}
