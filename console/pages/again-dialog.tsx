/** Sending again what could not be delivered: with a reason, which is written down. */
import { Input } from 'antd'
import { Dialog, Line, useWords } from '../components/dialog'
import { useAct } from '../stores/act'

interface Said {
  requestId: string
  reason: string
}

export function AgainDialog({ title, ok, send, onDone, onClose }: {
  title: string
  ok: string
  send: (body: Said) => Promise<unknown>
  onDone: () => void
  onClose: () => void
}) {
  const words = useWords()
  const acting = useAct(send, { done: onDone, movedOn: onDone })
  const go = async () => {
    if (words.check() && await acting.act({ reason: words.text.trim() })) onClose()
  }
  return <Dialog title={title} ok={ok} busy={acting.busy} refusal={acting.failure}
    onOk={() => void go()} onClose={onClose}>
    <Line label='为什么现在再送' wrong={words.wrong}
      help='例如“公安系统 9 点已恢复”。会记入审计日志。'>
      {(own) => <Input.TextArea {...own} rows={3} maxLength={500} showCount autoFocus
        value={words.text} onChange={({ target }) => words.setText(target.value)} />}
    </Line>
  </Dialog>
}
