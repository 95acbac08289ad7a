import { useCallback, useState } from 'react'
import type { Preferences } from '@core/contract/me'
import { CHOSEN_KINDS, type ChosenKind, MESSAGE_KINDS } from '@core/message-kinds'
import { say } from '@core/refusal'
import { useInSight } from '@/stores/in-sight'
import { asRefused } from '@/api/client'
import { changePreferences, getPreferences } from '@/api/me'
import { goBack, goTo } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { useLoaded } from '@/stores/loaded'
import { useRunning } from '@/stores/running'
import { token } from '@/stores/session'
import { allowWechat, offeredKinds } from '@/stores/wechat'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { Checkbox } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'

const ALWAYS = Object.values(MESSAGE_KINDS).filter(({ sms }) => sms === 'always')

/** 通知设置: the app, SMS and WeChat in one place; what the law wants told always goes by SMS. */
export default function PreferencesPage() {
  useGuard({ page: 'preferences', params: {}, inSight: useInSight(), unverified: true })
  const load = useCallback(async () => (token() ? getPreferences() : undefined), [])
  const { value, refused, again } = useLoaded(load)
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
    <Page
      title="通知设置" onBack={goBack}
      lead="所有消息在“消息”里都能看到。这里选哪些还要发短信、发微信。"
    >
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      {refused && !shown && (
        <Button kind="secondary" icon="retry" onTap={again}>再试一次</Button>
      )}
      {problem && <Notice kind="error">{problem}</Notice>}
      {!shown && !refused && <Loading />}
      {shown && !shown.phone && (
        <Notice
          kind="warn" title="还没有手机号，收不到短信"
          action={<LinkButton onTap={() => goTo('change-phone')}>绑定手机号</LinkButton>}
        />
      )}
      <Card title="在这里看">
        <Box as="p">全部消息都在“消息”里，不用设置。</Box>
      </Card>
      {shown && (
        <Card title="短信：可以选的">
          {CHOSEN_KINDS.map((kind) => (
            <Checkbox
              key={kind} id={`sms-${kind}`} label={MESSAGE_KINDS[kind].title}
              hint={MESSAGE_KINDS[kind].what} checked={shown.sms[kind]}
              onChange={(on) => choose(kind, on)}
            />
          ))}
        </Card>
      )}
      <Card title="短信：一定会发的">
        <Box as="p">关系到您的权利和账户安全，不能关。</Box>
        <Facts facts={ALWAYS.map(({ title, what }) => ({ term: title, value: what }))} />
      </Card>
      {shown && <ByWechat wechat={shown.wechat} onChanged={setChanged} />}
    </Page>
  )
}

interface ByWechatProps {
  wechat: Preferences['wechat']
  onChanged: (preferences: Preferences) => void
}

/** 微信: WeChat lets one message through for each consent, so what is left is told as a number. */
function ByWechat({ wechat, onChanged }: ByWechatProps) {
  const { busy, refused, run } = useRunning()
  const kinds = offeredKinds(wechat)
  if (kinds.length === 0) return null
  const facts = kinds.map((kind) => ({
    term: MESSAGE_KINDS[kind].title,
    value: wechat.left[kind] > 0 ? `还能收 ${wechat.left[kind]} 条` : '现在不发',
  }))
  return (
    <Card title="微信">
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      <Box as="p">微信规定：您同意一次，只能发一条。想多收几条，可以多点几次。</Box>
      <Facts facts={facts} />
      <Button
        kind="secondary" busy={busy}
        onTap={() => run(async () => onChanged(await allowWechat(wechat)))}
      >
        用微信通知我
      </Button>
    </Card>
  )
}
