import type { CounterView } from '@core/contract/counter'
import { useState } from 'react'
import { leaveCounter } from '@/stores/counter'
import { useSession } from '@/stores/session'
import { Box, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/confirm'
import { Icon } from '@/ui/icon'

/** At the window, on every page: for whom, and the end that wipes everything. */
export function CounterBar() {
  const counter = useSession((state) => state.counter)
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  if (!counter) return null
  const leave = () => {
    setBusy(true)
    void leaveCounter().finally(() => setBusy(false))
  }
  return (
    <Box className="offline acting-for">
      <Icon name="person" />
      <Box className="ending-text">
        <Words>{wordsOf(counter)}</Words>
        <Button kind="secondary" compact onTap={() => setAsking(true)}>结束</Button>
      </Box>
      {asking && (
        <Confirm
          title="结束窗口代办？"
          text={counter.purpose === 'rate'
            ? '没有提交的评价不会保留。'
            : '没有提交的内容和照片会从这台电脑上清空，不能恢复。已经提交的不受影响。'}
          yes="结束并清空" danger busy={busy} onNo={() => setAsking(false)} onYes={leave}
        />
      )}
    </Box>
  )
}

function wordsOf({ purpose, applicant, queueTicket }: CounterView): string {
  const what = purpose === 'rate' ? '窗口评价' : '窗口代办'
  return `${what}：申请人 ${applicant}${queueTicket ? ` · 排队号 ${queueTicket}` : ''}`
}
