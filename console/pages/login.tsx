import { Alert, Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { Line } from '../components/dialog'
import { Trouble } from '../components/trouble'
import { go, useAddress } from '../platform/address'
import { type RequestFailed, failureOf } from '../platform/request'
import { type Ended, signIn } from '../stores/session'

const ENDED_WORDS: Readonly<Record<string, string>> = {
  left: '已退出。',
  idle: '很久没有操作，已自动退出。登录后回到刚才的页面。',
  expired: '登录已过期，请重新登录。登录后回到刚才的页面。',
} satisfies Record<Ended, string>

interface Given {
  login: string
  password: string
  totp: string
}
type Wrong = Partial<Given>

function wrongIn({ login, password, totp }: Given): Wrong {
  return {
    ...(login.trim().length < 2 ? { login: '请填写账号' } : {}),
    ...(password.length < 8 ? { password: password === '' ? '请填写密码' : '密码至少 8 位' } : {}),
    ...(/^\d{6}$/.test(totp) ? {} : { totp: '请填写验证器上的 6 位数字' }),
  }
}

export function LoginPage() {
  const { path, query } = useAddress()
  const [given, setGiven] = useState<Given>({ login: '', password: '', totp: '' })
  const [wrong, setWrong] = useState<Wrong>({})
  const [failure, setFailure] = useState<RequestFailed>()
  const [busy, setBusy] = useState(false)
  const told = ENDED_WORDS[query.get('ended') ?? '']
  const change = (part: Partial<Given>) => {
    setGiven({ ...given, ...part })
    setWrong({ ...wrong, ...Object.fromEntries(Object.keys(part).map((key) => [key, undefined])) })
  }
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const faults = wrongIn(given)
    setWrong(faults)
    if (Object.keys(faults).length > 0 || busy) return
    setBusy(true)
    setFailure(undefined)
    try {
      await signIn({ ...given, login: given.login.trim() })
      go(backFrom(path, query), { instead: true })
    } catch (error) {
      setFailure(failureOf(error))
      // a code counts once
      setGiven({ ...given, totp: '' })
      setBusy(false)
    }
  }
  return <main className='login'>
    <h1>一件事工作台</h1>
    <p className='quiet'>综合窗口、部门、效能监督人员登录</p>
    <form onSubmit={(event) => void send(event)} noValidate>
      {told && !failure && <Alert type='info' showIcon message={told} />}
      <Trouble refusal={failure} />
      <Line label='账号' wrong={wrong.login}>
        {(own) => <Input {...own} autoComplete='username' value={given.login} autoFocus
          onChange={({ target }) => change({ login: target.value })} />}
      </Line>
      <Line label='密码' wrong={wrong.password}>
        {(own) => <Input {...own} type='password' autoComplete='current-password'
          value={given.password} onChange={({ target }) => change({ password: target.value })} />}
      </Line>
      <Line label='动态口令' wrong={wrong.totp} help='手机验证器上的 6 位数字，30 秒换一次'>
        {(own) => <Input {...own} inputMode='numeric' maxLength={6} autoComplete='one-time-code'
          value={given.totp}
          onChange={({ target }) => change({ totp: target.value.replace(/\D/g, '') })} />}
      </Line>
      <Button type='primary' htmlType='submit' block loading={busy}>登录</Button>
    </form>
  </main>
}

/** Only a page of ours. */
function backFrom(path: string, query: URLSearchParams): string {
  const back = query.get('back')
  if (back?.startsWith('/') && !back.startsWith('//')) return back
  return path === '/' ? '/' : path
}
