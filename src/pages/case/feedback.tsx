import type { AnswerKind } from '@core/rectification'
import type { RectificationView } from '@core/contract/rating'
import { type Refused, say } from '@core/refusal'
import { dayWords } from '@core/timeline'
import { useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useState } from 'react'
import { asRefused } from '@/api/client'
import { momentWords } from '@/components/moment'
import { refreshRating, reply, useRatings } from '@/stores/ratings'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { TextField } from '@/ui/fields'
import { Sheet } from '@/ui/sheet'
import { Notice, Tag, type Tone } from '@/ui/status'
import { showToast } from '@/ui/toast'

/** 差评整改: who puts it right, until when, what they answered; the citizen has the last word. */
export function Feedback({ caseId }: { caseId: string }) {
  const rectifications = useRatings(({ byCase }) => byCase[caseId]?.rectifications) ?? []
  const look = useCallback(() => {
    refreshRating(caseId).catch(asRefused) // the next look tries again
  }, [caseId])
  useDidShow(look)
  // The card comes with the case, after its page was shown.
  useEffect(look, [look])
  return (
    <>
      {rectifications.map((one) => <Rectification key={one.id} one={one} />)}
    </>
  )
}

const STATES: Record<RectificationView['state'], { tone: Tone; label: string }> = {
  open: { tone: 'active', label: '等待联系您' },
  contacted: { tone: 'active', label: '正在整改' },
  answered: { tone: 'active', label: '督查核实中' },
  confirmed: { tone: 'warn', label: '请您看答复' },
  closed: { tone: 'plain', label: '已结束' },
}

const KINDS: Record<AnswerKind, string> = {
  fixed: '已经整改', explained: '情况说明', appealed: '对评价有异议',
}

function Rectification({ one }: { one: RectificationView }) {
  const { about, by, state, contactBy, answerBy, answer, late, round, actions } = one
  const due = state === 'open' ? `${dayWords(contactBy)}前联系您` : `${dayWords(answerBy)}前答复`
  const waiting = state === 'open' || state === 'contacted'
  const facts = [
    { term: '评价的是', value: about },
    { term: '由谁整改', value: by },
    ...(waiting ? [{ term: '时限', value: due }] : []),
  ]
  return (
    <Card
      title={round > 1 ? `不满意整改（第 ${round} 次）` : '不满意整改'}
      aside={<Tag tone={STATES[state].tone}>{STATES[state].label}</Tag>}
    >
      <Facts facts={facts} />
      {late && waiting && <Notice kind="warn">已超过时限，督查部门正在督办。</Notice>}
      {answer && (
        <Notice kind="info" title={KINDS[answer.kind]}>
          <Box as="p">{answer.text}</Box>
          <Box as="p" className="muted">{`${answer.by}，${momentWords(answer.at)}`}</Box>
        </Notice>
      )}
      {one.outcome && <Box as="p">{OUTCOMES[one.outcome]}</Box>}
      {actions.length > 0 && <Verdict id={one.id} />}
    </Card>
  )
}

const OUTCOMES: Record<NonNullable<RectificationView['outcome']>, string> = {
  satisfied: '您对整改满意，这件事已结束。',
  unsatisfied: '您对整改仍不满意，已记录并计入公开数据。可以打 12345 继续反映。',
  lapse: '您没有回复，这件事已按期结束。',
}

const MOST_CHARACTERS = 500

function Verdict({ id }: { id: string }) {
  const [asking, setAsking] = useState(false)
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const tell = (verdict: 'satisfied' | 'unsatisfied') => {
    setBusy(true)
    setRefused(undefined)
    reply(id, { do: verdict, ...(note.trim() ? { note: note.trim() } : {}) })
      .then(() => showToast('已收到您的回复', 'done'))
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => {
        setBusy(false)
        setAsking(false)
      })
  }
  return (
    <>
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      <Box className="pair">
        <Button kind="secondary" busy={busy} onTap={() => tell('satisfied')}>满意</Button>
        <Button kind="secondary" busy={busy} onTap={() => setAsking(true)}>仍不满意</Button>
      </Box>
      {asking && (
        <Sheet
          title="还有哪里没解决？" onClose={() => setAsking(false)}
          footer={<Button busy={busy} onTap={() => tell('unsatisfied')}>提交：仍不满意</Button>}
        >
          <TextField
            id="unsolved" label="想说的话" optional multiline maxLength={MOST_CHARACTERS}
            value={note} onChange={setNote}
          />
        </Sheet>
      )}
    </>
  )
}
