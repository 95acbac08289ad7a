import { useEffect, useState } from 'react'
import { Refused, say } from '@core/refusal'
import { judge, normalise } from '@core/values'
import { ConfirmSelf } from '@/components/confirm-self'
import { useInSight } from '@/stores/in-sight'
import { asRefused } from '@/api/client'
import { changePhone } from '@/api/me'
import { requestOtp } from '@/api/session'
import { goBack } from '@/platform/navigation'
import { useGuard, useMe } from '@/stores/account'
import { setMe } from '@/stores/session'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { ChoiceField, TextField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'

type Proof = 'code' | 'identity'

/** A code to the new number, and proof of who acts: the old number's code, or the identity. */
export default function ChangePhone() {
  useGuard({ page: 'change-phone', params: {}, inSight: useInSight(), unverified: true })
  const { me } = useMe()
  const fresh = useNewPhone()
  const [proof, setProof] = useState<Proof>('code')
  const keep = async (identity?: { name: string; idNumber: string }) => {
    setMe(await changePhone({ ...fresh.given(), ...(identity ? { identity } : {}) }))
    showToast('手机号已更换', 'done')
    goBack()
  }
  return (
    <Page
      title={me && !me.phone ? '绑定手机号' : '更换手机号'} onBack={goBack}
      lead="换好后，其他设备会退出登录，原来的号码会收到一条短信。"
    >
      {!me && <Loading />}
      {me && <NewPhone {...fresh} />}
      {me && (
        <Card title="确认是您本人">
          {me.phone && me.verified && (
            <ChoiceField
              id="proof" label="原来的手机号还能收短信吗？" value={proof}
              options={[
                { value: 'code', label: '能收短信' },
                { value: 'identity', label: '不能，用姓名和身份证号' },
              ]}
              onChange={(value) => setProof(value === 'identity' ? 'identity' : 'code')}
            />
          )}
          {proof === 'identity' || (!me.phone && me.verified)
            ? <ByIdentity onKnown={keep} />
            : (
              <ConfirmSelf
                by={me.phone ? 'sms' : 'wechat'} phone={me.phone} act="确认更换"
                onConfirmed={() => keep()}
              />
            )}
        </Card>
      )}
    </Page>
  )
}

function useNewPhone() {
  const [phone, setPhone] = useState('')
  const [otp, setOtp] = useState('')
  const [asked, setAsked] = useState<{ challenge: string; phone: string }>()
  const [left, setLeft] = useState(0)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    if (left <= 0) return undefined
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  const tidy = normalise('phone', phone)
  const askCode = () => {
    const right = judge({ type: 'phone' }, tidy) === undefined && /^1\d{10}$/.test(tidy)
    setProblem(right ? undefined : '手机号应为 11 位，请核对。')
    if (!right || busy) return
    setBusy(true)
    requestOtp(tidy)
      .then(({ challenge, resendAfter }) => {
        setAsked({ challenge, phone: tidy })
        setLeft(resendAfter)
      })
      .catch((error: unknown) => setProblem(say(asRefused(error))))
      .finally(() => setBusy(false))
  }
  /** @throws {Refused} WRONG_CODE before it is worth a call */
  const given = () => {
    const digits = normalise('certificateNumber', otp)
    if (asked?.phone !== tidy || !/^\d{6}$/.test(digits)) throw new Refused('WRONG_CODE')
    return { phone: tidy, otp: digits, challenge: asked.challenge }
  }
  return { phone, setPhone, otp, setOtp, sent: Boolean(asked), left, problem, busy, askCode, given }
}

function NewPhone(form: ReturnType<typeof useNewPhone>) {
  return (
    <Card>
      <TextField
        id="new-phone" label="新手机号" inputMode="tel" autoComplete="tel" value={form.phone}
        onChange={form.setPhone} error={form.problem}
      />
      <Box className="confirm-code">
        <Button
          kind="secondary" busy={form.busy} disabled={form.left > 0} onTap={form.askCode}
        >
          {form.left > 0 ? `${form.left} 秒后可以重新获取` : '把验证码发到新手机号'}
        </Button>
        {form.sent && <Box as="p" className="muted" role="status">验证码已发出，请查看短信。</Box>}
      </Box>
      <TextField
        id="new-otp" label="新手机号收到的验证码" hint="6 位数字" inputMode="numeric"
        autoComplete="one-time-code" value={form.otp} onChange={form.setOtp}
      />
    </Card>
  )
}

function ByIdentity(
  { onKnown }: { onKnown: (identity: { name: string; idNumber: string }) => Promise<void> },
) {
  const [name, setName] = useState('')
  const [idNumber, setIdNumber] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const go = () => {
    const identity = {
      name: normalise('name', name), idNumber: normalise('idNumber', idNumber),
    }
    const right = identity.name.length > 1 && !judge({ type: 'idNumber' }, identity.idNumber)
    setProblem(right ? undefined : '姓名和 18 位身份证号要和身份证上一样，请核对。')
    if (!right || busy) return
    setBusy(true)
    onKnown(identity)
      .catch((error: unknown) => setProblem(say(asRefused(error))))
      .finally(() => setBusy(false))
  }
  return (
    <>
      {problem && <Notice kind="error">{problem}</Notice>}
      <TextField
        id="own-name" label="姓名" autoComplete="name" value={name} onChange={setName}
      />
      <TextField
        id="own-id" label="身份证号" hint="18 位" value={idNumber} onChange={setIdNumber} onDone={go}
      />
      <Button busy={busy} onTap={go}>确认更换</Button>
    </>
  )
}
