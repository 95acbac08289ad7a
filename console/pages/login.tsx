import { Alert, Button, Input } from 'antd'
import { type FormEvent, useRef, useState } from 'react'
import { Line } from '../components/dialog'
import { Trouble } from '../components/trouble'
import { go, useAddress } from '../platform/address'
import { type RequestFailed, failureOf } from '../platform/request'
import { type Ended, signIn } from '../stores/session'
import { PracticeAccounts } from './login-accounts'

const ENDED_WORDS: Readonly<Record<string, string>> = {
  left: '已退出。',
  idle: '很久没有操作，已自动退出。登录后回到刚才的页面。',
  expired: '登录已过期，请重新登录。登录后回到刚才的页面。',
} satisfies Record<Ended, string>

interface Given {
  login: string
  password: string
  totp: string
  /** asked for once the platform says that the password is good for one sign-in */
  chosen: string
  again: string
}
type Wrong = Partial<Given>
const NOTHING: Given = { login: '', password: '', totp: '', chosen: '', again: '' }

function wrongIn({ login, password, totp, chosen, again }: Given, choosing: boolean): Wrong {
  return {
    ...(choosing && chosen.length < 8 ? { chosen: '新密码至少 8 位' } : {}),
    ...(choosing && chosen !== again ? { again: '两次填写的不一样' } : {}),
    ...(login.trim().length < 2 ? { login: '请填写账号' } : {}),
    ...(password.length < 8 ? { password: password === '' ? '请填写密码' : '密码至少 8 位' } : {}),
    ...(/^\d{6}$/.test(totp) ? {} : { totp: '请填写验证器上的 6 位数字' }),
  }
}

export function LoginPage({ training }: { training: boolean }) {
  const { path, query } = useAddress()
  const [given, setGiven] = useState<Given>(NOTHING)
  const [wrong, setWrong] = useState<Wrong>({})
  const [failure, setFailure] = useState<RequestFailed>()
  const [busy, setBusy] = useState(false)
  const [choosing, setChoosing] = useState(false)
  const enter = useRef<HTMLButtonElement>(null)
  const told = ENDED_WORDS[query.get('ended') ?? '']
  const change = (part: Partial<Given>) => {
    setGiven({ ...given, ...part })
    setWrong({ ...wrong, ...Object.fromEntries(Object.keys(part).map((key) => [key, undefined])) })
  }
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const faults = wrongIn(given, choosing)
    setWrong(faults)
    if (Object.keys(faults).length > 0 || busy) return
    setBusy(true)
    setFailure(undefined)
    try {
      const { login, password, totp, chosen } = given
      const newPassword = choosing ? chosen : undefined
      await signIn({ login: login.trim(), password, totp, newPassword })
      go(backFrom(path, query), { instead: true })
    } catch (error) {
      const refused = failureOf(error)
      setFailure(refused)
      if (refused.code === 'NEW_PASSWORD') setChoosing(true)
      // a code counts once
      setGiven({ ...given, totp: '' })
      setBusy(false)
    }
  }
  return <main className={training ? 'login with-accounts' : 'login'}>
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
      {choosing && <NewPassword given={given} wrong={wrong} onChange={change} />}
      <Line label='动态口令' wrong={wrong.totp} help='手机验证器上的 6 位数字，30 秒换一次'>
        {(own) => <Input {...own} inputMode='numeric' maxLength={6} autoComplete='one-time-code'
          value={given.totp}
          onChange={({ target }) => change({ totp: target.value.replace(/\D/g, '') })} />}
      </Line>
      <Button type='primary' htmlType='submit' block loading={busy} ref={enter}>登录</Button>
    </form>
    {training && <PracticeAccounts onPick={({ login, password, totp }) => {
      change({ login, password, totp })
      enter.current?.focus()
    }} />}
  </main>
}

function NewPassword({ given, wrong, onChange }: {
  given: Given
  wrong: Wrong
  onChange: (part: Partial<Given>) => void
}) {
  return <>
    <Line label='新密码' wrong={wrong.chosen}
      help='至少 8 位，不用常见密码，不含账号和单位名称；几个词连在一起最好记。'>
      {(own) => <Input {...own} type='password' autoComplete='new-password' value={given.chosen}
        autoFocus onChange={({ target }) => onChange({ chosen: target.value })} />}
    </Line>
    <Line label='再填一次新密码' wrong={wrong.again}>
      {(own) => <Input {...own} type='password' autoComplete='new-password' value={given.again}
        onChange={({ target }) => onChange({ again: target.value })} />}
    </Line>
  </>
}

/** Only a page of ours. */
function backFrom(path: string, query: URLSearchParams): string {
  const back = query.get('back')
  if (back?.startsWith('/') && !back.startsWith('//')) return back
  return path === '/' ? '/' : path
}
