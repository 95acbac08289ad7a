/** The guide as a document: sections of a few kinds of blocks. Page and PDF print the same ones. */
import type { Guide, GuideItem, GuideMaterial } from './guide'
import type { Measures } from './meter'

/** A term and the lines that tell of it. */
export interface SheetRow {
  term: string
  lines: readonly string[]
}

export type SheetBlock =
  | { is: 'text'; text: string }
  | { is: 'list'; lines: readonly string[] }
  | { is: 'rows'; rows: readonly SheetRow[] }
  /** one thing of several: its name, a mark beside it, and what is told of it */
  | { is: 'record'; title: string; mark: string | undefined; rows: readonly SheetRow[] }
  /** `widths` in shares of the line; a narrow screen shows each row as a record */
  | {
    is: 'table'
    head: readonly string[]
    widths: readonly number[]
    rows: readonly (readonly (readonly string[])[])[]
  }
  | { is: 'flow' }

export interface SheetSection {
  title: string
  blocks: readonly SheetBlock[]
}

const MODES: Record<GuideItem['mode'], string> = {
  apply: '在这里一次申请',
  onsite: '要到现场办理',
  verify: '部门之间核对数据，不用您办',
  internal: '部门之间办理，不用您办',
}

const AUDIENCES: Record<Guide['audience'], string> = { person: '个人', company: '企业和其他组织' }

const METER: readonly { key: keyof Measures; label: string; unit: string }[] = [
  { key: 'forms', label: '表格', unit: '张' },
  { key: 'fields', label: '填写内容', unit: '项' },
  { key: 'materials', label: '材料', unit: '份' },
  { key: 'steps', label: '办事环节', unit: '个' },
  { key: 'visits', label: '跑动', unit: '次' },
  { key: 'days', label: '时间', unit: '个工作日' },
]

/** The sections of a guide in the order they are read; one without content is left out. */
export function sheetOf(guide: Guide): SheetSection[] {
  const mine = guide.scope === 'mine'
  return [
    { title: '基本信息', blocks: [{ is: 'rows', rows: basics(guide) } as const] },
    { title: '办理依据', blocks: lines(guide.basis) },
    { title: mine ? '您的情况' : '先回答的问题', blocks: questions(guide) },
    { title: '办理流程', blocks: [{ is: 'text', text: flowText(guide) }, { is: 'flow' }] as const },
    { title: `办理事项（${guide.items.length} 项）`, blocks: guide.items.map(itemRecord(guide)) },
    { title: `申请材料（${guide.materials.length} 种）`, blocks: materials(guide) },
    { title: '填写内容', blocks: fields(guide) },
    { title: '您要记住的时间', blocks: guide.deadlines.map(({ text, missed, basis, when }) => (
      record(text, undefined, [
        ['错过了', [missed]], ['依据', [basis]], ['什么情况', [when]],
      ])
    )) },
    { title: '温馨提示', blocks: lines(guide.notices.map(({ text, when }) => told(text, when))) },
    { title: '不能在这里办的情况', blocks: guide.stops.map(({ title, text, next, when }) => (
      record(title, undefined, [['原因', [text]], ['怎么办', [next]], ['什么情况', [when]]])
    )) },
    { title: '一起办，省多少', blocks: saved(guide) },
    { title: '咨询电话', blocks: contacts(guide) },
  ].filter(({ blocks }) => blocks.length > 0)
}

const FREE = '不收费'

const told = (text: string, when: string) => (when ? `${text}（${when}的）` : text)

const lines = (list: readonly string[]): SheetBlock[] =>
  list.length > 0 ? [{ is: 'list', lines: list }] : []

/** Terms without a line, or with empty ones only, are left out. */
function record(
  title: string,
  mark: string | undefined,
  rows: readonly (readonly [string, readonly (string | undefined)[]])[],
): SheetBlock {
  return { is: 'record', title, mark, rows: rows.flatMap(([term, all]) => row(term, all)) }
}

function row(term: string, all: readonly (string | undefined)[]): SheetRow[] {
  const lines = all.filter((line) => line !== undefined && line !== '') as string[] // just filtered
  return lines.length > 0 ? [{ term, lines }] : []
}

/** 《参考》 stands where a department has not confirmed what is told. */
const reference = ({ draft }: { draft: boolean }) => (draft ? '（参考）' : '')

function basics(guide: Guide): SheetRow[] {
  const drawn = guide.items.filter((item) => item.drawn)
  const fees = [...new Set(drawn.map(({ fee }) => fee))]
  const charged = drawn.filter(({ fee }) => fee !== FREE).map(({ name, fee }) => `${name}：${fee}`)
  const othersFree = fees.includes(FREE) ? '其他事项不收费' : undefined
  return [
    ...row('主题', [`第 ${guide.number} 号：${guide.title}`]),
    ...row('适用对象', [AUDIENCES[guide.audience]]),
    ...row('牵头部门', [guide.lead]),
    ...row('全程时限', [`${daysText(guide)}${reference(guide)}`]),
    ...row('收费', fees.length > 1 ? [...charged, othersFree] : fees),
    ...row('要求版本', [`第 ${guide.version} 版，${guide.checkedOn} 核对`]),
  ]
}

export function daysText({ days }: Guide): string {
  return days === 0 ? '材料齐全的当场办结' : `最长 ${days} 个工作日`
}

