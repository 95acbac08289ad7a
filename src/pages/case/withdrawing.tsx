import type { CaseView } from '@core/contract/case'
import { type Refused, say } from '@core/refusal'
import { useState } from 'react'
import { asRefused } from '@/api/client'
import { act } from '@/stores/cases'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/confirm'
import { Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'

/** 撤回: says first what it brings about. */
export function Withdrawing({ view }: { view: CaseView }) {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const done = view.tasks.filter(({ state }) => state === 'approved').length
  const withdraw = () => {
    setBusy(true)
    setRefused(undefined)
    act(view.id, { do: 'withdraw' })
      .then(() => showToast('申请已撤回', 'done'))
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => {
        setBusy(false)
        setAsking(false)
      })
  }
  return (
    <>
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      <Button kind="quiet" onTap={() => setAsking(true)}>撤回申请</Button>
      {asking && (
        <Confirm
          title="撤回这次申请？"
          text={`撤回后各部门停止办理，不能恢复。${
            done > 0 ? `已经办好的 ${done} 项结果仍然有效。` : ''}以后需要办，要重新申请。`}
          yes="撤回申请"
          no="不撤回"
          danger
          busy={busy}
          onYes={withdraw}
          onNo={() => setAsking(false)}
        />
      )}
    </>
  )
}
