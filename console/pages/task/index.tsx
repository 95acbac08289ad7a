/** 事项 at a department: what its item needs beside the photos, earlier results, the decision. */
import type { TaskActionBody, TaskDetail } from '@core/contract/task'
import type { Topic } from '@core/contract/topic'
import { Button } from 'antd'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { topic as topicOf } from '../../api/catalogue'
import { actOnTask, task as taskOf } from '../../api/tasks'
import { Due } from '../../components/due'
import { Fields } from '../../components/fields'
import { useKeys } from '../../components/keys'
import { Photos } from '../../components/photos'
import { Supplies } from '../../components/supplies'
import { StateTag } from '../../components/tags'
import { Blank, Trouble } from '../../components/trouble'
import { go, useAddress } from '../../platform/address'
import { type Acting, useAct } from '../../stores/act'
import { useAsks } from '../../stores/asks'
import { type OpenCase, useCaseView } from '../../stores/case-view'
import { useLoaded } from '../../stores/loaded'
import { regionName, useOffice } from '../../stores/office'
import { useSheet } from '../../stores/sheet'
import { today } from '../../stores/today'
import { fieldGroups } from '../../words/fields'
import { partLabel, sheetsOf } from '../../words/handed-in'
import { TASK_WORDS } from '../../words/states'
import { momentWords } from '../../words/time'
import { taskListing, taskTab } from '../tasks'
import { TaskActions } from './actions'
import { AskRound } from './ask-round'
import { About } from './about'
import { Revoke } from './revoke'

export function TaskPage({ id }: { id: string }) {
  const load = useCallback(() => taskOf(id), [id])
  const { thing, failure, reload, replace } = useLoaded(load)
  const file = useCaseView(id.split('.')[0] ?? '')
  const { version } = file.view ?? {}
  // Somebody else, or the department's own system, may have moved it meanwhile.
  useEffect(() => {
    if (version !== undefined) reload()
  }, [version, reload])
  if (!thing || !file.view) {
    return <Blank refusal={failure ?? file.failure} onRetry={thing ? file.reload : reload} />
  }
  return <OpenTask id={id} detail={thing} view={file.view} failure={failure} reload={() => {
    reload()
    file.reload()
  }} replace={replace} />
}

interface OpenTaskProps {
  id: string
  detail: TaskDetail
  view: NonNullable<OpenCase['view']>
  failure: OpenCase['failure']
  reload: () => void
  replace: (detail: TaskDetail) => void
}

function OpenTask({ id, detail, view, failure, reload, replace }: OpenTaskProps) {
  const { topicId, topicVersion } = view
  const loadTopic = useCallback(() => topicOf(topicId, topicVersion), [topicId, topicVersion])
  const topic = useLoaded(loadTopic)
  const acting = useAct((body: TaskActionBody) => actOnTask(id, body), {
    done: replace, movedOn: reload,
  })
  const { query } = useAddress()
  const tab = taskTab(query)
  useKeys({ Escape: () => go(`/tasks?state=${tab}`), n: () => openNext(id, tab) })
  return <div className='page'>
    <TaskHead detail={detail} backTo={`/tasks?state=${tab}`}>
      {topic.thing && <TaskActions detail={detail} topic={topic.thing} acting={acting} />}
      {detail.result?.revocable && <Revoke {...detail.result} onDone={reload} />}
    </TaskHead>
    <Trouble refusal={failure} onRetry={reload} />
    <Trouble refusal={acting.failure} onClose={acting.forget} />
    {topic.thing
      ? <Body detail={detail} view={view} topic={topic.thing} acting={acting} />
      : <Blank refusal={topic.failure} onRetry={topic.reload} />}
  </div>
}

function openNext(id: string, state: string): void {
  const next = taskListing.after(state, ({ caseId, n }) => `${caseId}.${n}` === id)
  if (next) go(`/tasks/${next.caseId}.${next.n}?state=${state}`, { instead: true })
}

function TaskHead({ detail, backTo, children }: {
  detail: TaskDetail
  backTo: string
  children: ReactNode
}) {
  const { calendar, regions } = useOffice()
  const { name, number, state, dueOn, signal, applicant, regionCode, handler, twoPeople } = detail
  const ended = state === 'approved' || state === 'rejected' || state === 'cancelled'
  return <>
    <div className='page-head'>
      <Button size='small' onClick={() => go(backTo)}>← 列表</Button>
      <h1>{name} <span className='number'>{number}</span></h1>
      <StateTag {...TASK_WORDS[state]} />
      {!ended && <Due due={dueOn} signal={signal} today={today()} calendar={calendar} />}
      <span className='gap' />
      <div className='actions'>{children}</div>
    </div>
    <dl className='facts'>
      <div><dt>申请人</dt><dd>{applicant}</dd></div>
      <div><dt>县市</dt><dd>{regionName(regions, regionCode)}</dd></div>
      {handler && <div><dt>上一步</dt>
        <dd>{handler.name}{handler.at && ` ${momentWords(handler.at)}`}</dd></div>}
      {twoPeople && <div><dt>要求</dt><dd>两人办理：一人审核，另一人审批</dd></div>}
    </dl>
  </>
}

function Body({ detail, view, topic, acting }: {
  detail: TaskDetail
  view: OpenTaskProps['view']
  topic: Topic
  acting: Acting<TaskActionBody>
}) {
  const regions = useOffice((state) => state.regions)
  const asks = useAsks([])
  const { form } = detail
  const mayAsk = detail.actions.includes('request-correction')
  const supplies = detail.materials.map(({ key, by, ids }) => ({
    key, ids, name: partLabel(topic, form, { kind: 'material', key }),
    // the wire says any text; these are all it knows
    by: by as 'photos' | 'certificate' | 'declaration' | 'result',
  }))
  const sheets = sheetsOf(supplies)
  const [at, setAt] = useState(0)
  const sheet = useSheet(sheets[at]?.id)
  const groups = fieldGroups(topic, { form, regions, wanted: new Set(Object.keys(form)) })
  const mark = (kind: 'field' | 'material', key: string) =>
    asks.toggle({ kind, key, label: partLabel(topic, form, { kind, key }) })
  return <>
    {asks.asks.length > 0 && mayAsk && <AskRound asks={asks} acting={acting} />}
    <About detail={detail} view={view} topic={topic} />
    <div className='two'>
      <section className='card' aria-label='申请内容'>
        <h2>这一事项要用的内容</h2>
        <Fields groups={groups} {...(mayAsk ? {
          marked: asks.marked('field'), onMark: ({ key }) => mark('field', key),
        } : {})} />
      </section>
      <section className='card side' aria-label='材料和照片'>
        <Supplies supplies={supplies}
          onLook={(one) => setAt(sheets.findIndex(({ id }) => id === one))}
          {...(mayAsk ? {
            marked: asks.marked('material'), onMark: ({ key }) => mark('material', key),
          } : {})} />
        <Photos sheets={sheets} at={at} onAt={setAt} sheet={sheet} />
      </section>
    </div>
  </>
}
