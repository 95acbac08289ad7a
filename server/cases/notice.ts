/** 一次告知单: the plan a case was filed under, numbered and dated. It binds the departments. */
import type { NoticeView } from '../../core/contract/case'
import type { Limit } from '../../core/contract/topic'
import { toSupply } from '../../core/materials'
import { Refused } from '../../core/refusal'
import type { Platform } from '../platform'
import { departmentName, topicOf } from './topic'
import { type CaseRow, planOf } from './view'

/** @throws {Refused} NOT_FOUND */
export async function noticeOf(platform: Platform, caseId: string): Promise<NoticeView> {
  const { db } = platform.db
  const row: CaseRow | undefined = await db.selectFrom('cases').selectAll()
    .where('id', '=', caseId).executeTakeFirst()
  if (!row) throw new Refused('NOT_FOUND')
  const topic = await topicOf(db, platform, row)
  const plan = planOf(platform, topic, row)
  return {
    number: `${row.number}-GZ`,
    issuedAt: row.submitted_at.toISOString(),
    title: `“${topic.title}”一次告知单`,
    items: plan.items.map(({ item }) => ({
      name: item.name,
      department: departmentName(platform, item.department, row.region_code),
      days: limitWords(item.promised),
      fee: item.fee.text,
      basis: item.basis.map(({ law, article }) => `${law}${article}`).join('；'),
    })),
    fields: plan.form.map(({ key, roleLabel, label }) => ({ key, label: `${roleLabel}：${label}` })),
    materials: toSupply(plan.materials).map(({ key, name, roleLabel, content }) => ({
      key, name: `${roleLabel}：${name}`, content,
    })),
    onsite: plan.onsite.map(({ text }) => text),
    deadlines: plan.deadlines.map(({ text, missed }) => `${text}${missed}`),
  }
}

function limitWords({ days, unit }: Limit): string {
  if (days === 0) return '当场办结'
  return `${days} 个${unit === 'day' ? '自然日' : '工作日'}`
}
