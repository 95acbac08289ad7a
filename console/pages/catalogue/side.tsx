/** Beside the record that is written: what the check says, what differs, how it looks. */
import type { DraftView } from '@core/contract/editing'
import type { Topic } from '@core/contract/topic'
import { differencesOf } from '@core/editing-diff'
import { type SheetBlock, sheetOf } from '@core/guide-sheet'
import { makeGuide } from '@core/guide'
import { makePlan } from '@core/plan'
import { Button, Progress, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Rehearsal } from '@core/contract/editing'
import { rehearsal } from '../../api/editing'
import { History } from '../../components/history'
import { Trouble } from '../../components/trouble'
import { type RequestFailed, failureOf } from '../../platform/request'
import type { Ref } from '../../stores/draft-desk'
import { STEP_WORDS } from '../../words/editing'

/** `item:<id>` of a fault, as the desk names records. */
export function refOf(view: DraftView, part: string | null): Ref {
  const id = part?.startsWith('item:') ? part.slice('item:'.length) : undefined
  return id && view.parts.items.some((item) => item.id === id)
    ? { kind: 'items', id } : { kind: 'topic', id: view.topicId }
}

export function Verdict({ view, unsaved, onOpen }: {
  view: DraftView
  unsaved: number
  onOpen: (ref: Ref) => void
}) {
  const { faults, remarks, along } = view.verdict
  return <div>
    {unsaved > 0 && <p className='quiet'>还有 {unsaved} 处没有保存，保存后会重新核验。</p>}
    {faults.length === 0
      ? <p className='passed'>核验通过：每一种回答都有办法办，材料、时限、收费和依据都写全了。</p>
      : <>
        <p className='wrong'>有 {faults.length} 处要改，改好才能提交：</p>
        <ol className='problems'>
          {faults.map((fault) => <li key={fault.raw}>
            <button type='button' className='plain' title={fault.raw}
              onClick={() => onOpen(refOf(view, fault.part))}>{fault.text}</button>
          </li>)}
        </ol>
      </>}
    {remarks.map((remark) => <p key={remark} className='quiet'>{remark}</p>)}
    {along.length > 0 && <p>改到了共用的事项，发布时这些主题也会更新版本：
      {along.map(({ title }) => title).join('、')}。</p>}
  </div>
}

export function Differences({ view }: { view: DraftView }) {
  const all = differencesOf(view.base, view.parts)
  if (all.length === 0) return <p className='quiet'>和第 {view.baseVersion} 版没有差别。</p>
  return <div className='scroll'>
    <table className='tasks differences'>
      <caption className='aside'>修订稿和第 {view.baseVersion} 版的差别</caption>
      <thead><tr>
        <th scope='col'>在哪里</th><th scope='col'>原来</th><th scope='col'>改为</th>
      </tr></thead>
      <tbody>
        {all.map((one, n) => <tr key={n}>
          <th scope='row'>{one.part}<br /><span className='quiet'>{one.place}</span></th>
          <td>{one.before === undefined ? <span className='quiet'>（没有）</span>
            : <del>{one.before}</del>}</td>
          <td>{one.after === undefined ? <span className='quiet'>（去掉）</span>
            : <ins>{one.after}</ins>}</td>
        </tr>)}
      </tbody>
    </table>
  </div>
}

/** The notice as a citizen in a chosen situation would read it, on a phone 375 wide. */
export function Preview({ topic }: { topic: Topic | null }) {
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({})
  if (!topic) return <p className='quiet'>核验里有连不上的地方，改好以后才能预览。</p>
  const plan = makePlan(topic, { answers, form: {} })
  const guide = makeGuide(topic, plan.answers)
  return <section className='phone' aria-label='手机上的样子'>
    <h2>{topic.title}</h2>
    <p>{topic.summary}</p>
    <h3>先回答的问题</h3>
    {plan.questions.map((question) => <div key={question.id} className='line'>
      <span id={`preview-${question.id}`}>{question.ask}</span>
      {question.hint && <span className='quiet'>{question.hint}</span>}
      <Select allowClear aria-labelledby={`preview-${question.id}`} placeholder='请选择'
        mode={question.many ? 'multiple' : undefined} value={chosen(question, answers)}
        options={question.options.map(({ value, label }) => ({ value, label }))}
        onChange={(given: string | string[] | undefined) => setAnswers({
          ...answers, [question.id]: [given ?? []].flat().join(','),
        })} />
    </div>)}
    {plan.stops.map((stop) => <div key={stop.id} role='note' className='stop'>
      <strong>{stop.title}</strong><p>{stop.text}{stop.next}</p>
    </div>)}
    {sheetOf(guide).map(({ title, blocks }) => <section key={title}>
      <h3>{title}</h3>
      {blocks.map((block, n) => <Block key={n} block={block} />)}
    </section>)}
  </section>
}

