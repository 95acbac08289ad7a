/** One topic of the catalogue: its open draft, or the versions a new one can begin from. */
import type { DraftView, OpenDraft, TopicVersions } from '@core/contract/editing'
import { Button } from 'antd'
import { useCallback } from 'react'
import { draft, openDraft, topicVersions } from '../../api/editing'
import { ConfirmButton } from '../../components/confirm-button'
import { useKeys } from '../../components/keys'
import { Blank, Trouble } from '../../components/trouble'
import { go } from '../../platform/address'
import { type Acting, useAct } from '../../stores/act'
import { useLoaded } from '../../stores/loaded'
import { howWords } from '../../words/editing'
import { momentWords } from '../../words/time'
import { Desk } from './desk'

interface Whole {
  topic: TopicVersions
  draft: DraftView | undefined
}

const LIST = '/catalogue'

export function CatalogueTopicPage({ id }: { id: string }) {
  const load = useCallback(async (): Promise<Whole> => {
    const topic = await topicVersions(id)
    return { topic, draft: topic.draftId === null ? undefined : await draft(topic.draftId) }
  }, [id])
  const { thing, failure, reload, replace } = useLoaded(load)
  const opening = useAct((body: OpenDraft) => openDraft(body), { done: reload, movedOn: reload })
  useKeys({ Escape: () => go(LIST) })
  if (!thing) return <Blank refusal={failure} onRetry={reload} />
  const { topic } = thing
  const versions = <Versions topic={topic} opening={opening} />
  if (thing.draft) {
    return <Desk view={thing.draft} versions={versions} failure={failure} reload={reload}
      replace={(view) => replace({ ...thing, draft: view })} />
  }
  return <div className='page'>
    <div className='page-head'>
      <Button size='small' onClick={() => go(LIST)}>← 列表</Button>
      <h1>{topic.title}</h1>
      <span className='quiet'>现行第 {topic.current} 版</span>
      <span className='gap' />
      {topic.mayOpen && <Button type='primary' loading={opening.busy}
        onClick={() => void opening.act({ topicId: id })}>开始修订</Button>}
    </div>
    <Trouble refusal={failure} onRetry={reload} />
    <Trouble refusal={opening.failure} onClose={opening.forget} />
    <section className='card'><h2>版本</h2>{versions}</section>
  </div>
}

function Versions({ topic, opening }: { topic: TopicVersions; opening: Acting<OpenDraft> }) {
  return <div className='scroll'>
    <table className='tasks'>
      <caption className='aside'>发布过的版本</caption>
      <thead><tr>
        <th scope='col'>版本</th><th scope='col'>发布时间</th><th scope='col'>怎么来的</th>
        <th scope='col'>提交、审核、发布</th><th scope='col'>按它申报的办件</th>
        {topic.mayRollBack && <th scope='col'>恢复</th>}
      </tr></thead>
      <tbody>
        {topic.versions.map((one) => <tr key={one.version}>
          <th scope='row'>第 {one.version} 版{one.version === topic.current && '（现行）'}</th>
          <td className='number'>{momentWords(one.publishedAt)}</td>
          <td>{howWords(one.how)}</td>
          <td>{one.by.join('、')}</td>
          <td className='number'>{one.cases} 件</td>
          {topic.mayRollBack && <td>{one.mayReturnTo && <ConfirmButton name='恢复这一版'
            question={`按第 ${one.version} 版的内容开一份修订稿，仍要两人审核发布。`} busy={opening.busy}
            onConfirm={() => void opening.act({ topicId: topic.id, from: one.version })} />}</td>}
        </tr>)}
      </tbody>
    </table>
  </div>
}
