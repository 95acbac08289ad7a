/**
 * What a draft says otherwise than its base, as its authors read it: a line a place, in Chinese.
 * Whatever differs is told; what has no words of its own is told by its key.
 */
import type { Need } from './contract/need'
import type { Topic } from './contract/topic'
import { type TopicParts, isRecord, same } from './editing'
import { type Rule, mapAtoms } from './rule'
import { ruleWords } from './rule-words'

export interface Difference {
  /** the record: 主题, or 事项“户口登记” */
  part: string
  /** where in it, outermost first */
  place: string
  /** absent: it was not there */
  before?: string
  /** absent: it is gone */
  after?: string
}

const KEYS: Readonly<Record<string, string>> = {
  title: '名称', name: '全称', short: '简称', summary: '简介', audience: '服务对象', stage: '人生阶段',
  tone: '语气', lead: '牵头部门', department: '办理部门', number: '序号', version: '版本',
  basis: '法律依据', law: '法律名称', article: '条款', roles: '角色', label: '名称', minor: '未成年人',
  many: '可以多位', signs: '要签字的情况', relation: '和办理人的关系', to: '关系', when: '适用情况',
  questions: '问题', ask: '问法', hint: '提示', options: '选项', value: '值', alone: '只能单独选',
  usual: '常选', items: '事项', item: '事项', as: '角色对应', where: '情形对应', needs: '前置条件',
  alternative: '多选一', alternatives: '多选一', unless: '都不办的情况', joins: '联办', topic: '主题',
  text: '内容', phrases: '说法', checks: '校验', field: '数据项', must: '要求',
  suggestions: '预填', from: '从哪里来', deadlines: '时间提醒', within: '期限', missed: '错过的后果',
  notices: '提示', stops: '不能办的情形', next: '去哪里办', status: '状态', seedRows: '清单序号',
  seedNote: '清单说明', mode: '办理方式', facts: '情形', conditions: '办理条件', statutory: '法定时限',
  promised: '承诺时限', days: '天数', unit: '单位', note: '说明', twoPeople: '两人办理依据',
  extension: '可以延期',
  season: '报名期', fee: '收费', amount: '金额', result: '办理结果', material: '材料',
  gives: '结果带出的内容', certificate: '电子证照', typeCode: '证照类型代码', code: '代码', validity: '有效期',
  months: '月数', fields: '要填的内容', optional: '选填',
  materials: '材料', reason: '为什么要交', onsite: '到场环节', who: '谁要到场', comes: '上门办理',
  why: '为什么要到场', source: '来源', checkedOn: '核对日期', type: '类型', minLength: '最少字数',
  maxLength: '最多字数', min: '下限', max: '上限', decimals: '小数位', pattern: '格式要求',
  patternText: '格式不对时的提示', example: '示例', latin: '允许外文姓名', sensitive: '敏感信息',
  ground: '收集依据', content: '内容要求', sides: '要拍的面', maxPages: '最多页数', shape: '形状',
  sample: '样表', how: '怎么交', declaration: '承诺的话', n: '数量', id: '编号', mine: '本人的信息',
}

const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mode: { apply: '申请', verify: '部门核对', onsite: '到现场', internal: '部门内部' },
  unit: { 'working-day': '工作日', day: '自然日', month: '个月', year: '年' },
  status: { draft: '参考（待确认）', confirmed: '已确认' },
  audience: { person: '个人', company: '企业' },
  tone: { warm: '温暖', plain: '平实', quiet: '肃静' },
  how: { photo: '拍照', declaration: '手机上承诺', onsite: '到场' },
}

/** By what an entry of a list is known again. */
const NAMES = ['id', 'item', 'field', 'material', 'value', 'topic', 'to', 'law', 'text'] as const
const RULES = new Set(['when', 'unless', 'signs'])

interface Telling {
  part: string
  before: TopicParts
  after: TopicParts
  out: Difference[]
}

/** Nothing for equal parts; else every place that differs, records in order. */
export function differencesOf(before: TopicParts, after: TopicParts): Difference[] {
  const out: Difference[] = []
  tell({ part: '主题', before, after, out }, [], before.topic, after.topic)
  const lists = { items: '事项', elements: '数据项', materials: '材料' } as const
  for (const list of ['items', 'elements', 'materials'] as const) {
    const ids = distinct([...before[list], ...after[list]].map(({ id }) => id))
    for (const id of ids) {
      const [one, other] = [before[list], after[list]].map((all) =>
        (all as readonly Named[]).find((record) => record.id === id))
      const named = one ?? other
      const part = `${lists[list]}“${named?.short ?? named?.label ?? named?.name ?? id}”`
      if (!one || !other) {
        out.push({ part, place: '整条', ...(one ? { before: '有' } : { after: '新增' }) })
      } else {
        tell({ part, before, after, out }, [], one, other)
      }
    }
  }
  return out
}

/** A record of the three lists, as far as it is named. */
interface Named {
  id: string
  short?: string
  label?: string
  name?: string
}

function tell(telling: Telling, path: readonly string[], one: unknown, other: unknown): void {
  if (same(one, other)) return
  const key = path[path.length - 1] ?? ''
  const whole = RULES.has(key) || key === 'needs' || path[path.length - 2] === 'where'
  if (whole || isLeaf(one) || isLeaf(other)) {
    put(telling, path, { one, other })
  } else if (Array.isArray(one) || Array.isArray(other)) {
    tellLists(telling, path, [listOf(one), listOf(other)])
  } else {
    const [left, right] = [recordOf(one), recordOf(other)]
    const names = distinct([...Object.keys(left), ...Object.keys(right)])
    if (names.length === 0) put(telling, path, { one, other })
    for (const name of names) {
      tell(telling, [...path, name], left[name], right[name])
    }
  }
}

