import type { CounterView } from '@core/contract/counter'
import { say } from '@core/refusal'
import { useState } from 'react'
import { asRefused } from '@/api/client'
import { handToPhone, leaveCounter } from '@/stores/counter'
import { useDrafts } from '@/stores/drafts'
import { useSession } from '@/stores/session'
import { useUploads } from '@/stores/uploads'
import { Box, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/confirm'
import { Icon } from '@/ui/icon'
import { showToast } from '@/ui/toast'
import './index.scss'

/** At the window, on every page: for whom, and the ends: on to their phone, or everything wiped. */
export function CounterBar() {
  const counter = useSession((state) => state.counter)
  const [asking, setAsking] = useState<'end' | 'move'>()
  const begun = useDrafts(({ byTopic }) => (byTopic[counter?.topicId ?? '']?.changedAt ?? 0) > 0)
  if (!counter) return null
  const close = () => setAsking(undefined)
  return (
    <Box className="offline acting-for">
      <Icon name="person" />
      <Box className="ending-text counter-text">
        <Words>{wordsOf(counter)}</Words>
        <Box className="counter-acts">
          {begun && (
            <Button kind="secondary" compact onTap={() => setAsking('move')}>
              转到手机上接着办
            </Button>
          )}
          <Button kind="secondary" compact onTap={() => setAsking('end')}>结束</Button>
        </Box>
      </Box>
      {asking === 'end' && <Ending counter={counter} onClose={close} />}
      {asking === 'move' && <Moving counter={counter} onClose={close} />}
    </Box>
  )
}

interface AskingProps {
  counter: CounterView
  onClose: () => void
}

function Ending({ counter, onClose }: AskingProps) {
  const [busy, setBusy] = useState(false)
  const leave = () => {
    setBusy(true)
    void leaveCounter().finally(() => setBusy(false))
  }
  return (
    <Confirm
      title="结束窗口代办？" text={lostWords(counter)}
      yes="结束并清空" danger busy={busy} onNo={onClose} onYes={leave}
    />
  )
}

function lostWords({ purpose, pickedUp }: CounterView): string {
  if (purpose === 'rate') return '没有提交的评价不会保留。'
  return '没有提交的内容和照片会从这台电脑上清空，不能恢复。已经提交的不受影响。'
    + (pickedUp ? '申请人手机上原来填的还在。' : '')
}

const MOVE_WORDS = '这里填的内容和传好的照片会成为申请人自己的草稿，保留 60 天，短信会告诉申请人到哪里接着填。'
  + '这台电脑上不留内容。'

/** What stands against it is said here, and everything stays. */
function Moving({ counter: { topicId }, onClose }: AskingProps) {
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const sending = useUploads(({ shots }) =>
    shots.some((shot) => shot.topicId === topicId && shot.state.is !== 'done'))
  const move = () => {
    if (sending) return setWrong('还有照片没有传完，传完再转。')
    setBusy(true)
    handToPhone(topicId)
      .then(() => showToast('已转到申请人手机上', 'done'))
      .catch((error: unknown) => setWrong(say(asRefused(error))))
      .finally(() => setBusy(false))
  }
  return (
    <Confirm
      title="转到手机上接着办？" text={wrong ?? MOVE_WORDS} yes="转过去" busy={busy}
      onNo={onClose} onYes={move}
    />
  )
}

function wordsOf({ purpose, applicant, queueTicket, pickedUp }: CounterView): string {
  const what = purpose === 'rate' ? '窗口评价' : '窗口代办'
  const begun = pickedUp ? ' · 接着手机上填的办' : ''
  return `${what}：申请人 ${applicant}${queueTicket ? ` · 排队号 ${queueTicket}` : ''}${begun}`
}
