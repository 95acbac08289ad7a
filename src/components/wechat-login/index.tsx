import { useState } from 'react'
import type { Session } from '@core/contract/session'
import { signInByWechat } from '@/api/session'
import { loginCode } from '@/platform/login'
import { Button } from '@/ui/button'

export interface WechatLoginProps {
  onSession: (session: Session) => Promise<void>
  onFail: (error: unknown) => void
}

/** One tap inside WeChat: no phone number, no code. */
export function WechatLogin({ onSession, onFail }: WechatLoginProps) {
  const [busy, setBusy] = useState(false)
  const go = async () => {
    const code = await loginCode()
    if (code) await onSession(await signInByWechat(code))
  }
  return (
    <Button
      busy={busy}
      onTap={() => {
        setBusy(true)
        void go().catch(onFail).finally(() => setBusy(false))
      }}
    >
      微信登录
    </Button>
  )
}