const isLeaf = (value: unknown) =>
  value !== undefined && (typeof value !== 'object' || value === null)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const recordOf = (value: unknown) => (isRecord(value) ? value : {})
const distinct = (names: readonly string[]) => [...new Set(names)]

/** Entries are matched by their names, so that one put in between does not move the others. */
function tellLists(
  telling: Telling,
  path: readonly string[],
  [one, other]: readonly [readonly unknown[], readonly unknown[]],
): void {
  const [left, right] = [keyed(one), keyed(other)]
  if (left.size + right.size === 0) put(telling, path, { one, other })
  for (const name of distinct([...left.keys(), ...right.keys()])) {
    const [had, has] = [left.get(name), right.get(name)]
    const at = [...path, `#${calledIn(telling.before, had ?? has, name)}`]
    if (had !== undefined && has !== undefined) tell(telling, at, had, has)
    else put(telling, path, { one: had, other: has })
  }
  const kept = (names: Iterable<string>, by: ReadonlyMap<string, unknown>) =>
    [...names].filter((name) => by.has(name))
  const [was, is] = [kept(left.keys(), right), kept(right.keys(), left)]
  if (was.join('\n') !== is.join('\n')) {
    telling.out.push({
      part: telling.part, place: `${placeWords(path)} · 顺序`,
      before: was.map(shownName).join('、'), after: is.map(shownName).join('、'),
    })
  }
}

/** A second entry of the same name is told apart by its number. */
function keyed(list: readonly unknown[]): Map<string, unknown> {
  const found = new Map<string, unknown>()
  for (const entry of list) {
    const name = nameOf(entry)
    let n = 1
    while (found.has(n === 1 ? name : `${name} (${n})`)) n += 1
    found.set(n === 1 ? name : `${name} (${n})`, entry)
  }
  return found
}

function nameOf(entry: unknown): string {
  if (!isRecord(entry)) return String(entry)
  const key = NAMES.find((name) => typeof entry[name] === 'string')
  return key ? String(entry[key]) : JSON.stringify(entry)
}

const CALLED = ['ask', 'title', 'label', 'short', 'name'] as const

/** As its authors know an entry: a question by what it asks, an item by its short name. */
function calledIn({ items }: TopicParts, entry: unknown, name: string): string {
  if (!isRecord(entry)) return name
  const item = items.find(({ id }) => id === entry.item)
  const key = CALLED.find((one) => typeof entry[one] === 'string')
  return item?.short ?? (key ? String(entry[key]) : name)
}

const shownName = (name: string) => (name.length > 24 ? `${name.slice(0, 23)}…` : name)

function put(
  telling: Telling,
  path: readonly string[],
  { one, other }: { one: unknown; other: unknown },
): void {
  telling.out.push({
    part: telling.part,
    place: placeWords(path),
    ...(one === undefined ? {} : { before: valueWords(telling.before, path, one) }),
    ...(other === undefined ? {} : { after: valueWords(telling.after, path, other) }),
  })
}

function placeWords(path: readonly string[]): string {
  return path.map((key) => (key.startsWith('#') ? `“${shownName(key.slice(1))}”`
    : KEYS[key] ?? key)).join(' · ')
}

function valueWords(parts: TopicParts, path: readonly string[], value: unknown): string {
  const key = path[path.length - 1] ?? ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return VALUES[key]?.[value] ?? (value || '（空）')
  // a rule of the catalogue's files, checked for shape before it was stored
  if (RULES.has(key) || path[path.length - 2] === 'where') return ruleText(parts, value as Rule)
  if (key === 'needs') return needText(parts, value as Need) // as above
  if (Array.isArray(value)) {
    return value.map((one) => valueWords(parts, [], one)).join('、') || '（空）'
  }
  if (!isRecord(value)) return String(value)
  return Object.entries(value).filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) =>
      `${KEYS[name] ?? name}：${valueWords(parts, [...path, name], inner)}`).join('；')
}

/** A rule of an item speaks of facts: their meaning stands for them. */
function ruleText({ topic, items, elements }: TopicParts, rule: Rule): string {
  const meanings = Object.assign({}, ...items.map(({ facts }) => facts ?? {})) as
    Record<string, string> // facts are texts by their shape
  const asked: Pick<Topic, 'questions' | 'fields' | 'roles'> = {
    // what is read of them here is there in the sources too
    questions: topic.questions as Topic['questions'],
    roles: topic.roles as Topic['roles'],
    fields: topic.roles.flatMap((role) => elements.map((element) => ({
      ...element, role: role.id, element: element.id, key: `${role.id}.${element.id}`,
    }))),
  }
  const spoken = mapAtoms(rule, (atom) =>
    ('fact' in atom ? { fact: meanings[atom.fact] ?? atom.fact } : atom))
  return ruleWords(asked, spoken) || '任何情况'
}

function needText({ items }: Pick<TopicParts, 'items'>, need: Need): string {
  const name = (id: string) => `“${items.find((item) => item.id === id)?.short ?? id}”办好`
  if ('all' in need) {
    return need.all.map((one) => needText({ items }, one)).join('，并且') || '不用等'
  }
  if ('any' in need) return need.any.map((one) => needText({ items }, one)).join('，或者')
  if ('item' in need) return name(need.item)
  const { label, days, after } = need.wait
  return `等${label}${days} 天${after ? `（${name(after)}以后）` : ''}`
}
