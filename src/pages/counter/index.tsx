import { type Refused, say } from '@core/refusal'
import type { CounterView } from '@core/contract/counter'
import { useEffect, useState } from 'react'
import { asRefused } from '@/api/client'
import { takeFragment } from '@/platform/fragment'
import { startOver } from '@/platform/navigation'
import { enterCounter } from '@/stores/counter'
import { useSession } from '@/stores/session'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'

/** Where a clerk's link leads: into the filing it opens, or, once that is over, no further. */
export default function CounterPage() {
  const [opening, setOpening] = useState(true)
  const [refused, setRefused] = useState<Refused>()
  useEffect(() => {
    const token = takeFragment()
    const open = token === undefined ? Promise.resolve(useSession.getState().counter)
      : enterCounter(token)
    open.then((view) => view && onward(view))
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => setOpening(false))
  }, [])
  if (opening) return <Page title="窗口代办"><Loading rows={4} /></Page>
  return (
    <Page title="窗口代办">
      {refused && refused.code !== 'NOT_SIGNED_IN'
        ? <Notice kind="error" title="没有打开">{say(refused)}</Notice>
        : (
          <Notice kind="info" title="窗口代办已经结束">
            这里没有留下任何个人信息，可以关闭这个页面。还要办理的，请工作人员在工作台重新打开。
          </Notice>
        )}
    </Page>
  )
}

function onward({ purpose, topicId, caseId }: CounterView) {
  if (purpose === 'rate') startOver('rating', { id: caseId ?? '' })
  else if (caseId) startOver('receipt', { id: caseId, again: '1' })
  else startOver('topic', { topic: topicId })
}
