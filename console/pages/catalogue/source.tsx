/** A record as its source text (YAML): every word of it, with the line of what is wrong. */
import type { Fault } from '@core/contract/editing'
import { isRecord } from '@core/editing'
import { Input } from 'antd'
import { useId, useState } from 'react'
import { LineCounter, parseDocument, stringify } from 'yaml'
import type { Source } from '../../stores/draft-desk'

export interface Wrong {
  line: number | undefined
  text: string
}

interface SourceTextProps {
  record: Source
  locked: boolean
  /** faults of this record, and places the platform found malformed */
  faults: readonly Fault[]
  misshapen: readonly { path: readonly string[]; text: string }[]
  onWrite: (record: Source) => void
}

const WIDTH = 100
/** The database keeps no order of keys: what names a thing first, then as the files have it. */
const ORDER = (
  'id item field material q fact to topic law number version title name short summary ask label ' +
  'value hint text audience stage tone lead phrases seedRows seedNote department mode article ' +
  'basis roles minor many relation suggestions questions options facts conditions statutory ' +
  'promised days n unit note twoPeople extension season fee amount result fields materials ' +
  'onsite as items when where is equals needs alternative alternatives joins checks from within ' +
  'must deadlines notices stops next certificate typeCode code validity months gives type ' +
  'content sides status source checkedOn'
).split(' ')
const rank = (key: unknown) => {
  const at = ORDER.indexOf(String(key))
  return at < 0 ? ORDER.length : at
}
const toText = (record: Source) => stringify(record, {
  lineWidth: WIDTH, sortMapEntries: ({ key: one }, { key: other }) => rank(one) - rank(other),
})

/** Mounted anew for every record and every saved revision: its text is its own meanwhile. */
export function SourceText({ record, locked, faults, misshapen, onWrite }: SourceTextProps) {
  const id = useId()
  const [text, setText] = useState(() => toText(record))
  const read = readText(text)
  const wrong = [
    ...read.wrong,
    ...misshapen.map(({ path, text: why }): Wrong => ({
      line: read.lineAt(path), text: `${path.join(' › ')}：格式不对（${why}）`,
    })),
    ...faults.map((fault): Wrong => ({ line: lineOf(text, fault.raw), text: fault.text })),
  ]
  return <div className='source'>
    <label htmlFor={id}>源文本（YAML）</label>
    <Input.TextArea id={id} className='code' spellCheck={false} readOnly={locked}
      value={text} autoSize={{ minRows: 16, maxRows: 32 }} aria-describedby={`${id}-wrong`}
      onChange={({ target }) => {
        setText(target.value)
        const { record: written } = readText(target.value)
        if (written && written.id === record.id) onWrite(written)
      }} />
    <ul id={`${id}-wrong`} className='problems' aria-label='这份源文本里的问题'>
      {wrong.map((one, n) => <li key={n} className='wrong'>
        {one.line !== undefined && <span className='number'>第 {one.line} 行：</span>}{one.text}
      </li>)}
    </ul>
  </div>
}

function readText(text: string) {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const lineAt = (path: readonly string[]): number | undefined => {
    for (let n = path.length; n > 0; n -= 1) {
      const node = document.getIn(path.slice(0, n).map(index), true)
      const range = isRecord(node) && Array.isArray(node.range) ? node.range : undefined
      if (range) return lines.linePos(Number(range[0])).line
    }
    return undefined
  }
  const wrong = document.errors.map((error): Wrong => ({
    line: error.linePos?.[0].line, text: `不是正确的 YAML：${error.code}`,
  }))
  const value: unknown = wrong.length > 0 ? undefined : document.toJS()
  const record = isRecord(value) && typeof value.id === 'string' ? value as Source : undefined
  return {
    record, lineAt,
    wrong: record || wrong.length > 0 ? wrong
      : [{ line: 1, text: '要有 id，而且不能改' }],
  }
}

const index = (part: string) => (/^\d+$/.test(part) ? Number(part) : part)

/** The first line with a name the fault quotes. */
function lineOf(text: string, raw: string): number | undefined {
  const lines = text.split('\n')
  const quoted = /"([^"]+)"|“([^”]+)”|(?:question|notice|stop|deadline|role) ([\w-]+)/g
  const names = [...raw.matchAll(quoted)]
    .flatMap(([, one, two, three]) => one ?? two ?? three ?? [])
  const found = names.map((name) => lines.findIndex((line) => line.includes(name)))
    .find((at) => at >= 0)
  return found === undefined ? undefined : found + 1
}
