import { say } from '@core/refusal'
import { useRunning } from '@/stores/running'
import { Button } from '@/ui/button'
import { Notice } from '@/ui/status'

/** Hands a document over as a file: to keep, open, forward or print. */
export function Saving({ label, save }: { label: string; save: () => Promise<void> }) {
  const { busy, refused, run } = useRunning()
  return (
    <>
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      <Button kind="secondary" icon="document" busy={busy} onTap={() => run(save)}>{label}</Button>
    </>
  )
}
