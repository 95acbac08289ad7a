/** A work list: tabs by state, filters, the grid; and what stands there instead of rows. */
import { countText } from '@core/counted'
import { Button, Input, type InputRef, Select } from 'antd'
import { type ReactNode, useRef } from 'react'
import type { Listed, Place } from '../stores/listing'
import { momentWords } from '../words/time'
import { useKeys } from './keys'
import { Trouble } from './trouble'
import { type Column, WorkGrid } from './work-grid'

export interface Tab {
  state: string
  name: string
  /** undefined: not known */
  count?: number | undefined
}

export interface Choice {
  label: string
  value: string | undefined
  options: readonly { value: string; label: string }[]
  onChange: (value: string | undefined) => void
}

interface WorklistProps<Row> {
  title: string
  tabs: readonly Tab[]
  state: string
  onState: (state: string) => void
  text: string
  onText: (text: string) => void
  searchLabel: string
  choices: readonly Choice[]
  listed: Listed<Row> & { more: () => void; reload: () => void }
  /** those the filters leave */
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  keyOf: (row: Row) => string
  onOpen: (row: Row) => void
  /** another one begins at its own place */
  gridKey: string
  place: Place
  onPlace: (place: Place) => void
  empty: string
}

export function Worklist<Row>(props: WorklistProps<Row>) {
  const { title, tabs, state, onState, text, onText, searchLabel, choices, listed, rows } = props
  const search = useRef<InputRef>(null)
  useKeys({ '/': () => search.current?.focus() })
  const filtered = rows.length !== listed.rows.length
  return <div className='worklist'>
    <h1 className='aside'>{title}</h1>
    <div className='tabs' role='group' aria-label='按状态看'>
      {tabs.map((tab) => <button key={tab.state} type='button' aria-pressed={tab.state === state}
        onClick={() => onState(tab.state)}>
        {tab.name}{tab.count !== undefined && <span className='count'>{countText(tab.count)}</span>}
      </button>)}
    </div>
    <div className='filters' role='search'>
      <Input allowClear value={text} aria-label={searchLabel} placeholder={`${searchLabel}（按 /）`}
        ref={search} onChange={({ target }) => onText(target.value)} style={{ width: 280 }} />
      {choices.map(({ label, value, options, onChange }) => <Select key={label} allowClear
        showSearch aria-label={label} placeholder={label} value={value} options={[...options]}
        optionFilterProp='label' onChange={onChange} style={{ minWidth: 180 }} />)}
      <span className='gap' />
      <span className='quiet' role='status'>{countWords(listed, rows.length, filtered)}</span>
      <Button onClick={listed.reload} loading={listed.busy && listed.at !== undefined}>刷新</Button>
    </div>
    {listed.failure && <Trouble refusal={listed.failure} onRetry={listed.reload} />}
    <Body {...props} filtered={filtered} />
  </div>
}

function countWords({ rows, next, at }: Listed<unknown>, shown: number, filtered: boolean): string {
  if (at === undefined) return ''
  const all = `${rows.length}${next === null ? '' : '+'}`
  return `${filtered ? `${shown} / ${all}` : all} 件，${momentWords(at).slice(6)} 更新`
}

function Body<Row>(props: WorklistProps<Row> & { filtered: boolean }): ReactNode {
  const { title, listed, rows, columns, keyOf, onOpen, empty, filtered } = props
  if (listed.at === undefined) {
    return listed.failure ? null : <div className='skeleton' role='status' aria-label='正在载入'>
      {Array.from({ length: 8 }, (_, n) => <div key={n} />)}
    </div>
  }
  if (rows.length === 0 && listed.next === null) {
    return <p className='blank'>{filtered ? '没有符合条件的，换个条件试试。' : empty}</p>
  }
  return <WorkGrid key={props.gridKey} label={title} rows={rows} columns={columns} keyOf={keyOf}
    onOpen={onOpen} place={props.place} onPlace={props.onPlace} onEnd={listed.more} />
}
