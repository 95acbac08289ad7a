/** 提交回执: that, when and what was handed in, what follows from it, and what one may do then. */
import { shanghaiDate, shanghaiTime } from '../../core/clock'
import type { CaseView, NoticeView } from '../../core/contract/case'
import type { Supply } from '../../core/materials'
import { HANDOVER_WORDS } from '../../core/timeline'
import type { Actor } from '../actor'
import { openPerson } from '../people/service'
import type { Platform } from '../platform'
import { markOf } from '../print/mark'
import { type Sheet, printSheet } from '../print/sheet'
import { noticeOf } from './notice'
import { contentOf, viewCase } from './read'

/** 行政许可法 §32, §38; 行政复议法 §20; 行政诉讼法 §46 */
const RIGHTS = [
  '材料不齐的，窗口在五个工作日内一次告知全部要补的内容；逾期不告知的，自收到申请之日起即为受理'
  + '（《行政许可法》第三十二条）。',
  '不予受理、不予办理的，应当书面说明理由，并告知怎样申请复议、起诉（《行政许可法》第三十八条）。',
  '对决定不服的，可以自知道之日起 60 日内申请行政复议，或者 6 个月内向人民法院起诉'
  + '（《行政复议法》第二十条、《行政诉讼法》第四十六条）。',
  '告知单以外的材料，不用提供。遇到推诿、拖延，可以在办件页面反映“办不成事”，或者拨打 12345。',
]

type Sections = Sheet['sections']

/** @throws {Refused} NOT_FOUND */
export async function printReceipt(
  platform: Platform,
  { caseId, ownerId, reader }: { caseId: string; ownerId: string; reader: Actor },
): Promise<{ bytes: Buffer; name: string }> {
  const [view, notice, { materials }, owner] = await Promise.all([
    viewCase(platform, { caseId, after: 0, reader }), noticeOf(platform, caseId),
    contentOf(platform, caseId), openPerson(platform.db.db, platform, ownerId),
  ])
  const bytes = await printSheet({
    title: '申请提交回执',
    number: view.number,
    lead: `“${view.topicTitle}”的申请已经收到。请保存好这份回执，凭编号可以查询办理进度。`,
    at: new Date(view.submittedAt),
    mark: markOf(platform.config),
    sections: [
      { title: '申请', blocks: [{ is: 'rows', rows: facts(view, owner.name) }] },
      { title: '办理的事项', blocks: [items(notice)] },
      { title: '交来的材料', blocks: [{ is: 'list', lines: papers(notice, materials) }] },
      ...refusals(view),
      { title: '您的权利', blocks: [{ is: 'list', lines: RIGHTS }] },
    ],
  })
  return { bytes, name: `提交回执 ${view.number}.pdf` }
}

const dayOf = (instant: string) => shanghaiDate(instant)

function facts(view: CaseView, applicant: string | null) {
  const { submittedAt, acceptBy, contact, handover, dueOn, events } = view
  return [
    ...(applicant ? [{ term: '申请人', lines: [applicant] }] : []),
    ...(events[0]?.by.role === 'window'
      ? [{ term: '申请方式', lines: ['申请人到窗口，由窗口代办录入，申请人核对签名'] }] : []),
    { term: '提交时间', lines: [`${dayOf(submittedAt)} ${shanghaiTime(submittedAt)}`] },
    { term: '受理窗口', lines: [contact.office, `咨询电话 ${contact.phone}`] },
    { term: '最晚答复', lines: [`${acceptBy} 以前告诉您是否受理、要补什么`] },
    ...(dueOn ? [{ term: '承诺办结', lines: [`${dueOn} 以前`] }] : []),
    { term: '领取方式', lines: [HANDOVER_WORDS[handover]] },
  ]
}

function items({ items: told }: NoticeView) {
  return {
    is: 'table' as const,
    head: ['事项', '办理部门', '承诺时限', '收费', '依据'],
    widths: [24, 20, 15, 13, 28],
    rows: told.map(({ name, department, days, fee, basis }) =>
      [[name], [department], [days], [fee], [basis]]),
  }
}

const HOW: Record<Supply['by'], string> = {
  photos: '照片', certificate: '电子证照', declaration: '书面承诺',
}

function papers(
  notice: NoticeView,
  materials: Readonly<Record<string, Supply>>,
): string[] {
  const given = notice.materials.flatMap(({ key, name }) => {
    const supply = materials[key]
    if (!supply) return []
    return `${name}（${HOW[supply.by]}${supply.by === 'photos' ? ` ${supply.ids.length} 张` : ''}）`
  })
  return given.length > 0 ? given : ['没有要交的材料。']
}

/** What was refused so far, why, and what may be done about it. */
function refusals({ events, contact }: CaseView): Sections {
  const lines = events.filter(({ is }) => is === 'refuse' || is === 'task.reject')
    .map(({ at, text, by }) => `${dayOf(at)} ${by.name || contact.office}：${text}`)
  return lines.length > 0 ? [{ title: '不予受理、不予办理', blocks: [{ is: 'list', lines }] }] : []
}
