/** 目录: the topics, which of them are being revised, and by whom. */
import type { CatalogueTopics } from '@core/contract/editing'
import { Input } from 'antd'
import { type MouseEvent, useState } from 'react'
import { catalogueTopics } from '../api/editing'
import { StateTag } from '../components/tags'
import { Blank, Trouble } from '../components/trouble'
import { go, hrefOf } from '../platform/address'
import { useLoaded } from '../stores/loaded'
import { DRAFT_WORDS } from '../words/editing'
import { momentWords } from '../words/time'
import { useSession } from '../stores/session'

type Row = CatalogueTopics['topics'][number]

export function CataloguePage() {
  const { thing, failure, reload } = useLoaded(catalogueTopics)
  const [text, setText] = useState('')
  const edits = useSession(({ session }) => session?.staff.role === 'editor')
  if (!thing) return <Blank refusal={failure} onRetry={reload} />
  const rows = thing.topics.filter(({ title, leadName }) =>
    [title, leadName].some((words) => words.includes(text.trim())))
  const [mine, others] = edits
    ? [rows.filter(isMine), rows.filter((row) => !isMine(row))]
    : [rows.filter(({ draft }) => draft), rows.filter(({ draft }) => !draft)]
  return <div className='page'>
    <h1 className='aside'>目录</h1>
    <div className='filters' role='search'>
      <Input allowClear value={text} aria-label='主题或牵头部门' placeholder='主题或牵头部门'
        onChange={({ target }) => setText(target.value)} style={{ width: 240 }} />
      <span className='gap' />
      <span className='quiet' role='status'>{rows.length} 个主题</span>
    </div>
    <Trouble refusal={failure} onRetry={reload} />
    {rows.length === 0 && <p className='blank'>没有符合条件的，换个条件试试。</p>}
    {mine.length > 0 &&
      <Topics title={edits ? '本部门牵头或参与的主题' : '正在修订的主题'} rows={mine} opens />}
    {others.length > 0 && <Topics title={edits ? '其他主题' : '没有修订的主题'} rows={others}
      opens={!edits} />}
  </div>
}

const isMine = ({ leads, ownItems }: Row) => leads || ownItems > 0

function Topics({ title, rows, opens }: { title: string; rows: readonly Row[]; opens: boolean }) {
  return <section className='card'>
    <h2>{title}</h2>
    <table className='tasks topics'>
      <thead><tr>
        <th scope='col'>序号</th><th scope='col'>主题</th><th scope='col'>牵头部门</th>
        <th scope='col'>现行版本</th><th scope='col'>事项</th><th scope='col'>内容</th>
        <th scope='col'>修订</th>
      </tr></thead>
      <tbody>
        {rows.map((row) => <tr key={row.id}>
          <td className='number'>{row.number}</td>
          <th scope='row'>{opens ? <TopicLink row={row} /> : row.title}</th>
          <td>{row.leadName}{row.leads && <span className='quiet'>（本部门）</span>}</td>
          <td className='number'>第 {row.version} 版</td>
          <td>{row.items} 项{row.ownItems > 0 && `，本部门 ${row.ownItems} 项`}</td>
          <td>{row.confirmed ? '已确认' : '参考（待确认）'}</td>
          <td>{row.draft ? <>
            <StateTag {...DRAFT_WORDS[row.draft.state]} />{' '}
            <span className='quiet'>{row.draft.savedBy} {momentWords(row.draft.savedAt)}</span>
          </> : <span className='quiet'>没有</span>}</td>
        </tr>)}
      </tbody>
    </table>
  </section>
}

function TopicLink({ row }: { row: Row }) {
  const to = `/catalogue/${row.id}`
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    go(to)
  }
  return <a href={hrefOf(to)} onClick={follow}>{row.title}</a>
}
