import { goTo } from '@/platform/navigation'
import { useDrafts } from '@/stores/drafts'
import { usePersona } from '@/stores/persona'
import { useSession } from '@/stores/session'
import { LinkButton } from '@/ui/button'

/** Pages on which one may get stuck while filling in. */
const FILLING: ReadonlySet<string | number | undefined> =
  new Set(['topic', 'notice', 'form', 'materials', 'check', 'signers', 'sign'])

/** 到窗口接着办, for what is one's own and saved on the server. */
export function PickUpLink({ page, topicId }: {
  page: string | undefined
  topicId: string | undefined
}) {
  const saved = useDrafts(({ byTopic }) => (byTopic[topicId ?? '']?.revision ?? 0) > 0)
  const verified = useSession(({ me, atCounter }) => Boolean(me?.verified) && !atCounter)
  const acting = usePersona((state) => state.acting !== undefined)
  if (!saved || !verified || acting || !FILLING.has(page)) return null
  return (
    <LinkButton onTap={() => goTo('pick-up', { topic: topicId })}>
      填不下去？拿个接办码，到窗口接着办
    </LinkButton>
  )
}
