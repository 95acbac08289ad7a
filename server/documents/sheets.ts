/** The templates: what each written notice says, from the event it tells of. */
import { shanghaiDate, shanghaiTime } from '../../core/clock'
import type { Taking } from '../../core/contract/case'
import type { SheetRow } from '../../core/guide-sheet'
import type { Topic } from '../../core/contract/topic'
import type { Happening } from '../../core/history'
import { EXTENSION_CAUSES, PAUSE_REASONS } from '../../core/task'
import { HANDOVER_WORDS } from '../../core/timeline'
import type { PrintedBlock } from '../print/blocks'
import type { Mark } from '../print/mark'
import type { Sheet } from '../print/sheet'
import { type Outcomes, outcomeBlocks } from './completion'

export interface Told {
  event: Happening
  at: Date
  title: string
  number: string
  caseNumber: string
  topic: Topic
  applicant: string
  /** who tells it */
  office: string
  /** whether the results are handed over electronically, by post or at the window */
  handover: keyof typeof HANDOVER_WORDS
  results: readonly { name: string; number: string }[]
  /** who took them at the window */
  taking: Taking | undefined
  /** what came of every item */
  outcomes: () => Outcomes
  mark: Mark | undefined
}

/** 行政复议法 §20; 行政诉讼法 §46 */
const REMEDY = '对本决定不服的，可以自知道之日起 60 日内申请行政复议，或者 6 个月内向人民法院起诉'
  + '（《行政复议法》第二十条、《行政诉讼法》第四十六条）。'

export function sheetOf(told: Told): Sheet {
  const { title, number, topic, at, applicant, mark, office, caseNumber } = told
  const { lead, rows, lines, items = [] } = body(told)
  return {
    title,
    number,
    lead: `${applicant}：${lead}`,
    at,
    mark,
    sections: [
      {
        title: '内容',
        blocks: [{
          is: 'rows',
          rows: [
            { term: '申请人', lines: [applicant] },
            { term: '办理主题', lines: [topic.title] },
            { term: '办件编号', lines: [caseNumber] },
            ...rows,
            { term: '告知单位', lines: [office] },
            { term: '日期', lines: [shanghaiDate(at.toISOString())] },
          ],
        }],
      },
      ...(items.length > 0 ? [{ title: '各事项的结果', blocks: items }] : []),
      ...signed(told),
      ...(lines.length > 0 ? [{ title: '说明', blocks: [{ is: 'list' as const, lines }] }] : []),
    ],
  }
}

interface Body {
  lead: string
  rows: SheetRow[]
  lines: string[]
  /** a record each */
  items?: PrintedBlock[]
}

function body(told: Told): Body {
  const { event, topic } = told
  const item = topic.items.find(({ id }) => id === event.itemId)
  const matter: SheetRow[] = item ? [{ term: '事项', lines: [item.name] }] : []
  switch (event.is) {
    case 'accept':
    case 'auto-accept': return acceptance(told)
    case 'return': return correction(told)
    case 'refuse': return {
      lead: '您的申请经核对，决定不予受理。',
      rows: [
        { term: '理由', lines: [event.reason ?? ''] },
        ...(event.remedy ? [{ term: '救济途径', lines: [event.remedy] }] : []),
      ],
      lines: ['不予受理应当书面说明理由（《行政许可法》第三十二条、第三十八条）。', REMEDY],
    }
    case 'task.pause': return {
      lead: '下列事项依法需要特别程序，所需时间不计算在办理期限内，现书面告知。',
      rows: [
        ...matter,
        { term: '程序', lines: [event.pause ? PAUSE_REASONS[event.pause] : '法定程序'] },
        { term: '说明', lines: [event.note ?? ''] },
      ],
      lines: ['期限的暂停，依据《行政许可法》第四十五条；程序结束后继续计时。'],
    }
    case 'task.extend': return {
      lead: '下列事项不能在规定的期限内作出决定，经批准延长办理期限，现告知理由。',
      rows: [
        ...matter,
        { term: '理由', lines: [event.cause ? EXTENSION_CAUSES[event.cause] : ''] },
        { term: '说明', lines: [event.note ?? ''] },
        { term: '延长', lines: [`${event.days ?? 0} 个工作日`] },
        { term: '新的期限', lines: [`${event.dueOn ?? ''} 以前`] },
      ],
      lines: [
        `延期依据${item?.extension ? `${item.extension.law}${item.extension.article}` : '有关法律'}，`
        + '经本机关负责人批准，只延长一次。',
      ],
    }
    case 'task.reject': return {
      lead: '下列事项经审核，决定不予办理。',
      rows: [
        ...matter,
        { term: '理由', lines: [event.reason ?? ''] },
        { term: '依据', lines: item?.basis.map(({ law, article }) => `${law}${article}`) ?? [] },
      ],
      lines: [REMEDY],
    }
    case 'settle': return completion(told)
    default: return delivery(told)
  }
}

