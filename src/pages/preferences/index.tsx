import { useCallback, useState } from 'react'
import type { Preferences } from '@core/contract/me'
import { CHOSEN_KINDS, type ChosenKind, MESSAGE_KINDS } from '@core/message-kinds'
import { say } from '@core/refusal'
import { useInSight } from '@/components/in-sight'
import { asRefused } from '@/api/client'
import { changePreferences, getPreferences } from '@/api/me'
import { goBack, goTo } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { useLoaded } from '@/stores/loaded'
import { token } from '@/stores/session'
import { Box } from '@/ui/box'
import { LinkButton } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { Checkbox } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'

const ALWAYS = Object.values(MESSAGE_KINDS).filter(({ sms }) => sms === 'always')

/** 通知设置: which kinds also go by SMS; what the law wants told always does. */
export default function PreferencesPage() {
  useGuard({ page: 'preferences', params: {}, inSight: useInSight(), unverified: true })
  const load = useCallback(async () => (token() ? getPreferences() : undefined), [])
  const { value, refused } = useLoaded(load)
  const [changed, setChanged] = useState<Preferences>()
  const [problem, setProblem] = useState<string>()
  const shown = changed ?? value
  const choose = (kind: ChosenKind, on: boolean) => {
    if (!shown) return
    setProblem(undefined)
    setChanged({ ...shown, sms: { ...shown.sms, [kind]: on } })
    changePreferences({ [kind]: on }).catch((error: unknown) => {
      setChanged(shown)
      setProblem(say(asRefused(error)))
    })
  }
  return (
    <Page title="通知设置" onBack={goBack} lead="所有消息在“消息”里都能看到。这里选哪些还要发短信。">
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      {problem && <Notice kind="error">{problem}</Notice>}
      {!shown && !refused && <Loading />}
      {shown && !shown.phone && (
        <Notice
          kind="warn" title="还没有手机号，收不到短信"
          action={<LinkButton onTap={() => goTo('change-phone')}>绑定手机号</LinkButton>}
        />
      )}
      {shown && (
        <Card title="可以选择发不发短信">
          {CHOSEN_KINDS.map((kind) => (
            <Checkbox
              key={kind} id={`sms-${kind}`} label={MESSAGE_KINDS[kind].title}
              hint={MESSAGE_KINDS[kind].what} checked={shown.sms[kind]}
              onChange={(on) => choose(kind, on)}
            />
          ))}
        </Card>
      )}
      <Card title="一定会发短信">
        <Box as="p">关系到您的权利和账户安全，不能关。</Box>
        <Facts facts={ALWAYS.map(({ title, what }) => ({ term: title, value: what }))} />
      </Card>
    </Page>
  )
}
