/** A new account, or what an account is from now on. */
import type { Account, AccountActionBody, AccountBody, AccountSaved } from '@core/contract/admin'
import {
  type ManagedRole, MANAGED_ROLES, ROLE_DUTIES, ROLE_WORDS, needsDepartment,
} from '@core/account'
import { DUTIES, type Duty } from '@core/duty'
import { Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { actOnAccount, createAccount, units } from '../api/admin'
import { Dialog, Line } from '../components/dialog'
import { type RequestFailed, problemsIn } from '../platform/request'
import { useAct } from '../stores/act'
import { useLoaded } from '../stores/loaded'
import { useOffice } from '../stores/office'
import { countyOptions } from './filters'

interface Given {
  login: string
  name: string
  role: ManagedRole
  department: string | null
  region: string
  /** null: all of the role */
  duties: Duty[] | null
  idNumber: string
  reason: string
}
type Wrong = Partial<Record<keyof Given, string>>

const ROLE_OPTIONS = MANAGED_ROLES.map((value) => ({ value, label: ROLE_WORDS[value] }))
const BLANK: Given = {
  login: '', name: '', role: 'window', department: null, region: '', duties: null, idNumber: '',
  reason: '',
}

const given = ({ login, name, role, department, region, duties }: Account): Given => ({
  ...BLANK, login, name, department, region, duties,
  role: MANAGED_ROLES.find((one) => one === role) ?? BLANK.role,
})

function wrongIn(facts: Given, isNew: boolean): Wrong {
  const { login, name, role, department, region, duties, reason } = facts
  return {
    ...(isNew && !/^[a-z][a-z0-9-]{2,39}$/.test(login)
      ? { login: '3 到 40 个小写字母、数字或“-”，字母开头' } : {}),
    ...(name.trim().length < 2 ? { name: '请填写姓名' } : {}),
    ...(needsDepartment(role) && !department ? { department: '请选择部门' } : {}),
    ...(region === '' ? { region: '请选择县市' } : {}),
    ...(duties?.length === 0 ? { duties: '至少选一个岗位' } : {}),
    ...(reason.trim() === '' ? { reason: '请填写事由' } : {}),
  }
}

/** What the platform found wrong, by field. */
function toldWrong(failure: RequestFailed | undefined): Wrong {
  return Object.fromEntries(problemsIn(failure).map(({ field, text }) => [field, text]))
}

type Sent = Omit<AccountBody, 'login' | 'idNumber'> & { login?: string; idNumber?: string }

export function AccountForm({ account, onSaved, onClose }: {
  /** absent: a new one */
  account?: Account
  onSaved: (saved: AccountSaved) => void
  onClose: () => void
}) {
  const [facts, setFacts] = useState(() => (account ? given(account) : BLANK))
  const [tried, setTried] = useState(false)
  const acting = useAct((body: Sent) => (account
    ? actOnAccount(account.id, { do: 'change', ...body } as AccountActionBody)
    // the login of a new one has been checked
    : createAccount(body as AccountBody)), { done: onSaved, movedOn: () => undefined })
  const own = wrongIn(facts, !account)
  const wrong: Wrong = { ...toldWrong(acting.failure), ...(tried ? own : {}) }
  const change = (part: Partial<Given>) => {
    acting.forget()
    setFacts({ ...facts, ...part })
  }
  const send = async () => {
    setTried(true)
    if (Object.keys(own).length > 0) return
    const { login, idNumber, name, role, department, region, duties, reason } = facts
    const body = { name: name.trim(), role, department, region, duties, reason: reason.trim() }
    const fresh = { ...body, login, ...(idNumber.trim() ? { idNumber: idNumber.trim() } : {}) }
    await acting.act(account ? body : fresh)
  }
  return <Dialog title={account ? `修改账号 ${account.login}` : '新建账号'}
    ok={account ? '保存' : '新建'} busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    {!account && <Line label='账号' wrong={wrong.login} help='登录用，建好后不能改'>
      {(field) => <Input {...field} autoFocus autoComplete='off' value={facts.login}
        onChange={({ target }) => change({ login: target.value.trim() })} />}
    </Line>}
    <Line label='姓名' wrong={wrong.name}>
      {(field) => <Input {...field} autoComplete='off' value={facts.name} maxLength={50}
        onChange={({ target }) => change({ name: target.value })} />}
    </Line>
    <Place facts={facts} wrong={wrong} onChange={change} />
    <Duties facts={facts} wrong={wrong.duties} onChange={change} />
    {!account && <Line label='身份证号（可以不填）' wrong={wrong.idNumber}
      help='只用来在本人的办件上要求回避，不保存号码本身。'>
      {(field) => <Input {...field} autoComplete='off' value={facts.idNumber} maxLength={30}
        onChange={({ target }) => change({ idNumber: target.value })} />}
    </Line>}
    <Line label='事由' wrong={wrong.reason} help='会记入审计日志。'>
      {(field) => <Input {...field} value={facts.reason} maxLength={500}
        onChange={({ target }) => change({ reason: target.value })} />}
    </Line>
  </Dialog>
}

interface PartProps {
  facts: Given
  onChange: (part: Partial<Given>) => void
}

function Place({ facts, wrong, onChange }: PartProps & { wrong: Wrong }) {
  const regions = useOffice((office) => office.regions)
  const { thing } = useLoaded(units)
  const departments = (thing?.departments ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return <>
    <Line label='角色' wrong={wrong.role}>
      {({ id }) => <Select id={id} value={facts.role} options={ROLE_OPTIONS}
        onChange={(role) => onChange({
          role, duties: null, department: needsDepartment(role) ? facts.department : null,
        })} />}
    </Line>
    {needsDepartment(facts.role) && <Line label='部门' wrong={wrong.department}>
      {({ id }) => <Select id={id} showSearch optionFilterProp='label' options={departments}
        value={facts.department ?? undefined}
        onChange={(department) => onChange({ department })} />}
    </Line>}
    <Line label='县市' wrong={wrong.region}>
      {({ id }) => <Select id={id} showSearch optionFilterProp='label'
        options={countyOptions(regions)} value={facts.region || undefined}
        onChange={(region) => onChange({ region })} />}
    </Line>
  </>
}

function Duties({ facts: { role, duties }, wrong, onChange }: PartProps & {
  wrong: string | undefined
}) {
  const known = ROLE_DUTIES[role]
  if (known.length === 0) return null
  return <fieldset className='line'>
    <legend>岗位</legend>
    <Checkbox checked={duties === null}
      onChange={({ target }) => onChange({ duties: target.checked ? null : [...known] })}>
      不分岗位，都能办
    </Checkbox>
    {duties && <Checkbox.Group value={duties}
      options={known.map((value) => ({ value, label: DUTIES[value] }))}
      onChange={(chosen) => onChange({ duties: known.filter((one) => chosen.includes(one)) })} />}
    {wrong && <p className='wrong'>{wrong}</p>}
  </fieldset>
}
