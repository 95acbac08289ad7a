/** 第二屏: a page of this one case, turned to the applicant, on which they rate it themselves. */
import type { CounterSession } from '@core/contract/counter'
import { hasDuty } from '@core/duty'
import { Button } from 'antd'
import { useState } from 'react'
import { openRating } from '../../api/counter'
import { CounterLink } from '../../components/counter-link'
import { Dialog } from '../../components/dialog'
import { counterHref } from '../../platform/address'
import { useAct } from '../../stores/act'
import { useSession } from '../../stores/session'

export function AskRating({ caseId, onDone }: { caseId: string; onDone: () => void }) {
  const staff = useSession(({ session }) => session?.staff)
  const [opened, setOpened] = useState<CounterSession>()
  const acting = useAct((body: { requestId: string }) => openRating(caseId, body), {
    done: setOpened, movedOn: onDone,
  })
  if (staff?.role !== 'window' || !hasDuty(staff.duties, 'hand-over')) return null
  const close = () => {
    acting.forget()
    setOpened(undefined)
    onDone()
  }
  return <>
    <Button loading={acting.busy} onClick={() => void acting.act({})}>请对方评价</Button>
    {(opened || acting.failure) && <Dialog title='请对方评价' ok='完成' busy={false}
      refusal={acting.failure} onOk={close} onClose={close}>
      {opened && <>
        <p>请把评价页面移到朝向 {opened.applicant} 的屏幕上，由对方自己评价。窗口看不到评价的内容。</p>
        <p><CounterLink href={counterHref(opened.token)} name='打开评价页面' /></p>
      </>}
    </Dialog>}
  </>
}
