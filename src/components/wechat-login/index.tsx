import { useState } from 'react'
import type { Session } from '@core/contract/session'
import { signInByWechat } from '@/api/session'
import { loginCode } from '@/platform/login'
import { Button } from '@/ui/button'
import { Notice } from '@/ui/status'

export interface WechatLoginProps {
  onSession: (session: Session) => Promise<void>
  onFail: (error: unknown) => void
}

/** One tap inside WeChat: no phone number, no code. */
export function WechatLogin({ onSession, onFail }: WechatLoginProps) {
  const [busy, setBusy] = useState(false)
  const [without, setWithout] = useState(false)
  const go = async () => {
    const code = await loginCode()
    setWithout(!code)
    if (code) await onSession(await signInByWechat(code))
  }
  return (
    <>
      {without && <Notice kind="warn">微信登录这会儿用不了。请用下面的手机号登录，办的事一样。</Notice>}
      <Button
        busy={busy}
        onTap={() => {
          setBusy(true)
          void go().catch(onFail).finally(() => setBusy(false))
        }}
      >
        微信登录
      </Button>
    </>
  )
}
