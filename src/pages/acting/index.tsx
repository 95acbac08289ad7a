import type { MandateView, Mandates } from '@core/contract/mandate'
import { PRINCIPAL_WORDS } from '@core/mandate'
import { say } from '@core/refusal'
import { useRouter } from '@tarojs/taro'
import { useCallback, useEffect, useState } from 'react'
import { useInSight } from '@/stores/in-sight'
import { STATE_WORDS, principalWords, scopeFacts } from '@/components/mandate-words'
import { asRefused } from '@/api/client'
import { getMandates, revokeMandate } from '@/api/mandates'
import { goBack, goTo } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { useLoaded } from '@/stores/loaded'
import { usePersona } from '@/stores/persona'
import { token } from '@/stores/session'
import { STUCK_WORDS, forgetEnded, switchTo } from '@/stores/switching'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card, CardLink, Facts } from '@/ui/card'
import { Confirm } from '@/ui/confirm'
import { Page } from '@/ui/page'
import { Empty, Loading, Notice, Tag } from '@/ui/status'
import { showToast } from '@/ui/toast'
import { Adding } from './adding'
import { TakingCode } from './taking-code'
import './index.scss'

const NONE: Mandates = { mine: [], given: [] }

/** 我帮谁办: whom I act for, switching, and the three ways to begin. */
export default function ActingPage() {
  const { code } = useRouter<{ code?: string }>().params
  const welcome = useGuard({ page: 'acting', params: { code }, inSight: useInSight() })
  const [step, setStep] = useState<'list' | 'code' | 'child' | 'company'>(code ? 'code' : 'list')
  const back = () => setStep('list')
  if (!welcome) return <Page title="我帮谁办" onBack={goBack}><Loading /></Page>
  if (step === 'code') return <TakingCode code={code ?? ''} onBack={back} />
  if (step === 'child' || step === 'company') return <Adding kind={step} onBack={back} />
  return <List onStep={setStep} />
}

function List({ onStep }: { onStep: (step: 'code' | 'child' | 'company') => void }) {
  const load = useCallback(async () => (token() ? getMandates() : NONE), [])
  const { value, refused } = useLoaded(load)
  const [after, setAfter] = useState<Mandates>()
  const mine = (after ?? value)?.mine
  useEffect(() => {
    if (mine) forgetEnded(mine)
  }, [mine])
  const live = mine?.filter(({ state }) => state === 'live') ?? []
  const over = mine?.filter(({ state }) => state !== 'live') ?? []
  return (
    <Page
      title="我帮谁办" onBack={goBack}
      lead="换成谁，看到的、填的、提交的就都是谁的。各人的内容分开存，不会混。"
    >
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      {!mine && !refused && <Loading />}
      {mine && live.length === 0 && (
        <Empty title="还没有替别人办事" note="可以添加孩子、企业，或者输入别人给您的代办码。" />
      )}
      {live.map((one) => <LiveCard key={one.id} mandate={one} onChanged={setAfter} />)}
      <Box as="h2" className="card-title acting-title">添加</Box>
      <CardLink title="添加我的孩子" note="凭户口簿或出生医学证明核对" onTap={() => onStep('child')} />
      <CardLink title="添加我的企业" note="凭营业执照核对法定代表人" onTap={() => onStep('company')} />
      <CardLink
        title="输入代办码" note="家里老人、配偶或客户委托您时给的码" onTap={() => onStep('code')}
      />
      <CardLink title="请人帮我办" note="反过来，委托别人" onTap={() => goTo('entrust')} />
      {over.length > 0 && <Box as="h2" className="card-title acting-title">已经结束的</Box>}
      {over.map((one) => (
        <Card
          key={one.id} title={principalWords(one)}
          aside={<Tag tone={STATE_WORDS[one.state].tone}>{STATE_WORDS[one.state].words}</Tag>}
        >
          <Facts facts={scopeFacts(one)} />
        </Card>
      ))}
    </Page>
  )
}

function LiveCard({ mandate, onChanged }: {
  mandate: MandateView
  onChanged: (after: Mandates) => void
}) {
  const here = usePersona(({ acting }) => acting?.mandateId === mandate.id)
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState<'switch' | 'end'>()
  const [problem, setProblem] = useState<string>()
  const name = principalWords(mandate)
  const change = () => {
    setBusy('switch')
    switchTo(here ? undefined : mandate)
      .then((stuck) => stuck && setProblem(STUCK_WORDS[stuck]))
      .finally(() => setBusy(undefined))
  }
  const end = async () => {
    setBusy('end')
    try {
      if (here) await switchTo(undefined)
      onChanged(await revokeMandate(mandate.id))
      showToast('已结束', 'done')
    } catch (error) {
      setProblem(say(asRefused(error)))
    } finally {
      setBusy(undefined)
      setAsking(false)
    }
  }
  return (
    <Card
      title={name}
      aside={here ? <Tag tone="active">正在办</Tag> : <Tag tone="good">有效</Tag>}
    >
      {problem && <Notice kind="error">{problem}</Notice>}
      {mandate.unread > 0 && <Box as="p">{`有 ${mandate.unread} 条没读的消息`}</Box>}
      <Facts facts={scopeFacts(mandate)} />
      <Button
        label={here ? '换回本人' : `换成${name}`} busy={busy === 'switch'} onTap={change}
      >
        {here ? '换回本人' : `替${PRINCIPAL_WORDS[mandate.kind]}办`}
      </Button>
      <Button
        kind="quiet" label={`不再替${name}办`} onTap={() => setAsking(true)}
      >
        {mandate.proof === null ? '办好了，交还' : '不再代办'}
      </Button>
      {asking && (
        <Confirm
          title={`不再替${name}办？`} yes="结束代办" danger busy={busy === 'end'}
          text="马上结束，对方会收到通知。已经填的、提交的都还在对方那里。"
          onYes={() => void end()} onNo={() => setAsking(false)}
        />
      )}
    </Card>
  )
}
