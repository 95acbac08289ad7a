import { useEffect, useState } from 'react'
import { useRouter } from '@tarojs/taro'
import { say } from '@core/refusal'
import { judge, normalise } from '@core/values'
import type { Session } from '@core/contract/session'
import { WechatLogin } from '@/components/wechat-login'
import { onward } from '@/components/onward'
import { asRefused } from '@/api/client'
import { requestOtp, signInBySms } from '@/api/session'
import { goBack } from '@/platform/navigation'
import { enter } from '@/stores/account'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { ErrorSummary, type FieldProblem } from '@/ui/error-summary'
import { TextField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'
import './index.scss'

/** Seconds left until another code may be asked for. */
function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (left <= 0) return undefined
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  return [left, setLeft]
}

function phoneProblem(phone: string): FieldProblem[] {
  if (phone === '') return [{ field: 'phone', text: '请填写手机号。' }]
  const right = judge({ type: 'phone' }, phone) === undefined && phone.startsWith('1')
  return right ? [] : [{ field: 'phone', text: '手机号应为 11 位，请核对。' }]
}

function codeProblem(code: string, sent: boolean): FieldProblem[] {
  if (!sent) return [{ field: 'otp', text: '请先获取验证码。' }]
  if (code === '') return [{ field: 'otp', text: '请填写验证码。' }]
  return /^\d{6}$/.test(code) ? [] : [{ field: 'otp', text: '验证码是 6 位数字，请核对。' }]
}

/** Signing in by phone, or by WeChat inside WeChat; then on to where one was going. */
export default function Login() {
  const { params } = useRouter()
  const form = useLoginForm((session) => settle(session))
  async function settle(session: Session) {
    await enter(session)
    onward(params, session.me)
  }
  const textOf = (field: string) => form.problems.find((one) => one.field === field)?.text
  return (
    <Page
      title="登录" onBack={goBack} wrong={form.problems.length > 0}
      lead="登录后才能保存和提交申请。已经填写的内容会保留。"
      footer={<Button busy={form.busy === 'in'} onTap={form.signIn}>登录</Button>}
    >
      <ErrorSummary key={form.tries} problems={form.problems} />
      {form.refused && <Notice kind="error">{form.refused}</Notice>}
      <WechatLogin onSession={settle} onFail={form.fail} />
      <TextField
        id="phone" label="手机号" hint="用来登录和接收办理进度" inputMode="tel" autoComplete="tel"
        value={form.phone} onChange={form.setPhone} error={textOf('phone')}
      />
      <Box className="login-code">
        <Button
          kind="secondary" busy={form.busy === 'code'} disabled={form.left > 0} onTap={form.askCode}
        >
          {form.left > 0 ? `${form.left} 秒后可以重新获取` : form.sent ? '重新获取验证码' : '获取验证码'}
        </Button>
        {form.sent && (
          <Box as="p" className="muted" role="status">{`验证码已发到 ${form.sentTo}，请查看短信。`}</Box>
        )}
      </Box>
      <TextField
        id="otp" label="短信验证码" hint="6 位数字，可以粘贴" inputMode="numeric"
        autoComplete="one-time-code" value={form.otp} onChange={form.setOtp}
        error={textOf('otp')} onDone={form.signIn}
      />
    </Page>
  )
}

function useLoginForm(onSession: (session: Session) => Promise<void>) {
  const [phone, setPhone] = useState('')
  const [otp, setOtp] = useState('')
  const [asked, setAsked] = useState<{ challenge: string; phone: string }>()
  const [left, setLeft] = useCountdown()
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const [refused, setRefused] = useState<string>()
  const [busy, setBusy] = useState<'code' | 'in'>()
  const [tries, setTries] = useState(0)
  const tidy = normalise('phone', phone)
  const fail = (error: unknown) => {
    const { code, detail } = asRefused(error)
    setRefused(say({ code, detail }))
    if (code === 'TOO_MANY_REQUESTS' && typeof detail.seconds === 'number') setLeft(detail.seconds)
  }
  const attempt = (found: FieldProblem[], name: 'code' | 'in', run: () => Promise<void>) => {
    setProblems(found)
    setTries(tries + 1)
    setRefused(undefined)
    if (found.length > 0 || busy) return
    setBusy(name)
    run().catch(fail).finally(() => setBusy(undefined))
  }
  const askCode = () => attempt(phoneProblem(tidy), 'code', async () => {
    const { challenge, resendAfter } = await requestOtp(tidy)
    setAsked({ challenge, phone: tidy })
    setLeft(resendAfter)
  })
  const digits = normalise('certificateNumber', otp)
  const mine = asked?.phone === tidy ? asked : undefined
  const found = [...phoneProblem(tidy), ...codeProblem(digits, mine !== undefined)]
  const signIn = () => attempt(found, 'in', async () => {
    if (mine) await onSession(await signInBySms(tidy, digits, mine.challenge))
  })
  return {
    phone, setPhone, otp, setOtp, problems, refused, busy, tries, left, fail, askCode, signIn,
    sent: asked !== undefined, sentTo: asked?.phone ?? '',
  }
}
