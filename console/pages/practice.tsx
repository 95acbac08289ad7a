/** 练习件: whoever looks after a training room fills its desks. */
import type { PracticeBatch } from '@core/contract/training'
import { Button } from 'antd'
import { useState } from 'react'
import { makePractice } from '../api/training'
import { StateTag } from '../components/tags'
import { Trouble } from '../components/trouble'
import { useAct } from '../stores/act'
import { CASE_WORDS } from '../words/states'

type Made = PracticeBatch['cases']

const NEXT: Partial<Record<Made[number]['state'], string>> = {
  submitted: '综合窗口受理', handling: '各部门接收、办理', ready: '综合窗口出件',
}

export function PracticePage() {
  const [made, setMade] = useState<Made>([])
  const making = useAct(makePractice, { done: ({ cases }) => setMade(cases), movedOn: () => {} })
  return <div className='page'>
    <div className='page-head'>
      <h1>练习件</h1>
      <span className='gap' />
      <Button type='primary' loading={making.busy} onClick={() => void making.act({})}>
        造一批练习件
      </Button>
    </div>
    <Trouble refusal={making.failure} onClose={making.forget} />
    <section className='card' aria-label='说明'>
      <p>
        一批 12 件，各县市都有：有的刚提交，有的已经分派到部门，有的等着出件。
        申请人、身份证号、照片都是编的。造好以后，用窗口、部门的练习账号登录，在列表里接着办。
      </p>
    </section>
    <div role='status'>{making.busy ? '正在造，大约要几秒钟……'
      : made.length > 0 && `造好了 ${made.length} 件。`}</div>
    {made.length > 0 && <MadeCases cases={made} />}
  </div>
}

function MadeCases({ cases }: { cases: Made }) {
  return <section className='card scroll' aria-labelledby='made'>
    <h2 id='made'>这一批</h2>
    <table className='tasks'>
      <thead><tr>
        <th scope='col'>编号</th><th scope='col'>主题</th><th scope='col'>县市</th>
        <th scope='col'>状态</th><th scope='col'>谁接着办</th>
      </tr></thead>
      <tbody>{cases.map(({ id, number, topicTitle, region, state }) => <tr key={id}>
        <th scope='row' className='number'>{number}</th>
        <td>{topicTitle}</td><td>{region}</td>
        <td><StateTag {...CASE_WORDS[state]} /></td>
        <td>{NEXT[state] ?? ''}</td>
      </tr>)}</tbody>
    </table>
  </section>
}
