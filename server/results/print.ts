/** 办理结果 on paper: what the document says, by which law, and the code anybody may verify it by. */
import { certificateRows } from '../../core/certificate'
import { shanghaiDate } from '../../core/clock'
import { titled } from '../../core/titled'
import { topicOf } from '../cases/topic'
import type { Platform } from '../platform'
import { signedOnce } from '../documents/keep'
import { markOf } from '../print/mark'
import type { Sheet } from '../print/sheet'
import { verifyBy } from '../print/verify'
import { type FoundResult, toResult } from './read'

/** 国务院关于在线政务服务的若干规定（国令第716号）§10 */
const EQUAL = '加盖电子印章的电子结果，与纸质的具有同等法律效力（国务院令第716号第十条）。'
/** 行政复议法 §20; 行政诉讼法 §46 */
const REMEDY = '对结果有异议的，可以自知道之日起 60 日内申请行政复议，或者 6 个月内向人民法院起诉'
  + '（《行政复议法》第二十条、《行政诉讼法》第四十六条）。内容有误的，请在办件页面点“结果有误”。'

/** The same bytes every time, signed when they were first asked for. */
export async function printResult(
  platform: Platform,
  row: FoundResult,
): Promise<{ bytes: Buffer; name: string }> {
  const bytes = await signedOnce(platform, {
    caseId: row.case_id, name: `result-${row.n}`, resultId: row.id,
    sheet: () => sheetOf(platform, row),
  })
  return { bytes, name: `${titled(row.name)}.pdf` }
}

async function sheetOf(platform: Platform, row: FoundResult): Promise<Sheet> {
  const [result, topic] = await Promise.all([
    toResult(platform, row), topicOf(platform.db.db, platform, row),
  ])
  const { name, number, holder, issuer, issuedAt, values, verifyCode } = result
  const item = topic.items.find(({ id }) => id === row.item_id)
  const rows = [
    ...(holder ? [{ term: '持有人', lines: [holder] }] : []),
    ...values.map(({ label, value }) => ({ term: label, lines: [value] })),
    { term: '签发部门', lines: [issuer] },
    ...certificateRows(result.certificate).map(({ term, value }) => ({ term, lines: [value] })),
    { term: '签发日期', lines: [shanghaiDate(issuedAt)] },
    { term: '办理事项', lines: [item?.name ?? name] },
    ...(item ? [{ term: '办理依据', lines: item.basis.map((one) => `${one.law}${one.article}`) }] : []),
  ]
  return {
    title: name,
    number,
    lead: `由${issuer}办理“${topic.title}”时签发。`,
    at: row.issued_at,
    mark: markOf(platform.config),
    sections: [
      { title: '内容', blocks: [{ is: 'rows', rows }] },
      { title: '说明', blocks: [{ is: 'list', lines: [EQUAL, REMEDY] }] },
    ],
    verify: verifyBy(platform, verifyCode),
  }
}
