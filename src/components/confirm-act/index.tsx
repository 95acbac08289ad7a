import { say } from '@core/refusal'
import { useState } from 'react'
import type { Running } from '@/stores/running'
import { Button } from '@/ui/button'
import { Confirm, type ConfirmProps } from '@/ui/confirm'
import { Notice } from '@/ui/status'

export interface ConfirmActProps
  extends Pick<ConfirmProps, 'title' | 'text' | 'yes' | 'no' | 'danger'> {
  /** of the button that asks */
  label: string
  running: Running
  act: () => Promise<unknown>
}

/** A button whose act ends something: says first what it brings about, then does it once. */
export function ConfirmAct({ label, running, act, ...words }: ConfirmActProps) {
  const [asking, setAsking] = useState(false)
  const { busy, refused, run } = running
  const close = () => setAsking(false)
  return (
    <>
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      <Button kind="quiet" onTap={() => setAsking(true)}>{label}</Button>
      {asking && (
        <Confirm
          {...words} busy={busy} onNo={close}
          onYes={() => run(() => act().finally(close))}
        />
      )}
    </>
  )
}
