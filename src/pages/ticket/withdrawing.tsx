import { useState } from 'react'
import { actOn } from '@/stores/tickets'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/confirm'
import { Notice } from '@/ui/status'
import { say } from '@core/refusal'
import { useRunning } from './answer'

/** 不用了: asked for once more, because it ends the ticket for good. */
export function Withdrawing({ id }: { id: string }) {
  const [asking, setAsking] = useState(false)
  const { busy, refused, run } = useRunning()
  const go = () => run(async () => {
    await actOn(id, { do: 'withdraw' })
    setAsking(false)
  })
  return (
    <>
      <Button kind="quiet" onTap={() => setAsking(true)}>不用帮忙了，撤回</Button>
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      {asking && (
        <Confirm
          title="撤回这次求助？" text="撤回后不再处理。以后需要，可以重新提出。" yes="撤回"
          busy={busy} onYes={go} onNo={() => setAsking(false)}
        />
      )}
    </>
  )
}