function chosen(
  { id, many }: Topic['questions'][number],
  answers: Readonly<Record<string, string>>,
) {
  const given = answers[id]
  if (!given) return undefined
  return many ? given.split(',') : given
}

function Block({ block }: { block: SheetBlock }) {
  switch (block.is) {
    case 'text': return <p>{block.text}</p>
    case 'list': return <ul>{block.lines.map((line) => <li key={line}>{line}</li>)}</ul>
    case 'rows': return <Rows rows={block.rows} />
    case 'record': return <>
      <h4>{block.title}{block.mark && <span className='quiet'> {block.mark}</span>}</h4>
      <Rows rows={block.rows} />
    </>
    case 'table': return <>
      {block.rows.map((cells, n) => <Rows key={n} rows={cells.map((lines, k) =>
        ({ term: block.head[k] ?? '', lines }))} />)}
    </>
    case 'flow': return null
  }
}

type RowsOf = Extract<SheetBlock, { is: 'rows' }>['rows']
function Rows({ rows }: { rows: RowsOf }) {
  return <dl>
    {rows.map(({ term, lines }, n) => <div key={n}>
      <dt>{term}</dt>
      <dd>{lines.map((line, k) => <p key={k}>{line}</p>)}</dd>
    </div>)}
  </dl>
}

type Differing = Rehearsal['differing']

/** Past cases under the draft, page by page; leaving the tab ends it. */
export function Rehearse({ view, unsaved }: { view: DraftView; unsaved: number }) {
  const [state, setState] = useState<{ done: number; total: number; differing: Differing }>()
  const [running, setRunning] = useState(false)
  const [failure, setFailure] = useState<RequestFailed>()
  const mounted = useRef(true)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  const run = async () => {
    setRunning(true)
    setFailure(undefined)
    let differing: Differing = []
    let after: string | undefined
    try {
      do {
        const page = await rehearsal(view.id, after)
        differing = [...differing, ...page.differing]
        after = page.next ?? undefined
        if (!mounted.current) return
        setState({ done: page.done, total: page.total, differing })
      } while (after !== undefined)
    } catch (error) {
      setFailure(failureOf(error))
    }
    setRunning(false)
  }
  return <div className='rehearsal'>
    <p>拿最近的办件（最多 1,000 件）按修订稿重算一遍，看谁会被多要内容。只列办件编号，不显示申请人。</p>
    {unsaved > 0 && <p className='quiet'>按已经保存的修订稿重算，没有保存的不算。</p>}
    <Button onClick={() => void run()} loading={running}>开始预演</Button>
    <Trouble refusal={failure} onRetry={() => void run()} />
    {state && <>
      <Progress aria-label='预演进度' size='small' status={running ? 'active' : 'normal'}
        percent={state.total === 0 ? 100 : Math.round(state.done / state.total * 100)} />
      <p role='status'>看了 {state.done} 件，其中 {state.differing.length} 件会不一样，
        {state.differing.filter(({ added }) => added.length > 0).length} 件要多交或者多填。</p>
      {state.differing.length > 0 && <DifferingTable rows={state.differing} />}
    </>}
  </div>
}

const SHOWN = 200

function DifferingTable({ rows }: { rows: Differing }) {
  return <div className='scroll'>
    <table className='tasks'>
      <caption className='aside'>按修订稿会不一样的办件</caption>
      <thead><tr>
        <th scope='col'>办件编号</th><th scope='col'>要多填、多交</th><th scope='col'>要求变了</th>
        <th scope='col'>不再需要</th><th scope='col'>事项增减</th>
      </tr></thead>
      <tbody>
        {rows.slice(0, SHOWN).map((row) => <tr key={row.number}>
          <th scope='row' className='number'>{row.number}</th>
          <td>{row.added.join('、')}</td><td>{row.changed.join('、')}</td>
          <td>{row.removed.join('、')}</td>
          <td>{[...row.itemsAdded.map((name) => `增加 ${name}`),
            ...row.itemsGone.map((name) => `去掉 ${name}`),
            ...row.stops.map((name) => `不能办：${name}`)].join('、')}</td>
        </tr>)}
      </tbody>
    </table>
    {rows.length > SHOWN && <p className='quiet'>只列前 {SHOWN} 件。</p>}
  </div>
}

export function Steps({ view }: { view: DraftView }) {
  return <History entries={view.events.map(({ at, by, is, note }, n) => ({
    key: n, at, who: by, text: STEP_WORDS[is as keyof typeof STEP_WORDS] ?? is, // the same words
    note: note ?? undefined,
  }))} />
}
