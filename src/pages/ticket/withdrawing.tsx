import { ConfirmAct } from '@/components/confirm-act'
import { useRunning } from '@/stores/running'
import { actOn } from '@/stores/tickets'

/** 不用了: asked for once more, because it ends the ticket for good. */
export function Withdrawing({ id }: { id: string }) {
  return (
    <ConfirmAct
      label="不用帮忙了，撤回" title="撤回这次求助？" yes="撤回"
      text="撤回后不再处理。以后需要，可以重新提出。"
      running={useRunning()} act={() => actOn(id, { do: 'withdraw' })}
    />
  )
}
