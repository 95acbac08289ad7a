/** 练习账号: in a training room one signs in as whomever one practises to be. */
import { ROLE_WORDS } from '@core/account'
import type { TrainingAccounts } from '@core/contract/training'
import { useState } from 'react'
import { trainingAccounts } from '../api/training'
import { Trouble } from '../components/trouble'
import { type RequestFailed, failureOf } from '../platform/request'
import { useLoaded } from '../stores/loaded'

type Account = TrainingAccounts['accounts'][number]
const ROLES = Object.keys(ROLE_WORDS) as Account['role'][] // keys of the table

/** @param onPick  given the account with the code that is good now */
export function PracticeAccounts({ onPick }: { onPick: (account: Account) => void }) {
  const { thing, failure, reload } = useLoaded(trainingAccounts)
  const [trouble, setTrouble] = useState<RequestFailed>()
  const pick = async (login: string) => {
    setTrouble(undefined)
    try {
      const { accounts } = await trainingAccounts()
      const account = accounts.find((one) => one.login === login)
      if (account) onPick(account)
      else reload()
    } catch (error) {
      setTrouble(failureOf(error))
    }
  }
  const groups = ROLES.map((role) => [
    role, thing?.accounts.filter((one) => one.role === role) ?? [],
  ] as const)
  return <section className='practice-accounts' aria-labelledby='practice-accounts'>
    <h2 id='practice-accounts'>练习账号</h2>
    <p className='quiet'>点一个，账号、密码、动态口令就填好，再点“登录”。</p>
    <Trouble refusal={failure ?? trouble} onRetry={reload} />
    {groups.map(([role, accounts]) => accounts.length > 0 && <div key={role}>
      <h3>{ROLE_WORDS[role]}</h3>
      <ul>
        {accounts.map(({ login, name }) => <li key={login}>
          <button type='button' onClick={() => void pick(login)}>
            {name.replace(/^演示·/, '')}
          </button>
        </li>)}
      </ul>
    </div>)}
  </section>
}
