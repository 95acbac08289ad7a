/** 监察数据: what is overdue now by department, and the figures of a period. */
import type {
  FigureRow, FiguresBy, Overdue, SupervisionFigures,
} from '@core/contract/supervision'
import { addDays } from '@core/clock'
import { Button, Input, Select } from 'antd'
import { useCallback, useState } from 'react'
import { type Period, figures, figuresFile, overdue, overdueFile } from '../api/supervision'
import { DownloadButton } from '../components/download-button'
import { Line } from '../components/dialog'
import { Blank, Trouble } from '../components/trouble'
import { go, useAddress } from '../platform/address'
import { useLoaded } from '../stores/loaded'
import { today } from '../stores/today'
import { momentWords } from '../words/time'

const BY_WORDS: Record<FiguresBy, string> = {
  topic: '一件事', region: '县市', department: '单位', item: '事项', month: '月', day: '日',
}
const BYS = Object.keys(BY_WORDS) as FiguresBy[] // keys of the table
const FIRST_DAYS = 30
const UNITS_AT_FIRST = 6

export function FiguresPage() {
  return <div className='page'>
    <h1 className='aside'>监察数据</h1>
    <OverdueNow />
    <Figures />
  </div>
}

function OverdueNow() {
  const { thing, failure, reload } = useLoaded(overdue)
  return <section className='card' aria-labelledby='overdue-now'>
    <div className='page-head'>
      <h2 id='overdue-now'>现在超期的</h2>
      <span className='gap' />
      <DownloadButton name='导出超期清单' fileName='超期事项清单.xlsx' load={overdueFile} />
    </div>
    {!thing && <Blank refusal={failure} onRetry={reload} />}
    {thing && <Trouble refusal={failure} onRetry={reload} />}
    {thing?.departments.length === 0 && <p className='quiet'>现在没有超期的事项。</p>}
    {thing && thing.departments.length > 0 && <OverdueTable units={thing.departments} />}
  </section>
}

function OverdueTable({ units }: { units: Overdue['departments'] }) {
  const [whole, setWhole] = useState(false)
  const most = Math.max(1, ...units.map((unit) => unit.overdue))
  return <div className='scroll'>
    <table className='figures'>
      <thead><tr>
        <th scope='col'>单位</th><th scope='col'>超期事项</th><th scope='col'>其中红牌</th>
        <th scope='col'>最早应办结</th><th scope='col'>督办过期未说明</th>
      </tr></thead>
      <tbody>
        {units.slice(0, whole ? undefined : UNITS_AT_FIRST).map((unit) =>
          <tr key={`${unit.regionCode} ${unit.departmentId}`}>
            <th scope='row'>{unit.unit}</th>
            <td>{unit.overdue}<Bar share={unit.overdue / most} /></td>
            <td className={unit.red > 0 ? 'late' : ''}>{unit.red}</td>
            <td>{unit.oldest ?? '—'}</td>
            <td className={unit.ordersLate > 0 ? 'late' : ''}>{unit.ordersLate}</td>
          </tr>)}
      </tbody>
    </table>
    {units.length > UNITS_AT_FIRST && <Button type='link' aria-expanded={whole}
      onClick={() => setWhole(!whole)}>
      {whole ? '收起' : `全部 ${units.length} 个单位`}
    </Button>}
  </div>
}

/** Says nothing the number beside it does not. @param share  0 to 1 */
function Bar({ share }: { share: number }) {
  return <span className='bar' aria-hidden='true'>
    <span style={{ width: `${Math.round(share * 100)}%` }} />
  </span>
}

