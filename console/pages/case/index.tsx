/** 办件 at the window: fields beside photos, marks, tasks and their clocks, what can be done now. */
import type { CaseContent, CaseView, NoticeView } from '@core/contract/case'
import type { Topic } from '@core/contract/topic'
import { asksRating } from '@core/tone'
import { Tabs } from 'antd'
import { useCallback, useState } from 'react'
import { topic as topicOf } from '../../api/catalogue'
import { actOnCase, caseContent, caseNotice } from '../../api/cases'
import { Fields } from '../../components/fields'
import { History } from '../../components/history'
import { useKeys } from '../../components/keys'
import { Photos } from '../../components/photos'
import { type ShownSupply, Supplies } from '../../components/supplies'
import { Blank, Trouble } from '../../components/trouble'
import { go, useAddress } from '../../platform/address'
import { useAct } from '../../stores/act'
import { useAsks } from '../../stores/asks'
import { useCaseView } from '../../stores/case-view'
import { useLoaded } from '../../stores/loaded'
import { useOffice } from '../../stores/office'
import { useSession } from '../../stores/session'
import { useSheet } from '../../stores/sheet'
import { answerWords, fieldGroups } from '../../words/fields'
import { askedByDepartments, hasRound, partLabel, sheetsOf } from '../../words/handed-in'
import { caseListing, caseTab } from '../cases'
import { CaseActions } from './actions'
import { AskRating } from './ask-rating'
import { CaseHead } from './head'
import { NoticeCard } from './notice'
import { Papers } from './papers'
import { Round } from './round'
import { TakingCard } from './taking'
import { TasksTable } from './tasks-table'

export function CasePage({ id }: { id: string }) {
  const file = useCaseView(id)
  if (!file.view) return <Blank refusal={file.failure} onRetry={file.reload} />
  const { view, ...rest } = file
  return <OpenCase view={view} {...rest} />
}

interface Whole {
  topic: Topic
  content: CaseContent | undefined
  notice: NoticeView | undefined
}

interface OpenCaseProps extends Omit<ReturnType<typeof useCaseView>, 'view'> {
  view: CaseView
}

function OpenCase({ view, failure, reload, replace }: OpenCaseProps) {
  const { id, topicId, topicVersion } = view
  // Supervision sees where a case stands, not what is in it.
  const reads = useSession(({ session }) => session?.staff.role === 'window')
  const load = useCallback(async (): Promise<Whole> => {
    const [topic, content, notice] = await Promise.all([
      topicOf(topicId, topicVersion), reads ? caseContent(id) : undefined,
      reads ? caseNotice(id) : undefined,
    ])
    return { topic, content, notice }
  }, [id, topicId, topicVersion, reads])
  const whole = useLoaded(load)
  const acting = useAct((body: Parameters<typeof actOnCase>[1]) => actOnCase(id, body), {
    done: (next) => {
      replace(next)
      // who signed for the results is part of the content
      if (next.state === 'finished') whole.reload()
    },
    movedOn: reload,
  })
  const { query } = useAddress()
  const back = caseTab(query)
  useKeys({ Escape: () => go(`/cases?state=${back}`), n: () => openNext(id, back) })
  return <div className='page'>
    <CaseHead view={view} backTo={`/cases?state=${back}`}>
      <CaseActions view={view} acting={acting} />
      {view.state === 'finished' && !view.rating && whole.thing && asksRating(whole.thing.topic) &&
        <AskRating caseId={id} onDone={reload} />}
    </CaseHead>
    <Trouble refusal={failure} onRetry={reload} />
    <Trouble refusal={acting.failure} onClose={acting.forget} />
    {whole.thing
      ? <Body view={view} whole={whole.thing} acting={acting} />
      : <Blank refusal={whole.failure} onRetry={whole.reload} />}
  </div>
}

function openNext(id: string, state: string): void {
  const next = caseListing.after(state, (row) => row.id === id)
  if (next) go(`/cases/${next.id}?state=${state}`, { instead: true })
}

type Acting = Parameters<typeof CaseActions>[0]['acting']

function Body({ view, whole, acting }: { view: CaseView; whole: Whole; acting: Acting }) {
  const { topic, content, notice } = whole
  const regions = useOffice((state) => state.regions)
  const form = content?.form ?? {}
  const asks = useAsks(askedByDepartments(view, (ask) => partLabel(topic, form, ask)))
  const supplies = suppliesOf(content, notice)
  const sheets = sheetsOf(supplies)
  const [at, setAt] = useState(0)
  const sheet = useSheet(sheets[at]?.id)
  const mayAsk = view.actions.includes('return')
  const groups = fieldGroups(topic, {
    form, regions, wanted: new Set(notice?.fields.map(({ key }) => key) ?? Object.keys(form)),
  })
  const mark = (kind: 'field' | 'material', key: string) =>
    asks.toggle({ kind, key, label: partLabel(topic, form, { kind, key }) })
  const answered = answerWords(topic, content?.answers ?? {})
  const filled = <>
    <Fields groups={[{ id: 'answers', title: '情形', fields: answered }]} />
    <Fields groups={groups} {...(mayAsk ? {
      marked: asks.marked('field'), onMark: ({ key }) => mark('field', key),
    } : {})} />
  </>
  const entries = view.events.map(({ seq, at: when, by, text, reason }) =>
    ({ key: seq, at: when, who: by.name, text, note: reason }))
  const tabs = [
    ...(content ? [{ key: 'form', label: '申请表', children: filled }] : []),
    {
      key: 'tasks', label: `事项（${view.tasks.length}）`,
      children: <TasksTable tasks={view.tasks} />,
    },
    { key: 'history', label: '经过', children: <History entries={entries} /> },
    ...(content
      ? [{
          key: 'papers', label: '文书',
          children: <Papers caseId={view.id} version={view.version} />,
        }] : []),
    ...(content?.taking
      ? [{ key: 'taking', label: '签收', children: <TakingCard taking={content.taking} /> }] : []),
    ...(notice ? [{ key: 'notice', label: '告知单', children: <NoticeCard notice={notice} /> }] : []),
  ]
  return <>
    {asks.asks.length > 0 && mayAsk && <Round asks={asks} acting={acting} topic={topic}
      notice={notice} again={hasRound(view)} />}
    <div className={content ? 'two' : ''}>
      <section className='card' aria-label='办件内容'><Tabs items={tabs} size='small' /></section>
      {content && <section className='card side' aria-label='材料和照片'>
        <Supplies supplies={supplies}
          onLook={(one) => setAt(sheets.findIndex(({ id }) => id === one))}
          {...(mayAsk ? {
            marked: asks.marked('material'), onMark: ({ key }) => mark('material', key),
          } : {})} />
        <Photos sheets={sheets} at={at} onAt={setAt} sheet={sheet} />
      </section>}
    </div>
  </>
}

function suppliesOf(
  content: CaseContent | undefined,
  notice: NoticeView | undefined,
): ShownSupply[] {
  return (notice?.materials ?? []).map(({ key, name }) => {
    const supply = content?.materials[key]
    return { key, name, by: supply?.by ?? 'none', ids: supply?.by === 'photos' ? supply.ids : [] }
  })
}
