import type { CaseView } from '@core/contract/case'
import { HANDOVER_WORDS, headline } from '@core/timeline'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { receiptFile } from '../../api/cases'
import { Due } from '../../components/due'
import { PrintButton } from '../../components/print-button'
import { StateTag } from '../../components/tags'
import { go } from '../../platform/address'
import { regionName, useOffice } from '../../stores/office'
import { useSession } from '../../stores/session'
import { today } from '../../stores/today'
import { CASE_WORDS } from '../../words/states'
import { momentWords } from '../../words/time'

/** Which case, where it stands, until when, what can be done. */
export function CaseHead({ view, backTo, children }: {
  view: CaseView
  backTo: string
  children: ReactNode
}) {
  const { calendar, regions } = useOffice()
  const isWindow = useSession(({ session }) => session?.staff.role === 'window')
  const { state, tasks, dueOn, acceptBy } = view
  const worst = (['red', 'yellow', 'warning'] as const)
    .find((level) => tasks.some(({ signal }) => signal === level)) ?? 'none'
  const due = state === 'submitted' ? acceptBy : dueOn
  const ended = state === 'finished' || state === 'refused' || state === 'withdrawn'
  return <>
    <div className='page-head'>
      <Button size='small' onClick={() => go(backTo)}>← 列表</Button>
      <h1>{view.topicTitle} <span className='number'>{view.number}</span></h1>
      <StateTag {...CASE_WORDS[state]} />
      {!ended && <Due due={state === 'returned' ? null : due} signal={worst} today={today()}
        calendar={calendar} />}
      <span className='gap' />
      <div className='actions'>
        {children}
        {isWindow && <PrintButton name='打印回执' load={() => receiptFile(view.id)} />}
      </div>
    </div>
    <dl className='facts'>
      <div><dt>现在</dt><dd>{headline(view).now.replace('您', '申请人')}</dd></div>
      <div><dt>县市</dt><dd>{regionName(regions, view.regionCode)}</dd></div>
      <div><dt>提交</dt><dd className='number'>{momentWords(view.submittedAt)}</dd></div>
      <div><dt>领取方式</dt><dd>{HANDOVER_WORDS[view.handover]}</dd></div>
      <div><dt>承办窗口</dt><dd>{view.contact.office}</dd></div>
    </dl>
  </>
}
