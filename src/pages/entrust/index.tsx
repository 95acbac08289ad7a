import type { Mandates, Offered } from '@core/contract/mandate'
import { say } from '@core/refusal'
import { useRouter } from '@tarojs/taro'
import { useCallback, useState } from 'react'
import { useInSight } from '@/stores/in-sight'
import { STATE_WORDS, agentWords, scopeFacts } from '@/components/mandate-words'
import { momentWords } from '@/components/moment'
import { asRefused } from '@/api/client'
import { getMandates, revokeMandate } from '@/api/mandates'
import { goBack, goTo } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { useLoaded } from '@/stores/loaded'
import { token } from '@/stores/session'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { Confirm } from '@/ui/confirm'
import { Page } from '@/ui/page'
import { Empty, Loading, Notice, Tag } from '@/ui/status'
import { showToast } from '@/ui/toast'
import { CodeShown } from './code-shown'
import { Entrusting } from './entrusting'
import './index.scss'

const NONE: Mandates = { mine: [], given: [] }
type Mandate = Mandates['given'][number]

/** 请人帮我办: who may act for me and for those I stand for; making it, taking it back. */
export default function EntrustPage() {
  const { topic } = useRouter<{ topic?: string }>().params
  const welcome = useGuard({ page: 'entrust', params: { topic }, inSight: useInSight() })
  const [step, setStep] = useState<'list' | 'new'>(topic ? 'new' : 'list')
  const [offered, setOffered] = useState<Offered>()
  const load = useCallback(async () => (token() ? getMandates() : NONE), [])
  const { value, refused, again } = useLoaded(load)
  if (!welcome) return <Page title="请人帮我办" onBack={goBack}><Loading /></Page>
  if (offered) {
    return (
      <CodeShown
        offered={offered}
        onDone={() => {
          setOffered(undefined)
          setStep('list')
          again()
        }}
      />
    )
  }
  if (step === 'new') {
    return (
      <Entrusting
        topicId={topic} wards={value?.mine ?? []} onBack={() => setStep('list')}
        onOffered={setOffered}
      />
    )
  }
  return (
    <List given={value?.given} refused={refused && say(refused)} onNew={() => setStep('new')} />
  )
}

function List({ given: loaded, refused, onNew }: {
  given: readonly Mandate[] | undefined
  refused: string | undefined
  onNew: () => void
}) {
  const [after, setAfter] = useState<readonly Mandate[]>()
  const given = after ?? loaded
  const open = given?.filter(({ state }) => state === 'live' || state === 'offered') ?? []
  const over = given?.filter(({ state }) => state !== 'live' && state !== 'offered') ?? []
  return (
    <Page
      title="请人帮我办" onBack={goBack} lead="您说了算：办哪件事、办到哪一步、到什么时候，随时撤销。"
      footer={<Button onTap={onNew}>委托一个人</Button>}
    >
      {refused && <Notice kind="error">{refused}</Notice>}
      {!given && !refused && <Loading />}
      {given && open.length === 0 && (
        <Empty title="还没有委托别人" note="委托以后，对方在自己的手机上帮您填，您随时看得到。" />
      )}
      {open.map((one) => <Given key={one.id} mandate={one} onChanged={setAfter} />)}
      {over.length > 0 && <Box as="h2" className="card-title entrust-title">已经结束的</Box>}
      {over.map((one) => <Given key={one.id} mandate={one} onChanged={setAfter} />)}
      {given && given.length > 0 && (
        <LinkButton onTap={() => goTo('access-log')}>看看他们做了什么</LinkButton>
      )}
    </Page>
  )
}

function Given({ mandate, onChanged }: {
  mandate: Mandate
  onChanged: (given: readonly Mandate[]) => void
}) {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { words, tone } = STATE_WORDS[mandate.state]
  const open = mandate.state === 'live' || mandate.state === 'offered'
  // A guardian's bond rests on a certificate; the one it is for does not end it here.
  const mayEnd = open && mandate.proof === null
  const name = agentWords(mandate)
  const end = () => {
    setBusy(true)
    revokeMandate(mandate.id)
      .then(({ given }) => {
        onChanged(given)
        showToast('已撤销', 'done')
      })
      .catch((error: unknown) => setProblem(say(asRefused(error))))
      .finally(() => {
        setBusy(false)
        setAsking(false)
      })
  }
  return (
    <Card title={name} aside={<Tag tone={tone}>{words}</Tag>}>
      {problem && <Notice kind="error">{problem}</Notice>}
      <Facts facts={[
        { term: '替谁办', value: mandate.principal },
        ...scopeFacts(mandate),
        ...(mandate.state === 'offered' && mandate.codeUntil
          ? [{ term: '代办码', value: `${momentWords(mandate.codeUntil)} 前有效` }] : []),
        ...(mandate.revokedAt ? [{ term: '结束', value: momentWords(mandate.revokedAt) }] : []),
      ]}
      />
      {mayEnd && (
        <Button kind="secondary" label={`撤销委托：${name}`} onTap={() => setAsking(true)}>
          撤销委托
        </Button>
      )}
      {asking && (
        <Confirm
          title="撤销这份委托？" yes="撤销委托" danger busy={busy}
          text="马上生效：对方再也看不到您的内容。已经填的还在您的申请里。"
          onYes={end} onNo={() => setAsking(false)}
        />
      )}
    </Card>
  )
}
