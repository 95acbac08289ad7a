import { type Refused, say } from '@core/refusal'
import type { TicketKind } from '@core/ticket'
import { goTo, replaceWith } from '@/platform/navigation'
import { useMe } from '@/stores/account'
import { useRunning } from '@/stores/running'
import { askForHelp } from '@/stores/tickets'
import { Notice } from '@/ui/status'
import { useAbout } from './use-about'

/** A person not signed in, or not verified where a real name is wanted, comes back here after. */
export function useSending(kind: TicketKind) {
  const { signedIn, me } = useMe()
  const { about } = useAbout()
  const { busy, refused, run } = useRunning()
  const isNameless = kind === 'unresolved' && me?.verified === false
  const label = !signedIn ? '登录后发送' : isNameless ? '实名核验后发送' : '发给工作人员'
  const send = () => {
    if (!signedIn) return goTo('login')
    if (isNameless) return goTo('identity')
    run(async () => {
      const { id } = await askForHelp(kind, about)
      replaceWith('ticket', { id, sent: 1 })
    })
  }
  return { busy, refused, label, send }
}

export function NotSent({ refused }: { refused: Refused }) {
  const away = refused.code === 'OFFLINE' || refused.code === 'TIMEOUT'
  return (
    <Notice kind="error" title="还没有发出去">
      {away ? '现在没有网络。写的内容存在这台手机上，联网后再点一次发送，不会重复。' : say(refused)}
    </Notice>
  )
}
