/** A person's cases and signatures, as the export tells them. */
import type { CaseView } from '../../core/contract/case'
import type { Citizen } from '../actor'
import { contentOf, viewCase } from '../cases/read'
import { casesOf } from '../cases/list'
import { readCursor } from '../cases/cursor'
import { openText } from '../crypto'
import type { Platform } from '../platform'
import { mustResult, toResult } from '../results/read'
import { openAnswer } from '../signings/content'
import { loadTopic } from '../topics/service'
import { contentWords, whenWords } from './export-words'

const PAGE = 100

export async function exportedCases(platform: Platform, citizen: Citizen) {
  const all = []
  let after: ReturnType<typeof readCursor> | undefined
  for (;;) {
    const page = await casesOf(platform, { topics: null, personId: citizen.id, after, limit: PAGE })
    for (const { id } of page.cases) all.push(await exportedCase(platform, citizen, id))
    if (page.next === null) return all
    after = readCursor(page.next)
  }
}

async function exportedCase(platform: Platform, citizen: Citizen, caseId: string) {
  const view = await viewCase(platform, { caseId, after: 0, reader: citizen })
  const content = await contentOf(platform, caseId)
  const topic = await loadTopic(platform, { id: view.topicId, version: view.topicVersion })
  return {
    办件编号: view.number, 事情: view.topicTitle,
    提交时间: whenWords(new Date(view.submittedAt)), 过程: view.events,
    ...contentWords(topic, content),
    结果: await resultsOf(platform, view),
    评价: await ratingOf(platform, caseId),
  }
}

async function resultsOf(platform: Platform, { tasks }: CaseView) {
  const ids = tasks.flatMap(({ result }) => (result ? [result.id] : []))
  return Promise.all(ids.map(async (id) => {
    const { name, number, issuer, issuedAt, values, verifyCode } =
      await toResult(platform, await mustResult(platform, id))
    return {
      名称: name, 编号: number, 出具单位: issuer, 出具时间: whenWords(new Date(issuedAt)),
      核验码: verifyCode, 内容: values.map(({ label, value }) => ({ 项目: label, 内容: value })),
    }
  }))
}

async function ratingOf({ db, keys }: Platform, caseId: string) {
  const row = await db.db.selectFrom('ratings').selectAll().where('case_id', '=', caseId)
    .executeTakeFirst()
  if (!row) return null
  const place = { table: 'ratings', column: 'comment_sealed', rowId: caseId }
  return {
    星级: row.stars, 时间: whenWords(row.at),
    留言: row.comment_sealed && openText(keys, place, row.comment_sealed),
  }
}

/** Those asked of others, and those given to others' applications. */
export async function exportedSignings({ db, catalogue, keys }: Platform, { id }: Citizen) {
  const rows = await db.db.selectFrom('signing_invitations as i')
    .innerJoin('signings as s', 's.id', 'i.signing_id')
    .where((eb) => eb.or([eb('s.applicant_id', '=', id), eb('i.answered_by', '=', id)]))
    .select([
      'i.id', 'i.state', 'i.told_at', 'i.answered_by', 'i.answered_at', 'i.answer_sealed',
      's.topic_id',
    ])
    .orderBy('i.told_at').execute()
  const stateWords = { waiting: '等对方签名', signed: '已签名', declined: '不同意签名' }
  return rows.map((row) => ({
    事情: catalogue.topics.find((topic) => topic.id === row.topic_id)?.title ?? row.topic_id,
    谁签: row.answered_by === id ? '您本人' : '您邀请的人', 状态: stateWords[row.state],
    邀请时间: whenWords(row.told_at), 答复时间: row.answered_at && whenWords(row.answered_at),
    // The signature of somebody else is theirs to export.
    ...(row.answered_by === id ? { 答复: openAnswer(keys, row) } : {}),
  }))
}
