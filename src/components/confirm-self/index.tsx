import { useEffect, useState } from 'react'
import { normalise } from '@core/values'
import { Refused, say } from '@core/refusal'
import { asRefused } from '@/api/client'
import { confirmMe, requestConfirm } from '@/api/me'
import { loginCode } from '@/platform/login'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { TextField } from '@/ui/fields'
import { Notice } from '@/ui/status'
import './index.scss'

export interface ConfirmSelfProps {
  by: 'sms' | 'wechat'
  /** masked */
  phone: string | null
  /** names the act, e.g. 确认并导出 */
  act: string
  danger?: boolean
  /** runs once the proof is fresh; what it throws is shown here */
  onConfirmed: () => Promise<void>
}

/** Proves who acts by a fresh code, then does the act: one button for both. */
export function ConfirmSelf({ by, phone, act, danger, onConfirmed }: ConfirmSelfProps) {
  const { sent, left, otp, setOtp, wrong, refused, busy, askCode, go } = useConfirm(by, onConfirmed)
  return (
    <>
      {refused && <Notice kind="error">{refused}</Notice>}
      {by === 'sms' && (
        <>
          <Box as="p">{`为防止别人冒用，请用 ${phone ?? '您的手机'} 收到的验证码确认是您本人。`}</Box>
          <Box className="confirm-code">
            <Button kind="secondary" busy={busy === 'code'} disabled={left > 0} onTap={askCode}>
              {left > 0 ? `${left} 秒后可以重新获取` : sent ? '重新获取验证码' : '获取验证码'}
            </Button>
            {sent && <Box as="p" className="muted" role="status">验证码已发出，请查看短信。</Box>}
          </Box>
          <TextField
            id="confirm-otp" label="短信验证码" hint="6 位数字，可以粘贴" inputMode="numeric"
            autoComplete="one-time-code" value={otp} onChange={setOtp} error={wrong} onDone={go}
          />
        </>
      )}
      {by === 'wechat' && <Box as="p">将用微信确认是您本人。</Box>}
      <Button kind={danger ? 'danger' : 'primary'} busy={busy === 'act'} onTap={go}>{act}</Button>
    </>
  )
}

function useConfirm(by: ConfirmSelfProps['by'], onConfirmed: () => Promise<void>) {
  const [challenge, setChallenge] = useState<string>()
  const [left, setLeft] = useState(0)
  const [otp, setOtp] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [refused, setRefused] = useState<string>()
  const [busy, setBusy] = useState<'code' | 'act'>()
  useEffect(() => {
    if (left <= 0) return undefined
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  const attempt = (name: 'code' | 'act', run: () => Promise<void>) => {
    if (busy) return
    setBusy(name)
    setRefused(undefined)
    setWrong(undefined)
    run().catch((error: unknown) => {
      const { code, detail } = asRefused(error)
      if (code === 'TOO_MANY_REQUESTS') setLeft(Number(detail.seconds ?? 0))
      setRefused(say({ code, detail }))
    }).finally(() => setBusy(undefined))
  }
  const askCode = () => attempt('code', async () => {
    const reply = await requestConfirm()
    setChallenge(reply.challenge)
    setLeft(reply.resendAfter)
  })
  const go = () => {
    const digits = normalise('certificateNumber', otp)
    if (by === 'wechat') {
      return attempt('act', async () => {
        const code = await loginCode()
        if (!code) throw new Refused('NOT_ALLOWED')
        await confirmMe({ kind: 'wechat', code })
        await onConfirmed()
      })
    }
    if (!challenge) return setWrong('请先获取验证码。')
    if (!/^\d{6}$/.test(digits)) return setWrong('验证码是 6 位数字，请核对。')
    return attempt('act', async () => {
      await confirmMe({ kind: 'sms', otp: digits, challenge })
      await onConfirmed()
    })
  }
  return { sent: challenge !== undefined, left, otp, setOtp, wrong, refused, busy, askCode, go }
}
