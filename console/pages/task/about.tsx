import type { CaseView } from '@core/contract/case'
import type { TaskDetail } from '@core/contract/task'
import type { Topic } from '@core/contract/topic'
import { EXTENSION_CAUSES, type Extension, PAUSE_REASONS } from '@core/task'
import { partLabel } from '../../words/handed-in'
import { momentWords } from '../../words/time'

interface AboutProps {
  detail: TaskDetail
  view: CaseView
  topic: Topic
}

const PROPOSED = { approve: '办结', reject: '不予办理', extend: '延期' }

const extendedWords = ({ days, cause, note }: Extension) =>
  `${days} 个工作日：${EXTENSION_CAUSES[cause]}（${note}）`

/** What was said of it and came of it: a proposal, corrections, a pause, urging, results. */
export function About({ detail, view, topic }: AboutProps) {
  const { n, itemId, proposal, asks, form, result: issued } = detail
  const { pause, extension, reason } = view.tasks.find((task) => task.n === n) ?? {}
  const urged = view.events.filter(({ is, itemId: of }) => is === 'urge' && of === itemId).at(-1)
  const results = view.tasks.flatMap((task) =>
    (task.result && task.n !== n ? [{ ...task.result, item: task.name }] : []))
  const quiet = !proposal && !pause && !extension && !urged && !reason && !issued
  if (quiet && asks.length === 0 && results.length === 0) return null
  return <section className='card' aria-label='相关情况'>
    <dl className='facts'>
      {proposal && <div><dt>审核意见</dt><dd>
        {proposal.by}建议{PROPOSED[proposal.propose]}
        {proposal.extension && ` ${extendedWords(proposal.extension)}`}
        {proposal.reason && `：${proposal.reason}`}
        {proposal.number && `，证照编号 ${proposal.number}`}
        {Object.entries(proposal.gives).map(([key, value]) =>
          `，${partLabel(topic, form, { kind: 'field', key })} ${value}`).join('')}
      </dd></div>}
      {pause && <div><dt>暂停</dt><dd>{PAUSE_REASONS[pause.reason]}：{pause.note}</dd></div>}
      {extension && <div><dt>已延期</dt><dd>{extendedWords(extension)}</dd></div>}
      {reason && <div><dt>不予办理的理由</dt><dd>{reason}</dd></div>}
      {issued && <div><dt>办理结果</dt><dd>{issued.name} <span className='number'>
        {issued.number}</span>，{momentWords(issued.issuedAt)} 签发</dd></div>}
      {issued?.revoked && <div><dt>已撤销</dt><dd className='wrong'>
        {momentWords(issued.revoked.at)}，{issued.revoked.reason}</dd></div>}
      {urged && <div><dt>窗口督促</dt><dd>{urged.reason}</dd></div>}
      {asks.map((ask) => <div key={`${ask.kind} ${ask.key}`}><dt>已要求补正</dt>
        <dd>{partLabel(topic, form, ask)}（{ask.reason}）</dd></div>)}
      {results.map((result) => <div key={result.id}><dt>{result.item}</dt>
        <dd>{result.name} <span className='number'>{result.number}</span></dd></div>)}
    </dl>
  </section>
}
