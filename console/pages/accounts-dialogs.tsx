/** What an account is reset, shut or opened with, and the credentials that are shown once. */
import type { Account, AccountAction, AccountSaved, Credentials } from '@core/contract/admin'
import { Button, Input, Modal } from 'antd'
import { actOnAccount } from '../api/admin'
import { Dialog, Line, useWords } from '../components/dialog'
import { useAct } from '../stores/act'

export type Doing = Exclude<AccountAction, 'change'>

export const DOING_WORDS: Record<AccountAction, string> = {
  change: '修改', reset: '重置', disable: '停用', enable: '启用',
}
const MEANS: Record<Doing, string> = {
  reset: '密码和动态口令都会换新的，旧的立即失效，正在用的会话退出。请先核实是本人。',
  disable: '正在用的会话立即退出，以后不能登录。办过的事都留着。',
  enable: '用原来的密码和动态口令就能登录。',
}

export function ReasonDialog({ doing, account: { id, login, name }, onSaved, onClose }: {
  doing: Doing
  account: Account
  onSaved: (saved: AccountSaved) => void
  onClose: () => void
}) {
  const words = useWords()
  const acting = useAct((body: { requestId: string; do: Doing; reason: string }) =>
    actOnAccount(id, body), { done: onSaved, movedOn: () => undefined })
  const send = async () => {
    if (words.check()) await acting.act({ do: doing, reason: words.text.trim() })
  }
  return <Dialog title={`${DOING_WORDS[doing]}账号 ${login}（${name}）`} ok={DOING_WORDS[doing]}
    danger={doing === 'disable'} busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    <p>{MEANS[doing]}</p>
    <Line label='事由' wrong={words.wrong} help='会记入审计日志。'>
      {(own) => <Input.TextArea {...own} rows={3} maxLength={500} showCount autoFocus
        value={words.text} onChange={({ target }) => words.setText(target.value)} />}
    </Line>
  </Dialog>
}

const GROUP = 4

/** Closed only by its button: what stands here is nowhere else. */
export function CredentialsDialog({ login, credentials: { password, totpSecret }, onClose }: {
  login: string
  credentials: Credentials
  onClose: () => void
}) {
  const grouped = totpSecret.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join(' ') ?? totpSecret
  return <Modal open title='请当面交给本人' closable={false} maskClosable={false} keyboard={false}
    footer={<Button type='primary' onClick={onClose}>已经交给本人</Button>}>
    <p>下面的内容只显示这一次。首次登录要设新密码，三天内不登录就要重新发。</p>
    <dl className='facts once'>
      <div><dt>账号</dt><dd className='number'>{login}</dd></div>
      <div><dt>一次性密码</dt><dd><code>{password}</code></dd></div>
      <div><dt>动态口令密钥</dt><dd><code>{grouped}</code></dd></div>
    </dl>
    <p className='quiet'>在手机验证器里选“手动输入密钥”，类型选“基于时间”。</p>
  </Modal>
}
