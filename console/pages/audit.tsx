/** 审计: who of staff did what and why. Reading it is written down too, so it asks only when told. */
import type { AuditLine, AuditedKind } from '@core/contract/admin'
import { ROLE_WORDS } from '@core/account'
import { Button, Input, Select } from 'antd'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { type AuditAsked, auditLines } from '../api/admin'
import { Line } from '../components/dialog'
import { Blank, Trouble } from '../components/trouble'
import { type RequestFailed, failureOf } from '../platform/request'
import { today } from '../stores/today'
import { momentWords } from '../words/time'

const KIND_WORDS: Record<AuditedKind, string> = {
  ...ROLE_WORDS, citizen: '申请人', anonymous: '未登录', system: '系统', outside: '部门系统',
}

interface Given {
  login: string
  kind: AuditedKind | undefined
  from: string
  to: string
}

interface Shown {
  lines: readonly AuditLine[]
  next: string | null
}

const asAsked = ({ login, kind, from, to }: Given): AuditAsked => ({
  login: login.trim() || undefined, kind, from: from || undefined, to: to || undefined,
})

export function AuditLogPage() {
  const [given, setGiven] = useState<Given>(() =>
    ({ login: '', kind: undefined, from: today(), to: today() }))
  const [shown, setShown] = useState<Shown>()
  const [failure, setFailure] = useState<RequestFailed>()
  const [busy, setBusy] = useState(false)
  const asked = useRef(asAsked(given))
  const read = async (after: string | undefined, before: readonly AuditLine[]) => {
    setBusy(true)
    setFailure(undefined)
    try {
      const { lines, next } = await auditLines(asked.current, after)
      setShown({ lines: [...before, ...lines], next })
    } catch (error) {
      setFailure(failureOf(error))
    }
    setBusy(false)
  }
  useEffect(() => {
    void read(undefined, [])
    // as the page appears; then only when asked to
  }, [])
  const ask = (event: FormEvent) => {
    event.preventDefault()
    asked.current = asAsked(given)
    void read(undefined, [])
  }
  return <div className='page'>
    <h1 className='aside'>审计</h1>
    <Asking given={given} busy={busy} onChange={setGiven} onAsk={ask} />
    {!shown && <Blank refusal={failure} onRetry={() => void read(undefined, [])} />}
    {shown && <Trouble refusal={failure} onRetry={() => void read(undefined, [])} />}
    {shown?.lines.length === 0 && <p className='blank'>没有这样的记录，换个条件试试。</p>}
    {shown && shown.lines.length > 0 && <Lines lines={shown.lines} />}
    {shown?.next && <Button loading={busy}
      onClick={() => void read(shown.next ?? undefined, shown.lines)}>再读取更早的</Button>}
  </div>
}

function Asking({ given, busy, onChange, onAsk }: {
  given: Given
  busy: boolean
  onChange: (given: Given) => void
  onAsk: (event: FormEvent) => void
}) {
  const { login, kind, from, to } = given
  const turned = from !== '' && to !== '' && from > to
  return <form className='asked card' role='search' onSubmit={onAsk}>
    <Line label='工作人员账号'>
      {(own) => <Input {...own} allowClear value={login} style={{ width: 200 }}
        onChange={({ target }) => onChange({ ...given, login: target.value })} />}
    </Line>
    <Line label='谁的操作'>
      {({ id }) => <Select id={id} allowClear placeholder='全部' value={kind} style={{ width: 150 }}
        onChange={(value: AuditedKind | undefined) => onChange({ ...given, kind: value })}
        options={Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }))} />}
    </Line>
    <Line label='从哪天' wrong={turned ? '不能晚于后面那天' : undefined}>
      {(own) => <Input {...own} type='date' max={today()} value={from}
        onChange={({ target }) => onChange({ ...given, from: target.value })} />}
    </Line>
    <Line label='到哪天'>
      {(own) => <Input {...own} type='date' max={today()} value={to}
        onChange={({ target }) => onChange({ ...given, to: target.value })} />}
    </Line>
    <Button type='primary' htmlType='submit' loading={busy} disabled={turned}>查询</Button>
    <span className='quiet'>每次查询也会记入审计日志。</span>
  </form>
}

function Lines({ lines }: { lines: readonly AuditLine[] }) {
  return <section className='card scroll' aria-label='审计日志'>
    <table className='tasks'>
      <thead><tr>
        <th scope='col'>时间</th><th scope='col'>谁</th><th scope='col'>账号</th>
        <th scope='col'>角色</th><th scope='col'>做了什么</th><th scope='col'>对象</th>
        <th scope='col'>事由</th><th scope='col'>结果</th>
      </tr></thead>
      <tbody>{lines.map((line) => <tr key={line.id}>
        <th scope='row' className='number'>{momentWords(line.at)}</th>
        <td>{line.name}</td>
        <td>{line.login ?? '—'}</td>
        <td>{KIND_WORDS[line.kind]}</td>
        <td>{line.what}</td>
        <td className='number'>{line.about}</td>
        <td>{line.why}</td>
        <td className={line.result === 'ok' ? '' : 'late'}>
          {line.result === 'ok' ? '成功' : line.result}
        </td>
      </tr>)}</tbody>
    </table>
  </section>
}
