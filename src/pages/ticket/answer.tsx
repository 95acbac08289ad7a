import type { TicketView } from '@core/contract/ticket'
import { say } from '@core/refusal'
import { useState } from 'react'
import { useRunning } from '@/stores/running'
import { actOn, sendReply, setReply, useTickets } from '@/stores/tickets'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { TextField } from '@/ui/fields'
import { Notice } from '@/ui/status'

const MOST_CHARACTERS = 1000

/** What I may say to it now: more about it, that it is solved, or that it is not. */
export function Answer({ view }: { view: TicketView }) {
  const { id, actions, state, above } = view
  const text = useTickets(({ replies }) => replies[id] ?? '')
  const [missing, setMissing] = useState(false)
  const { busy, refused, run } = useRunning()
  const can = (action: TicketView['actions'][number]) => actions.includes(action)
  const written = (send: () => Promise<void>) => () => {
    setMissing(!text.trim())
    if (text.trim()) run(send)
  }
  if (!can('say') && !can('reopen')) return null
  return (
    <Card title={TITLES[state] ?? '补充说明'}>
      {refused && (
        <Notice kind="error" title="还没有发出去">
          {refused.code === 'OFFLINE' || refused.code === 'TIMEOUT'
            ? '现在没有网络。写的内容存在这台手机上，联网后再点一次。' : say(refused)}
        </Notice>
      )}
      {can('confirm') && (
        <Box className="ticket-yes">
          <Button icon="check" busy={busy} onTap={() => run(() => actOn(id, { do: 'confirm' }))}>
            解决了
          </Button>
        </Box>
      )}
      <TextField
        id="ticket-reply" label={can('reopen') ? '还有什么没解决？' : '还想说什么？'} multiline
        hint={can('reopen') && above ? `没解决的，转给${above}` : undefined}
        maxLength={MOST_CHARACTERS} value={text} error={missing ? '请先写一句话。' : undefined}
        onChange={(typed) => {
          setMissing(false)
          setReply(id, typed)
        }}
      />
      <Box className="ticket-acts">
        {can('say') && (
          <Button kind="secondary" busy={busy} onTap={written(() => sendReply(id))}>
            {state === 'answered' ? '接着问' : '发送'}
          </Button>
        )}
        {can('reopen') && (
          <Button
            kind="secondary" busy={busy}
            onTap={written(() => actOn(id, { do: 'reopen', text: text.trim() }))}
          >
            没解决，重新处理
          </Button>
        )}
      </Box>
    </Card>
  )
}

const TITLES: Partial<Record<TicketView['state'], string>> = {
  answered: '答复有用吗？', closed: '没有解决？', asked: '真的解决了吗？',
}
