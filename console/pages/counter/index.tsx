/** 窗口代办申报: opens the citizen's own forms for somebody who stands at the window. */
import type { CounterSession } from '@core/contract/counter'
import { hasDuty } from '@core/duty'
import { Alert, Button } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { filings, openFiling } from '../../api/counter'
import { CounterLink } from '../../components/counter-link'
import { counterHref } from '../../platform/address'
import { useAct } from '../../stores/act'
import { useLoaded } from '../../stores/loaded'
import { useSession } from '../../stores/session'
import { FilingForm } from './form'
import { FilingList } from './list'

const LOOK_MS = 30_000

export function CounterPage() {
  const duties = useSession(({ session }) => session?.staff.duties ?? null)
  const load = useCallback(() => filings(), [])
  const listed = useLoaded(load)
  const { reload } = listed
  const [opened, setOpened] = useState<CounterSession>()
  const acting = useAct(openFiling, {
    done: (session) => {
      setOpened(session)
      reload()
    },
    movedOn: reload,
  })
  // The filing goes on in another tab: what came of it shows on coming back.
  useEffect(() => {
    const timer = setInterval(reload, LOOK_MS)
    window.addEventListener('focus', reload)
    return () => {
      clearInterval(timer)
      window.removeEventListener('focus', reload)
    }
  }, [reload])
  return <div className='page'>
    <h1 className='aside'>窗口代办申报</h1>
    <div className='two counter'>
      <section className='card' aria-labelledby='counter-new'>
        <h2 id='counter-new'>新的代办</h2>
        {!hasDuty(duties, 'accept')
          ? <Alert type='info' showIcon message='窗口代办由有受理岗位的同事办理。' />
          : opened
            ? <Opened session={opened} onNext={() => setOpened(undefined)} />
            : <FilingForm acting={acting} />}
      </section>
      <section className='card' aria-labelledby='counter-list'>
        <h2 id='counter-list'>我今天开的代办</h2>
        <FilingList listed={listed} />
      </section>
    </div>
  </div>
}

function Opened({ session, onNext }: { session: CounterSession; onNext: () => void }) {
  const { applicant, phone, token } = session
  return <div className='counter-opened' role='status'>
    <p>已为 <strong>{applicant}</strong> 打开代办，两小时内有效。请和申请人一起填写，由申请人核对、签名。</p>
    <p className='quiet'>
      {phone ? `办理进度会发短信到 ${phone}。` : '没有登记手机号，请打印回执交给申请人。'}
    </p>
    <div className='actions'>
      <CounterLink href={counterHref(token)} name='打开申请表' />
      <Button onClick={onNext}>下一位</Button>
    </div>
  </div>
}
