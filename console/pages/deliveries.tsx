/** 对接投递: what did not get out of the house, by channel; what was given up first. */
import type { Delivery, DeliveryState, Lane } from '@core/contract/admin'
import { Button, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { deliveries, lanes, reviveDelivery, reviveLane } from '../api/admin'
import { StateTag } from '../components/tags'
import { Blank, Trouble } from '../components/trouble'
import { useAddress } from '../platform/address'
import { listing } from '../stores/listing'
import { useLoaded } from '../stores/loaded'
import { deliveryTag, reasonWords } from '../words/deliveries'
import { momentWords } from '../words/time'
import { AgainDialog } from './again-dialog'
import { useFilters } from './filters'

const TABS: Record<DeliveryState, string> = { dead: '投不出去', waiting: '待投递' }
const STATES = Object.keys(TABS) as DeliveryState[] // keys of the table

const deliveryListing = listing<Delivery>(async (asked, part) => {
  const [state, lane] = asked.split(' ')
  const known = STATES.find((one) => one === state) ?? 'dead'
  const page = await deliveries({ state: known, lane: lane || undefined, ...part })
  return { rows: page.deliveries, next: page.next }
})

/** What is sent again: one delivery, or all that a channel gave up. */
type Again = { id: number; lane?: undefined } | { id?: undefined; lane: string }

export function DeliveriesPage() {
  const { query } = useAddress()
  const state = STATES.find((one) => one === query.get('state')) ?? 'dead'
  const { given: { lane }, to } = useFilters('/deliveries', state, ['lane'])
  const told = useLoaded(lanes)
  const listed = deliveryListing.use(`${state} ${lane}`)
  const [again, setAgain] = useState<Again & { about: string }>()
  const reload = () => {
    told.reload()
    listed.reload()
  }
  if (!told.thing) return <Blank refusal={told.failure} onRetry={told.reload} />
  const known = told.thing.lanes
  return <div className='page'>
    <h1 className='aside'>对接投递</h1>
    <Trouble refusal={told.failure ?? listed.failure} onRetry={reload} />
    <Lanes lanes={known} onAgain={({ id, name, dead }) =>
      setAgain({ lane: id, about: `${name}投不出去的 ${dead} 件` })} />
    <div className='tabs' role='group' aria-label='按状态看'>
      {STATES.map((one) => <button key={one} type='button' aria-pressed={one === state}
        onClick={() => to({ state: one })}>
        {TABS[one]}<span className='count'>{sum(known, one)}</span>
      </button>)}
    </div>
    <div className='filters' role='search'>
      <Select allowClear aria-label='哪个通道' placeholder='哪个通道' style={{ minWidth: 200 }}
        value={lane || undefined} onChange={(value: string | undefined) => to({ lane: value })}
        options={known.map(({ id, name }) => ({ value: id, label: name }))} />
      <span className='gap' />
      <Button onClick={reload} loading={listed.busy && listed.at !== undefined}>刷新</Button>
    </div>
    <Deliveries listed={listed} state={state} empty={state === 'dead' ? '没有投不出去的，都送到了或者正在送。'
      : '没有等着投递的。'} onAgain={({ id, laneName, what }) =>
      setAgain({ id, about: `第 ${id} 号（${laneName}，${what}）` })} />
    {again && <AgainDialog title={`重新投递${again.about}`} ok='重新投递' onDone={reload}
      onClose={() => setAgain(undefined)} send={(body): Promise<unknown> =>
        (again.lane === undefined ? reviveDelivery(again.id, body)
          : reviveLane({ ...body, lane: again.lane }))} />}
  </div>
}

const sum = (known: readonly Lane[], state: DeliveryState) =>
  known.reduce((total, lane) => total + lane[state], 0)

function Lanes({ lanes: known, onAgain }: {
  lanes: readonly Lane[]
  onAgain: (lane: Lane) => void
}) {
  return <section className='card scroll' aria-label='通道'>
    {known.length === 0 && <p className='quiet'>所有通道都畅通，没有积压。</p>}
    {known.length > 0 && <table className='tasks'>
      <thead><tr>
        <th scope='col'>通道</th><th scope='col'>投不出去</th><th scope='col'>待投递</th>
        <th scope='col'>其中失败过</th><th scope='col'>最早一件产生于</th>
        <th scope='col'>操作</th>
      </tr></thead>
      <tbody>{known.map((lane) => <tr key={lane.id}>
        <th scope='row'>{lane.name}</th>
        <td className={lane.dead > 0 ? 'number late' : 'number'}>{lane.dead}</td>
        <td className='number'>{lane.waiting}</td>
        <td className='number'>{lane.retrying}</td>
        <td className='number'>{lane.oldestAt ? momentWords(lane.oldestAt) : '—'}</td>
        <td>{lane.dead > 0 && <Button size='small' onClick={() => onAgain(lane)}
          aria-label={`${lane.name}全部重新投递`}>全部重新投递</Button>}</td>
      </tr>)}</tbody>
    </table>}
  </section>
}

function Deliveries({ listed, state, empty, onAgain }: {
  listed: ReturnType<typeof deliveryListing.use>
  state: DeliveryState
  empty: string
  onAgain: (delivery: Delivery) => void
}): ReactNode {
  const { rows, at, next, busy, more } = listed
  const dead = state === 'dead'
  if (at === undefined) return listed.failure ? null : <Blank refusal={undefined} onRetry={more} />
  if (rows.length === 0) return <p className='blank'>{empty}</p>
  return <section className='card scroll' aria-label='投递'>
    <table className='tasks'>
      <thead><tr>
        <th scope='col'>编号</th><th scope='col'>通道</th><th scope='col'>内容</th>
        {!dead && <th scope='col'>状态</th>}<th scope='col'>试过</th>
        <th scope='col'>何时产生</th><th scope='col'>{dead ? '何时放弃' : '下次投递'}</th>
        <th scope='col'>失败原因</th>{dead && <th scope='col'>操作</th>}
      </tr></thead>
      <tbody>{rows.map((row) => <tr key={row.id}>
        <th scope='row' className='number'>{row.id}</th>
        <td>{row.laneName}</td>
        <td>{row.what}</td>
        {!dead && <td><StateTag {...deliveryTag(row)} /></td>}
        <td className='number'>{row.attempts} 次</td>
        <td className='number'>{momentWords(row.createdAt)}</td>
        <td className='number'><Moment at={dead ? row.deadAt : row.nextAt} /></td>
        <td>{row.reason ? reasonWords(row.reason) : '—'}</td>
        {dead && <td><Button size='small' onClick={() => onAgain(row)}
          aria-label={`重新投递第 ${row.id} 号`}>重新投递</Button></td>}
      </tr>)}</tbody>
    </table>
    {next && <Button type='link' loading={busy} onClick={more}>再读取后面的</Button>}
  </section>
}

const Moment = ({ at }: { at: string | null }) => <>{at ? momentWords(at) : '—'}</>
