import { useCallback } from 'react'
import { caseDocuments, documentFile } from '../../api/cases'
import { PrintButton } from '../../components/print-button'
import { Blank } from '../../components/trouble'
import { useLoaded } from '../../stores/loaded'
import { momentWords } from '../../words/time'

/** 文书: what was told about a case in writing, each to print. */
export function Papers({ caseId, version }: {
  caseId: string
  /** of the case: each step may bring another one */
  version: number
}) {
  // eslint-disable-next-line react-hooks/exhaustive-deps -- a new version is read anew
  const load = useCallback(() => caseDocuments(caseId), [caseId, version])
  const { thing, failure, reload } = useLoaded(load)
  if (!thing) return <Blank refusal={failure} onRetry={reload} />
  if (thing.documents.length === 0) {
    return <p className='quiet'>还没有文书。受理或者告知补正以后会有。</p>
  }
  return <table className='tasks'>
    <thead><tr>
      <th scope='col'>文书和文号</th><th scope='col'>时间</th><th scope='col'>打印</th>
    </tr></thead>
    <tbody>
      {[...thing.documents].reverse().map(({ name, title, number, at }) => <tr key={name}>
        <th scope='row'>{title}<div className='number quiet'>{number}</div></th>
        <td className='number moment'>{momentWords(at)}</td>
        <td>
          <PrintButton name={`打印${title}`} short load={() => documentFile(caseId, name)} />
        </td>
      </tr>)}
    </tbody>
  </table>
}
