import type { CaseView } from '@core/contract/case'
import { ConfirmAct } from '@/components/confirm-act'
import { act } from '@/stores/cases'
import { useRunning } from '@/stores/running'
import { showToast } from '@/ui/toast'

/** 撤回: says first what it brings about. */
export function Withdrawing({ view }: { view: CaseView }) {
  const done = view.tasks.filter(({ state }) => state === 'approved').length
  const withdraw = async () => {
    await act(view.id, { do: 'withdraw' })
    showToast('申请已撤回', 'done')
  }
  return (
    <ConfirmAct
      label="撤回申请" title="撤回这次申请？" yes="撤回申请" no="不撤回" danger
      text={`撤回后各部门停止办理，不能恢复。${
        done > 0 ? `已经办好的 ${done} 项结果仍然有效。` : ''
      }以后需要办，可以用这次填的内容重新申请。`}
      running={useRunning()} act={withdraw}
    />
  )
}
