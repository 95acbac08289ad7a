import type { CounterFilings } from '@core/contract/counter'
import { receiptFile } from '../../api/cases'
import { PrintButton } from '../../components/print-button'
import { Blank, Trouble } from '../../components/trouble'
import { go, hrefOf } from '../../platform/address'
import type { Loaded } from '../../stores/loaded'
import { momentWords } from '../../words/time'

/** What came of each: still being filled in, or a case whose receipt can be printed. */
export function FilingList({ listed }: { listed: Loaded<CounterFilings> }) {
  const { thing, failure, reload } = listed
  if (!thing) return <Blank refusal={failure} onRetry={reload} />
  if (thing.filings.length === 0) return <p className='quiet'>今天还没有开过代办。</p>
  return <>
    <Trouble refusal={failure} onRetry={reload} />
    <table className='tasks'>
      <thead><tr>
        <th scope='col'>时间</th><th scope='col'>排队号</th><th scope='col'>申请人</th>
        <th scope='col'>一件事</th><th scope='col'>办件</th>
      </tr></thead>
      <tbody>
        {thing.filings.map(({ id, openedAt, movedAt, queueTicket, applicant, topicTitle, filed }) =>
          <tr key={id}>
            <td className='number'>{momentWords(openedAt)}</td>
            <td>{queueTicket ?? ''}</td>
            <td>{applicant}</td>
            <td>{topicTitle}</td>
            <td>
              {filed ? <Filed {...filed} /> : <span className='quiet'>{notYet(movedAt)}</span>}
            </td>
          </tr>)}
      </tbody>
    </table>
  </>
}

const notYet = (movedAt: string | null) =>
  (movedAt ? `${momentWords(movedAt)} 转到申请人手机上了` : '还没提交')

function Filed({ caseId, number }: { caseId: string; number: string }) {
  const to = `/cases/${caseId}`
  return <div className='filed'>
    <a href={hrefOf(to)} className='number' onClick={(event) => {
      event.preventDefault()
      go(to)
    }}>{number}</a>
    <PrintButton name='打印回执' load={() => receiptFile(caseId)} />
  </div>
}