function acceptance({ event, topic }: Told): Body {
  return {
    lead: event.is === 'accept'
      ? '您的申请材料齐全、符合要求，决定予以受理。'
      : '五个工作日内没有告知补正，您的申请自收到之日起即为受理。',
    rows: event.dueOn ? [{ term: '承诺办结', lines: [`${event.dueOn} 以前`] }] : [],
    lines: [
      `“${topic.title}”由综合窗口统一分派，各部门同时办理。`,
      '受理依据《行政许可法》第三十二条。',
    ],
  }
}

function correction({ event, topic }: Told): Body {
  const nameOf = (key: string) => topic.fields.find((one) => one.key === key)?.label
    ?? topic.materials.find((one) => one.key === key)?.name ?? key
  return {
    lead: '您的申请需要补正。要补的全部内容一次告知如下，请一次补齐。',
    rows: (event.asks ?? []).map(({ key, reason }, n) =>
      ({ term: `${n + 1}. ${nameOf(key)}`, lines: [reason] })),
    lines: [
      '补正内容应当当场或者五日内一次告知，逾期不告知的，自收到申请之日起即为受理'
      + '（《行政许可法》第三十二条）。',
      ...(event.override ? [`告知单以外或者再次补正的依据：${event.override}`] : []),
    ],
  }
}

function completion({ outcomes, at }: Told): Body {
  const { acceptedOn, dueOn, usedDays, items } = outcomes()
  const refused = items.some(({ state }) => state === 'rejected')
  return {
    lead: '您申请的各个事项都已办完，结果告知如下。',
    rows: [
      ...(acceptedOn ? [{ term: '受理日期', lines: [acceptedOn] }] : []),
      ...(dueOn ? [{ term: '承诺办结', lines: [`${dueOn} 以前`] }] : []),
      {
        term: '实际办结',
        lines: [`${shanghaiDate(at.toISOString())}${
          usedDays === null ? '' : `，从受理起 ${usedDays} 个工作日`}`],
      },
    ],
    lines: [
      '结果由综合窗口统一出件，请按办件页面上选定的方式领取。',
      '暂停计时的日子不计入用时（《行政许可法》第四十五条）。',
      ...(refused ? [`不予办理的事项：${REMEDY}`] : []),
    ],
    items: outcomeBlocks(items),
  }
}

/** The signature of whoever took the results, below what they took. */
function signed({ event, taking }: Told): Sheet['sections'] {
  const signature = event.is === 'hand-over' ? taking?.signature : undefined
  return signature ? [{ title: '签名', blocks: [{ is: 'signature', signature }] }] : []
}

function signedBy(taking: Taking | undefined): string[] {
  if (!taking) return ['由综合窗口出件']
  const { by, name, signature } = taking
  return [
    `${name}（${by === 'applicant' ? '申请人本人' : '代领人'}）`,
    signature ? '当场签名，见下' : '纸质签收，已存档',
  ]
}

function delivery({ event, at, handover, results, taking }: Told): Body {
  const time = at.toISOString()
  return {
    lead: '下列结果已经送达。',
    rows: [
      ...results.map(({ name, number }) => ({ term: name, lines: [`编号 ${number}`] })),
      { term: '送达方式', lines: [HANDOVER_WORDS[handover]] },
      { term: '送达时间', lines: [`${shanghaiDate(time)} ${shanghaiTime(time)}`] },
      {
        term: '签收',
        lines: event.is === 'confirm-receipt' ? ['申请人在手机上确认领取'] : signedBy(taking),
      },
    ],
    lines: [],
  }
}
