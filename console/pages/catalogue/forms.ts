/** Which words of a record have a form; all else is written in its source text. */
import { isRecord } from '@core/editing'
import type { Source } from '../../stores/draft-desk'
import type { RecordKind } from '../../words/editing'

export type Path = readonly (string | number)[]

export interface Box {
  label: string
  path: Path
  is: 'line' | 'text' | 'lines' | 'number' | 'choice'
  options?: readonly { value: string; label: string }[]
  /** an empty one is left out */
  optional?: boolean
}

export interface Group {
  title: string
  boxes: readonly Box[]
}

const UNITS = [{ value: 'working-day', label: '工作日' }, { value: 'day', label: '自然日' }]
const STATES = [
  { value: 'draft', label: '参考（待确认）' }, { value: 'confirmed', label: '已确认' },
]

export function get(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, key) => {
    if (Array.isArray(part)) return part[Number(key)]
    return isRecord(part) ? part[key] : undefined
  }, value)
}

/** The same value with another one at a place; undefined takes it away. */
export function put(value: unknown, path: Path, given: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return given
  if (Array.isArray(value)) {
    return value.map((one: unknown, n) => (n === key ? put(one, rest, given) : one))
  }
  const whole = isRecord(value) ? value : {}
  const inner = put(whole[key], rest, given)
  if (inner !== undefined) return { ...whole, [key]: inner }
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key))
}

const line = (label: string, ...path: Path): Box => ({ label, path, is: 'line' })
const text = (label: string, ...path: Path): Box => ({ label, path, is: 'text' })
const maybe = (box: Box): Box => ({ ...box, optional: true })

export function formOf(kind: RecordKind, record: Source): Group[] {
  switch (kind) {
    case 'topic': return topicForm(record)
    case 'items': return itemForm(record)
    case 'elements': return [{
      title: '表单里怎么说', boxes: [line('名称', 'label'), maybe(line('提示', 'hint')),
        line('收集依据', 'ground')],
    }]
    case 'materials': return [{
      title: '材料', boxes: [line('名称', 'name'), text('内容要求', 'content'),
        maybe({ label: '样表（一行一句）', path: ['sample'], is: 'lines' })],
    }]
  }
}

const listAt = (record: unknown, path: Path): readonly unknown[] => {
  const found = get(record, path)
  return Array.isArray(found) ? found : []
}

function topicForm(record: Source): Group[] {
  const groups: Group[] = [
    {
      title: '主题', boxes: [
        line('名称', 'title'), text('简介', 'summary'), line('人生阶段', 'stage'),
        { label: '状态', path: ['status'], is: 'choice', options: STATES },
        { label: '群众的说法（一行一个）', path: ['phrases'], is: 'lines' },
      ],
    },
    ...listAt(record, ['questions']).map((question, n): Group => ({
      title: `问题 ${n + 1}`,
      boxes: [
        line('问法', 'questions', n, 'ask'), maybe(line('提示', 'questions', n, 'hint')),
        ...listAt(question, ['options']).flatMap((_, k) => [
          line(`选项 ${k + 1}`, 'questions', n, 'options', k, 'label'),
          maybe(line(`选项 ${k + 1} 的提示`, 'questions', n, 'options', k, 'hint')),
        ]),
      ],
    })),
    {
      title: '提示和不能办的情形', boxes: [
        ...listAt(record, ['notices']).map((_, n) => text(`提示 ${n + 1}`, 'notices', n, 'text')),
        ...listAt(record, ['stops']).flatMap((_, n) => [
          line(`情形 ${n + 1}`, 'stops', n, 'title'),
          text(`情形 ${n + 1} 的说明`, 'stops', n, 'text'),
          text(`情形 ${n + 1} 去哪里办`, 'stops', n, 'next'),
        ]),
      ],
    },
  ]
  return groups.filter(({ boxes }) => boxes.length > 0)
}

function itemForm(record: Source): Group[] {
  const limit = (title: string, key: string): Group => ({
    title, boxes: [
      { label: `${title}的天数`, path: [key, 'days'], is: 'number' },
      { label: `${title}的单位`, path: [key, 'unit'], is: 'choice', options: UNITS },
      maybe(line(`${title}的说明`, key, 'note')),
    ],
  })
  const groups: Group[] = [
    { title: '事项', boxes: [line('全称', 'name'), line('简称', 'short'),
      line('办理结果', 'result', 'name')] },
    limit('承诺时限', 'promised'),
    ...(record.statutory === undefined ? [] : [limit('法定时限', 'statutory')]),
    { title: '收费', boxes: [{ label: '金额（元）', path: ['fee', 'amount'], is: 'number' },
      line('收费说明', 'fee', 'text'), line('收费依据', 'fee', 'basis')] },
    { title: '法律依据', boxes: listAt(record, ['basis']).flatMap((_, n) => [
      line(`法律 ${n + 1}`, 'basis', n, 'law'), line(`法律 ${n + 1} 的条款`, 'basis', n, 'article'),
    ]) },
    { title: '办理条件', boxes: listAt(record, ['conditions']).map((one, n) =>
      (typeof one === 'string' ? text(`条件 ${n + 1}`, 'conditions', n)
        : text(`条件 ${n + 1}（有适用情况）`, 'conditions', n, 'text'))) },
    { title: '材料：为什么要交', boxes: listAt(record, ['materials']).flatMap((one, n) =>
      (isRecord(one) ? [maybe(line(String(one.material), 'materials', n, 'reason'))] : [])) },
    { title: '到场环节', boxes: listAt(record, ['onsite']).flatMap((_, n) => [
      text(`环节 ${n + 1}`, 'onsite', n, 'text'), line(`环节 ${n + 1} 谁到场`, 'onsite', n, 'who'),
      line(`环节 ${n + 1} 为什么`, 'onsite', n, 'why'),
    ]) },
    { title: '核对', boxes: [{ label: '状态', path: ['status'], is: 'choice', options: STATES },
      text('来源', 'source'), line('核对日期', 'checkedOn')] },
  ]
  return groups.filter(({ boxes }) => boxes.length > 0)
}