function questions({ questions: asked, scope }: Guide): SheetBlock[] {
  if (scope === 'mine') {
    return [{ is: 'rows', rows: asked.flatMap(({ ask, options }) =>
      row(ask, [options.filter(({ chosen }) => chosen).map(({ label }) => label).join('、') ||
        '还没有回答'])) }]
  }
  if (asked.length === 0) return []
  return [
    { is: 'text', text: '要办哪些事项、交哪些材料，由这些问题决定。' },
    {
      is: 'table', head: ['问题', '可以选的'], widths: [4, 6],
      rows: asked.map(({ ask, hint, when, many, options }) => [
        [ask, ...kept(hintOf(hint, many), when && `问的前提：${when}`)],
        options.map(({ label, hint: about }) => (about ? `${label}（${about}）` : label)),
      ]),
    },
  ]
}

/** A hint that speaks of several choices already is not told so again. */
function hintOf(hint: string | undefined, many: boolean): string | undefined {
  if (!many || hint?.includes('多项')) return hint
  return hint ? `${hint}；可以选多项` : '可以选多项'
}

const kept = (...all: (string | undefined)[]): string[] =>
  all.flatMap((line) => line || [])

function flowText(guide: Guide): string {
  const which = guide.scope === 'mine' ? '按您的情况办理' : '按最常见的情况画出，其他情况见各事项'
  return `${which}。互不等待的事项同时办理，全程${daysText(guide)}${reference(guide)}。`
}

const itemRecord = (guide: Guide) => (item: GuideItem, n: number): SheetBlock => {
  const clock = reference(item)
  const rows = [...new Set(item.seedRows)].join('、')
  return record(`${n + 1}. ${item.name}`, item.drawn ? undefined : '其他情况', [
    ['什么情况办', [item.when]],
    ['办理部门', [item.department]],
    ['清单序号', [rows]],
    ['办理方式', [MODES[item.mode], item.after && `${item.after}以后开始`]],
    ['办理条件', item.conditions],
    ['法定时限', [item.statutory]],
    ['承诺时限', [`${item.promised}${clock}`, ...item.season]],
    ['收费', [`${item.fee}${clock}`, item.feeBasis]],
    ['依据', item.basis],
    ['材料', item.materials.map(({ title, when, reason }) =>
      told(reason ? `${title}，${reason}` : title, when))],
    ['要到场办的', item.onsite.map(({ text, who, why, when }) =>
      `${told(text, when)}谁去：${who}。原因：${why}。`)],
    ['办理结果', [`${item.result}${item.certificate ? '（有电子证照）' : ''}`]],
    ['来源', guide.draft ? [item.source] : []],
  ])
}

const HOW: Record<GuideMaterial['how'], string> = {
  photo: '拍照上传', declaration: '在手机上确认，不用拍照', onsite: '到场时出示或者当场形成',
}

function materials({ materials: list }: Guide): SheetBlock[] {
  if (list.length === 0) return []
  return [
    { is: 'text', text: '同一份材料只交一次，各部门共用。本指南以外不再要求提供其他材料。' },
    {
      is: 'table', head: ['材料', '内容要求', '怎么交', '用于事项'], widths: [26, 38, 20, 16],
      rows: list.map((material, n) => [
        [
          `${n + 1}. ${material.title}${material.optional ? '（选填）' : ''}`,
          ...kept(material.when && `要交的情况：${material.when}`),
        ],
        [
          material.content,
          ...kept(material.declaration && `确认的话：${material.declaration}`),
          ...material.sample.map((line, at) => (at === 0 ? `样例：${line}` : line)),
        ],
        ways(material),
        [material.neededBy.join('、')],
      ]),
    },
  ]
}

function ways({ how, sides, maxPages, certificate, each, madeBy }: GuideMaterial): string[] {
  if (madeBy?.always) return [`办好“${madeBy.name}”后产生，不用您交`]
  const pages = maxPages > sides.length ? `，最多 ${maxPages} 页` : ''
  return kept(
    madeBy && `这次办“${madeBy.name}”的，不用交`,
    HOW[how],
    how === 'photo' ? `拍：${sides.join('、')}${pages}` : '',
    certificate ? '有电子证照的不用拍' : '',
    each ? '每位各一份' : '',
  )
}

function fields({ fields: roles }: Guide): SheetBlock[] {
  if (roles.length === 0) return []
  return [
    { is: 'text', text: '一张表只填一次，能从电子证照带出的不用填，用不到的不问。' },
    {
      is: 'rows',
      rows: roles.map(({ role, labels }) => ({ term: role, lines: [labels.join('、')] })),
    },
  ]
}

function saved({ saved: measured, scope }: Guide): SheetBlock[] {
  const shown = METER.filter(({ key }) => measured[key].apart > 0)
  if (shown.length === 0) return []
  return [
    { is: 'text', text: scope === 'mine' ? '按您的情况计算。' : '按最常见的情况计算。' },
    {
      is: 'table', head: ['', '分开办', '一起办'], widths: [4, 3, 3],
      rows: shown.map(({ key, label, unit }) => [
        [label], [`${measured[key].apart} ${unit}`], [`${measured[key].together} ${unit}`],
      ]),
    },
  ]
}

function contacts({ contacts: offices }: Guide): SheetBlock[] {
  return [{
    is: 'table', head: ['单位', '承办事项', '电话'], widths: [4, 4, 2],
    rows: offices.map(({ name, items, phone }) => [[name], [items.join('、')], [phone ?? '12345']]),
  }]
}
