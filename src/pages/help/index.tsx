import { type TicketKind, TICKET_KINDS } from '@core/ticket'
import { KIND_WORDS } from '@core/ticket-words'
import { useRouter } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { CountyField } from '@/components/county-field'
import { HelpLine } from '@/components/help-line'
import { goBack, goTo } from '@/platform/navigation'
import { useMe } from '@/stores/account'
import { recallHelp, useTickets, writeHelp } from '@/stores/tickets'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Card, CardLink, Facts } from '@/ui/card'
import { ErrorSummary } from '@/ui/error-summary'
import { ChoiceField, TextField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { AnswersFirst } from './answers-first'
import { useAbout } from './use-about'
import { NotSent, useSending } from './use-sending'
import { Visiting } from './visiting'
import './index.scss'

const MOST_CHARACTERS = 1000
const HINTS: Record<TicketKind, string> = {
  inquiry: '想问什么就写什么，比如“孩子在外地出生，回来上户口要带什么”',
  assistance: '写清楚要办什么、人在哪里、什么时候方便。工作人员按您登录的手机号联系您',
  unresolved: '写清楚办什么事、去过几次、对方怎么说。不用写身份证号',
}

const HOW = [
  { value: 'call', label: '打电话帮我', hint: '工作人员打您登录的手机号' },
  { value: 'visit', label: '到家里来帮我', hint: '走不动、不会用手机的，约个时间上门' },
]

type Step = 'kind' | 'write' | 'answers' | 'visit'

/** 找人帮忙: which help, what it is, our own answers first, then a person. One thing a screen. */
export default function HelpPage() {
  const { kind: given } = useRouter<{ kind?: string }>().params
  const chosen = TICKET_KINDS.find((one) => one === given)
  const { signedIn, me } = useMe()
  const draft = useTickets((state) => state.draft)
  const { opening } = useAbout()
  const [step, setStep] = useState<Step>(chosen ? 'write' : 'kind')
  useEffect(() => {
    recallHelp()
    if (chosen) writeHelp({ kind: chosen })
    if (opening && !useTickets.getState().draft.text) writeHelp({ text: opening })
  }, [chosen, me, opening])
  const kind = draft.kind ?? chosen
  const next = () => setStep(kind === 'inquiry' ? 'answers' : 'visit')
  if (step === 'kind' || !kind) {
    return <Choosing kind={kind} signedIn={signedIn} onNext={() => setStep('write')} />
  }
  if (step === 'write') {
    return (
      <Writing
        kind={kind} onBack={chosen ? goBack : () => setStep('kind')} onNext={next}
      />
    )
  }
  if (step === 'visit') return <Visiting onBack={() => setStep('write')} />
  return <Answering kind={kind} onBack={() => setStep('write')} />
}

function Choosing({ kind, signedIn, onNext }: {
  kind: TicketKind | undefined
  signedIn: boolean
  onNext: () => void
}) {
  const [tries, setTries] = useState(0)
  const error = tries > 0 && !kind ? '请选一种。' : undefined
  const go = () => {
    if (kind) onNext()
    else setTries(tries + 1)
  }
  return (
    <Page
      title="找人帮忙" heading={false} wrong={error !== undefined} onBack={goBack}
      help={<HelpLine atHelp />}
    >
      {error && <ErrorSummary key={tries} problems={[{ field: 'help-kind', text: error }]} />}
      <ChoiceField
        id="help-kind" label="要哪种帮忙？" asHeading value={kind ?? ''} error={error}
        options={TICKET_KINDS.map((value) => ({
          value, label: KIND_WORDS[value].name, hint: KIND_WORDS[value].hint,
        }))}
        onChange={(value) => writeHelp({ kind: TICKET_KINDS.find((one) => one === value) })}
      />
      <Button onTap={go}>下一步</Button>
      {signedIn && <LinkButton onTap={() => goTo('tickets')}>看我提过的求助</LinkButton>}
    </Page>
  )
}

interface StepProps {
  kind: TicketKind
  onBack: () => void
}

function Writing({ kind, onBack, onNext }: StepProps & { onNext: () => void }) {
  const { text, regionCode, visit } = useTickets((state) => state.draft)
  const { facts, fixedCounty, topicId } = useAbout()
  const { busy, refused, label, send } = useSending(kind)
  const [tries, setTries] = useState(0)
  const error = tries > 0 && !text.trim() ? '请写下您的问题。' : undefined
  const goesOn = kind === 'inquiry' || (kind === 'assistance' && visit !== undefined)
  const go = () => {
    if (!text.trim()) setTries(tries + 1)
    else if (goesOn) onNext()
    else send()
  }
  return (
    <Page
      title={KIND_WORDS[kind].name} wrong={error !== undefined} onBack={onBack}
      help={<HelpLine atHelp />}
      footer={<Button busy={busy} onTap={go}>{goesOn ? '下一步' : label}</Button>}
    >
      {error && <ErrorSummary key={tries} problems={[{ field: 'help-text', text: error }]} />}
      {refused && <NotSent refused={refused} />}
      {kind === 'assistance' && (
        <CardLink
          title="把申请交给认识的人办" note="给他一个代办码，他在自己手机上帮您填，随时可以撤销"
          icon="person" onTap={() => goTo('entrust', { topic: topicId })}
        />
      )}
      {facts.length > 0 && <Card title="关于"><Facts facts={facts} /></Card>}
      <TextField
        id="help-text" label="发生了什么？" hint={HINTS[kind]} multiline
        maxLength={MOST_CHARACTERS} value={text} error={error}
        onChange={(typed) => writeHelp({ text: typed })}
      />
      {kind === 'assistance' && (
        <ChoiceField
          id="help-how" label="怎么帮您？" value={visit ? 'visit' : 'call'} options={HOW}
          onChange={(how) => writeHelp({ visit: how === 'visit' ? visit ?? {} : undefined })}
        />
      )}
      {!fixedCounty && (
        <CountyField
          value={regionCode} onChange={(code) => writeHelp({ regionCode: code })}
        />
      )}
      <Box as="p" className="help-told">
        写的内容只给答复的人看，加密保存。没发出去以前存在这台手机上。
      </Box>
    </Page>
  )
}

function Answering({ kind, onBack }: StepProps) {
  const { text } = useTickets((state) => state.draft)
  const { topicId } = useAbout()
  const { busy, refused, label, send } = useSending(kind)
  return (
    <Page
      title="也许这些能帮到您" onBack={onBack}
      help={<HelpLine atHelp />}
      footer={<Button busy={busy} onTap={send}>{label}</Button>}
    >
      {refused && <NotSent refused={refused} />}
      <AnswersFirst asked={text.trim()} topicId={topicId} />
    </Page>
  )
}
