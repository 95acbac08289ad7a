/** 未送达: what the department's own system did not get; it is handled here, or sent again. */
import type { Letter } from '@core/contract/letter'
import { Button } from 'antd'
import { useState } from 'react'
import { letters, reviveLetters } from '../api/letters'
import { StateTag } from '../components/tags'
import { Blank, Trouble } from '../components/trouble'
import { follow, hrefOf } from '../platform/address'
import { listing } from '../stores/listing'
import { regionName, useOffice } from '../stores/office'
import { deliveryTag, reasonWords } from '../words/deliveries'
import { TASK_WORDS } from '../words/states'
import { momentWords } from '../words/time'
import { AgainDialog } from './again-dialog'

/** As many as the platform takes at once. */
const MOST_AT_ONCE = 100
const WHAT: Record<Letter['what'], string> = { task: '推送事项', cancel: '通知事项取消' }

const letterListing = listing<Letter>(async (_query, part) => {
  const page = await letters(part)
  return { rows: page.letters, next: page.next }
})

export function LettersPage() {
  const listed = letterListing.use('')
  const [again, setAgain] = useState<readonly Letter[]>()
  const { rows, at, failure, next, busy, reload, more } = listed
  const revivable = rows.filter((row) => row.revivable).slice(0, MOST_AT_ONCE)
  return <div className='page'>
    <div className='page-head'>
      <h1>没有送到本部门系统的</h1>
      <span className='gap' />
      <span className='quiet' role='status'>{at && rows.length > 0 && `${rows.length} 件`}</span>
      <Button onClick={reload} loading={busy && at !== undefined}>刷新</Button>
      {revivable.length > 1 && <Button onClick={() => setAgain(revivable)}>
        全部再送一次（{revivable.length} 件）
      </Button>}
    </div>
    {at === undefined ? <Blank refusal={failure} onRetry={reload} /> : <>
      <Trouble refusal={failure} onRetry={reload} />
      {rows.length === 0
        ? <p className='blank'>没有未送达的。没有接入业务系统的部门，事项都在“事项”里办理。</p>
        : <>
          <p className='newest'>
            对方系统没有收到，可以在这里直接办理：点编号打开事项，接收以后照常审核。系统恢复后再送一次，已经办结的不会重复推送。
          </p>
          <LetterTable rows={rows} onAgain={(row) => setAgain([row])} />
        </>}
      {next && <Button loading={busy} onClick={more}>再读取后面的</Button>}
    </>}
    {again && <AgainDialog title={again.length > 1 ? `再送一次（${again.length} 件）`
      : `再送一次 ${again[0]?.number ?? ''}`} ok='再送一次'
      send={(body) => reviveLetters({ ...body, ids: again.map(({ id }) => id) })}
      onDone={reload} onClose={() => setAgain(undefined)} />}
  </div>
}

function LetterTable({ rows, onAgain }: {
  rows: readonly Letter[]
  onAgain: (letter: Letter) => void
}) {
  const regions = useOffice((office) => office.regions)
  const acts = rows.some(({ revivable }) => revivable)
  return <section className='card scroll' aria-label='未送达'>
    <table className='tasks'>
      <thead><tr>
        <th scope='col'>编号</th><th scope='col'>事项</th><th scope='col'>县市</th>
        <th scope='col'>事项状态</th><th scope='col'>送什么</th><th scope='col'>送达情况</th>
        <th scope='col'>何时产生</th><th scope='col'>下次再试</th><th scope='col'>失败原因</th>
        {acts && <th scope='col'>操作</th>}
      </tr></thead>
      <tbody>{rows.map((row) => <tr key={row.id}>
        <th scope='row' className='number'><TaskLink letter={row} /></th>
        <td>{row.name}</td>
        <td>{regionName(regions, row.regionCode)}</td>
        <td><StateTag {...TASK_WORDS[row.taskState]} /></td>
        <td>{WHAT[row.what]}</td>
        <td>
          <StateTag {...deliveryTag(row)} /> <span className='quiet'>试过 {row.attempts} 次</span>
        </td>
        <td className='number'>{momentWords(row.createdAt)}</td>
        <td className='number'>{row.nextAt ? momentWords(row.nextAt) : '不再自动试'}</td>
        <td>{row.reason ? reasonWords(row.reason) : '—'}</td>
        {acts && <td>{row.revivable && <Button size='small' onClick={() => onAgain(row)}
          aria-label={`再送一次 ${row.number}`}>再送一次</Button>}</td>}
      </tr>)}</tbody>
    </table>
  </section>
}

function TaskLink({ letter: { caseId, n, number } }: { letter: Letter }) {
  const path = `/tasks/${caseId}.${n}`
  return <a href={hrefOf(path)} onClick={follow(path)}>{number}</a>
}
