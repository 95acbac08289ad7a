/** 账号: who may come in, as what, where; made, changed and shut with a reason. */
import type { Account, AccountSaved, Credentials } from '@core/contract/admin'
import { MANAGED_ROLES, ROLE_WORDS } from '@core/account'
import { DUTIES } from '@core/duty'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { accounts } from '../api/admin'
import { StateTag } from '../components/tags'
import { Blank, Trouble } from '../components/trouble'
import { useAddress } from '../platform/address'
import { listing } from '../stores/listing'
import { momentWords } from '../words/time'
import { AccountForm } from './accounts-form'
import { type Doing, CredentialsDialog, ReasonDialog, DOING_WORDS } from './accounts-dialogs'
import { useFilters } from './filters'

const TABS = { active: '在用', disabled: '已停用' } as const
type Tab = keyof typeof TABS
const TAB_IDS = Object.keys(TABS) as Tab[] // keys of the table
const ROLE_OPTIONS = Object.entries(ROLE_WORDS).map(([value, label]) => ({ value, label }))

const accountListing = listing<Account>(async (asked, part) => {
  const [tab, role] = asked.split(' ')
  const page = await accounts({ disabled: tab === 'disabled', role: role || undefined, ...part })
  return { rows: page.accounts, next: page.next }
})

type Open =
  | { is: 'new' }
  | { is: 'change'; account: Account }
  | { is: Doing; account: Account }
  | { is: 'credentials'; account: Account; credentials: Credentials }

export function AccountsPage() {
  const { query } = useAddress()
  const tab = TAB_IDS.find((one) => one === query.get('state')) ?? 'active'
  const { given: { q, role }, to } = useFilters('/accounts', tab, ['q', 'role'])
  const listed = accountListing.use(`${tab} ${role}`)
  const [open, setOpen] = useState<Open>()
  const rows = listed.rows.filter(({ login, name, unit }) =>
    [login, name, unit].some((text) => text.includes(q.trim())))
  const saved = ({ account, credentials }: AccountSaved) => {
    listed.reload()
    setOpen(credentials ? { is: 'credentials', account, credentials } : undefined)
  }
  return <div className='page'>
    <h1 className='aside'>账号</h1>
    <div className='tabs' role='group' aria-label='按状态看'>
      {TAB_IDS.map((one) => <button key={one} type='button' aria-pressed={one === tab}
        onClick={() => to({ state: one })}>{TABS[one]}</button>)}
    </div>
    <div className='filters' role='search'>
      <Input allowClear value={q} aria-label='账号、姓名或单位' placeholder='账号、姓名或单位'
        onChange={({ target }) => to({ q: target.value })} style={{ width: 240 }} />
      <Select allowClear aria-label='哪个角色' placeholder='哪个角色' style={{ minWidth: 160 }}
        value={role || undefined} options={ROLE_OPTIONS}
        onChange={(value: string | undefined) => to({ role: value })} />
      <span className='gap' />
      <span className='quiet' role='status'>{listed.at && `${rows.length} 个`}</span>
      <Button onClick={listed.reload}>刷新</Button>
      <Button type='primary' onClick={() => setOpen({ is: 'new' })}>新建账号</Button>
    </div>
    {listed.at === undefined ? <Blank refusal={listed.failure} onRetry={listed.reload} /> : <>
      <Trouble refusal={listed.failure} onRetry={listed.reload} />
      {rows.length === 0 ? <p className='blank'>{listed.rows.length > 0 || role
        ? '没有符合条件的，换个条件试试。' : `没有${TABS[tab]}的账号。`}</p>
        : <AccountTable rows={rows} onOpen={setOpen} />}
      {listed.next && <Button loading={listed.busy} onClick={listed.more}>再读取后面的</Button>}
    </>}
    <Opened open={open} onSaved={saved} onClose={() => setOpen(undefined)} />
  </div>
}

function Opened({ open, onSaved, onClose }: {
  open: Open | undefined
  onSaved: (saved: AccountSaved) => void
  onClose: () => void
}) {
  if (!open) return null
  switch (open.is) {
    case 'new': return <AccountForm onSaved={onSaved} onClose={onClose} />
    case 'change':
      return <AccountForm account={open.account} onSaved={onSaved} onClose={onClose} />
    case 'credentials':
      return <CredentialsDialog login={open.account.login} credentials={open.credentials}
        onClose={onClose} />
    default:
      return <ReasonDialog doing={open.is} account={open.account} onSaved={onSaved}
        onClose={onClose} />
  }
}

function AccountTable({ rows, onOpen }: {
  rows: readonly Account[]
  onOpen: (open: Open) => void
}) {
  return <section className='card scroll' aria-label='账号'>
    <table className='tasks'>
      <thead><tr>
        <th scope='col'>账号</th><th scope='col'>姓名</th><th scope='col'>角色</th>
        <th scope='col'>单位</th><th scope='col'>岗位</th><th scope='col'>最近登录</th>
        <th scope='col'>操作</th>
      </tr></thead>
      <tbody>{rows.map((account) => <tr key={account.id}>
        <th scope='row'>{account.login}</th>
        <td>{account.name}</td>
        <td>{ROLE_WORDS[account.role]}</td>
        <td>{account.unit}</td>
        <td>{account.duties?.map((duty) => DUTIES[duty]).join('、') ?? '不分岗位'}</td>
        <td><SignedIn account={account} /></td>
        <td><Actions account={account} onOpen={onOpen} /></td>
      </tr>)}</tbody>
    </table>
  </section>
}

function SignedIn({ account: { signedInAt, passwordOnceUntil } }: { account: Account }) {
  if (passwordOnceUntil) return <StateTag name='等本人首次登录' tone='waiting' />
  return <span className='number'>{signedInAt ? momentWords(signedInAt) : '没有登录过'}</span>
}

function Actions({ account, onOpen }: { account: Account; onOpen: (open: Open) => void }) {
  const { actions, role, login } = account
  if (actions.length === 0) {
    return <span className='quiet'>
      {MANAGED_ROLES.some((one) => one === role) ? '—' : '由运维人员管理'}
    </span>
  }
  return <span className='actions'>
    {actions.map((is) => <Button key={is} size='small' danger={is === 'disable'}
      aria-label={`${DOING_WORDS[is]} ${login}`}
      onClick={() => onOpen({ is, account })}>{DOING_WORDS[is]}</Button>)}
  </span>
}