function Figures() {
  const { query } = useAddress()
  const to = query.get('to') ?? today()
  const from = query.get('from') ?? addDays(to, 1 - FIRST_DAYS)
  const by = BYS.find((one) => one === query.get('by')) ?? 'topic'
  const turned = from > to
  const ask = (change: Partial<Period & { by: string }>) => go(
    `/figures?${new URLSearchParams({ from, to, by, ...change }).toString()}`, { instead: true })
  return <section className='card' aria-labelledby='figures-of'>
    <h2 id='figures-of'>办理数据</h2>
    <div className='asked'>
      <Line label='从哪天' wrong={turned ? '不能晚于后面那天' : undefined}>
        {(own) => <Input {...own} type='date' max={to} value={from}
          onChange={({ target }) => target.value && ask({ from: target.value })} />}
      </Line>
      <Line label='到哪天'>
        {(own) => <Input {...own} type='date' max={today()} value={to}
          onChange={({ target }) => target.value && ask({ to: target.value })} />}
      </Line>
      <Line label='按什么统计'>
        {({ id }) => <Select id={id} value={by} style={{ width: 140 }}
          onChange={(value) => ask({ by: value })}
          options={BYS.map((value) => ({ value, label: BY_WORDS[value] }))} />}
      </Line>
      <span className='gap' />
      {!turned && <DownloadButton name='导出这张表' fileName={`监管数据 ${from} 至 ${to}.xlsx`}
        load={() => figuresFile({ from, to }, by)} />}
    </div>
    {!turned && <FiguresOf from={from} to={to} by={by} />}
  </section>
}

function FiguresOf({ from, to, by }: Period & { by: FiguresBy }) {
  const load = useCallback(() => figures({ from, to }, by), [from, to, by])
  const { thing, failure, reload } = useLoaded(load)
  if (!thing) return <Blank refusal={failure} onRetry={reload} />
  if (thing.rows.length === 0) return <p className='blank'>这段时间没有办件，换一段时间看看。</p>
  return <FiguresTable told={thing} />
}

interface Measure {
  key: string
  title: string
  of: (row: FigureRow) => number | null
  words?: (value: number) => string
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`

const MEASURES: readonly Measure[] = [
  { key: 'accepted', title: '受理', of: (row) => row.accepted },
  { key: 'finished', title: '办结', of: (row) => row.finished },
  { key: 'onTime', title: '按时率', of: (row) => row.onTimeShare, words: percent },
  { key: 'days', title: '平均工作日', of: (row) => row.averageDays },
  { key: 'refused', title: '不予办理', of: (row) => row.refused },
  { key: 'withdrawn', title: '撤回', of: (row) => row.withdrawn },
  { key: 'rounds', title: '补正次数', of: (row) => row.rounds },
  { key: 'perCase', title: '件均补正', of: (row) => row.roundsPerCase },
  { key: 'deviations', title: '清单外补正', of: (row) => row.deviations },
  { key: 'rated', title: '评价', of: (row) => row.rated },
  { key: 'low', title: '不满意', of: (row) => row.lowRated },
  { key: 'stars', title: '平均星', of: (row) => row.averageStars },
  { key: 'inquiries', title: '咨询', of: (row) => row.inquiries },
  { key: 'assistances', title: '帮办', of: (row) => row.assistances },
  { key: 'unresolved', title: '办不成事', of: (row) => row.unresolved },
]
const BARRED = new Set(['accepted', 'finished', 'onTime'])

function FiguresTable({ told }: { told: SupervisionFigures }) {
  const { rows, whole, by, countedAt } = told
  const most = Math.max(1, ...rows.flatMap((row) => [row.accepted, row.finished]))
  const cell = (row: FigureRow, { key, of, words = String }: Measure, barred: boolean) => {
    const value = of(row)
    return <td key={key}>
      {value === null ? '—' : words(value)}
      {barred && BARRED.has(key) && <Bar share={(value ?? 0) / (key === 'onTime' ? 1 : most)} />}
    </td>
  }
  // A wide table is moved by the arrow keys.
  // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  return <div className='scroll' role='region' aria-label='办理数据表' tabIndex={0}>
    <table className='figures'>
      <thead><tr>
        <th scope='col'>{BY_WORDS[by]}</th>
        {MEASURES.map(({ key, title }) => <th scope='col' key={key}>{title}</th>)}
      </tr></thead>
      <tbody>
        <tr className='whole'>
          <th scope='row'>合计</th>{MEASURES.map((one) => cell(whole, one, false))}
        </tr>
        {rows.map((row) => <tr key={row.id}>
          <th scope='row'>{row.name}</th>{MEASURES.map((one) => cell(row, one, true))}
        </tr>)}
      </tbody>
    </table>
    <p className='quiet'>
      {by === 'item' || by === 'department' ? '按事项计数。' : '按办件计数。'}不满意是一星和二星。
      {countedAt && `数据统计到 ${momentWords(countedAt)}。`}
    </p>
  </div>
}
