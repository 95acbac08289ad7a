import { useState } from 'react'
import { useRouter } from '@tarojs/taro'
import { makePlan } from '@core/plan'
import { answerLabels } from '@core/question'
import { QuestionCard } from '@/components/question-card'
import { FillingGate } from '@/components/filling-gate'
import { MovedNotice } from '@/components/moved-notice'
import { SaveState, SAVE_STATE_ID } from '@/components/save-state'
import { useSteps } from '@/components/use-steps'
import { StuckLink } from '@/components/stuck-link'
import { focusOn } from '@/platform/focus'
import { goTo, startOver } from '@/platform/navigation'
import { answer, draftOf, resolveConflict } from '@/stores/drafts'
import { type Filling, useFilling } from '@/stores/filling'
import { useLookedAt, useMoved, useMovedNotice } from '@/stores/moved'
import { useSession } from '@/stores/session'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Facts } from '@/ui/card'
import { ErrorSummary } from '@/ui/error-summary'
import { Page } from '@/ui/page'
import { Notice, Steps, Tag } from '@/ui/status'

const TOP = 'question-top'
const SUMMARY = 'summary'

/** 情形引导: one question a screen, then what was answered. */
export default function Questions() {
  const { params } = useRouter()
  const topicId = params.topic ?? ''
  const { filling, refused } = useFilling(topicId)
  if (!filling) return <FillingGate title="情况确认" refused={refused} />
  return <Answering filling={filling} asked={params.question} from={params.from} />
}

interface AnsweringProps {
  filling: Filling
  /** the question one came to change */
  asked: string | undefined
  /** where one came from to change it: straight back there (U8) */
  from: string | undefined
}

function Answering({ filling, asked, from }: AnsweringProps) {
  const { plan, topic } = filling
  const walk = useSteps('questions', () => wayTo(filling, asked), () => {
    setTries(0)
    setTimeout(() => focusOn(TOP))
  })
  const { at, show } = walk
  const [changing, setChanging] = useState(asked !== undefined)
  const [tries, setTries] = useState(0)
  const signedIn = useSession(({ token }) => token !== undefined)
  const moved = useMoved(filling)
  useLookedAt(filling, [at])
  const index = plan.questions.findIndex(({ id }) => id === at)
  const question = plan.questions[index]
  const back = () => {
    setChanging(false)
    if (from) walk.leave()
    else walk.back()
  }
  if (plan.stops.length > 0 && !question) {
    return <Stopped filling={filling} onBack={back} />
  }
  if (!question) {
    const change = (id: string) => {
      setChanging(true)
      show(id)
    }
    return <Answers filling={filling} onBack={back} onChange={change} />
  }
  const go = () => {
    // As it stands after this tap, which this render does not know yet.
    const after = makePlan(topic, draftOf(topic.id)?.body ?? filling.draft.body)
    if (after.answers[question.id] === undefined) {
      setTries(tries + 1)
      return
    }
    const onward = changing ? after.next : after.questions[index + 1]
    if (from && !onward && after.stops.length === 0) {
      walk.leave()
      return
    }
    setChanging(false)
    show(after.stops.length > 0 ? SUMMARY : onward?.id ?? SUMMARY)
  }
  const give = (value: string) => answer(topic.id, { [question.id]: value })
  const error = tries > 0 && plan.answers[question.id] === undefined ? '请选一项再继续。' : undefined
  return (
    <Page
      title={question.ask} heading={false} onBack={back} wrong={Boolean(error)}
      footer={(question.many || signedIn) && (
        <Foot filling={filling} signedIn={signedIn} onGo={question.many ? go : undefined} />
      )}
    >
      <Box id={TOP} focusable>
        <Steps
          at={index + 1} of={plan.questions.length}
          label={question.many ? undefined : '点一项就到下一题'}
        />
      </Box>
      {moved?.fresh.has(question.id) && <Tag tone="active">有变化，请看一遍</Tag>}
      {error && <ErrorSummary key={tries} problems={[{ field: question.id, text: error }]} />}
      <QuestionCard
        key={question.id} question={question} value={plan.answers[question.id] ?? ''} error={error}
        onChange={give}
        onPick={(value) => {
          give(value)
          go()
        }}
      />
    </Page>
  )
}

/** Who comes back later comes by the questions before; who changes one comes straight to it. */
function wayTo({ plan }: Filling, asked: string | undefined) {
  const start = asked ?? plan.next?.id ?? SUMMARY
  const ids = plan.questions.map(({ id }) => id)
  if (asked) return { start, before: [] }
  return { start, before: start === SUMMARY ? ids : ids.slice(0, ids.indexOf(start)) }
}

/** No button where the answers themselves lead on. */
function Foot({ filling: { topic, draft }, signedIn, onGo }: {
  filling: Filling
  signedIn: boolean
  onGo: (() => void) | undefined
}) {
  return (
    <>
      {(draft.saved === 'conflict' || signedIn) && (
        <SaveState
          draft={draft} signedIn={signedIn}
          onResolve={(keep) => void resolveConflict(topic.id, keep)}
        />
      )}
      {onGo && (
        <Button onTap={onGo} describedBy={signedIn ? SAVE_STATE_ID : undefined}>继续</Button>
      )}
    </>
  )
}

function Answers({ filling, onBack, onChange }: {
  filling: Filling
  onBack: () => void
  onChange: (id: string) => void
}) {
  const { plan, topic } = filling
  const news = useMovedNotice(filling)
  const facts = plan.questions.map((question) => ({
    term: question.ask,
    value: answerLabels(question, plan.answers[question.id]).join('、') || undefined,
    action: (
      <LinkButton label={`修改：${question.ask}`} onTap={() => onChange(question.id)}>修改</LinkButton>
    ),
  }))
  return (
    <Page
      title="核对您的情况" onBack={onBack}
      lead={`按这些情况，共 ${plan.items.length} 项要办。`}
      footer={(
        <Button
          onTap={() => {
            if (plan.next) onChange(plan.next.id)
            else goTo('notice', { topic: topic.id })
          }}
        >
          {plan.next ? '回答剩下的问题' : '查看一次告知单'}
        </Button>
      )}
    >
      {news && <MovedNotice {...news} advice="请核对下面的情况。" />}
      <Box id={TOP} focusable className="card"><Facts facts={facts} /></Box>
      {plan.notices.map(({ id, text }) => <Notice key={id} kind="info">{text}</Notice>)}
    </Page>
  )
}

function Stopped({ filling, onBack }: { filling: Filling; onBack: () => void }) {
  const [stop] = filling.plan.stops
  if (!stop) return null
  return (
    <Page
      title={stop.title} onBack={onBack}
      footer={(
        <Box className="stack">
          <Button onTap={onBack}>返回修改情况</Button>
          <Button kind="secondary" onTap={() => startOver()}>回到首页</Button>
        </Box>
      )}
    >
      <Box id={TOP} focusable>
        <Box as="p" className="page-lead">{stop.text}</Box>
        <Notice kind="info" title="您可以这样做" action={<StuckLink />}>{stop.next}</Notice>
      </Box>
    </Page>
  )
}
