import { type Refusal, say } from '@core/refusal'
import { goBack } from '@/platform/navigation'
import { Button } from '@/ui/button'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'

export interface WaitingPageProps {
  title: string
  /** why there is nothing to show; absent: it is on its way */
  refused: Refusal | undefined
  onRetry: () => void
  onBack?: () => void
}

/** Instead of a page about one thing while it is on its way, or when it could not be had. */
export function WaitingPage({ title, refused, onRetry, onBack = goBack }: WaitingPageProps) {
  return (
    <Page title={title} onBack={onBack}>
      {refused
        ? (
          <>
            <Notice kind="error">{say(refused)}</Notice>
            <Button kind="secondary" icon="retry" onTap={onRetry}>再试一次</Button>
          </>
        )
        : <Loading rows={4} />}
    </Page>
  )
}
