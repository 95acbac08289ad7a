/** What the department may do with a task now; the platform says what, this says how. */
import type { TaskActionBody, TaskDetail } from '@core/contract/task'
import type { Topic } from '@core/contract/topic'
import { PAUSE_REASONS, type PauseReason, type TaskAction } from '@core/task'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ConfirmButton } from '../../components/confirm-button'
import { Dialog, Line, useWords } from '../../components/dialog'
import { useKeys } from '../../components/keys'
import type { Acting } from '../../stores/act'
import { TASK_ACTION_WORDS } from '../../words/states'
import { Decide } from './decide'
import { Extend } from './extend'
import { NoteLine, Reasons } from './telling'

interface ActionsProps {
  detail: TaskDetail
  topic: Topic
  acting: Acting<TaskActionBody>
}

/** In the order of the buttons; `request-correction` is begun by marking a field. */
const ORDER: readonly TaskAction[] = [
  'receive', 'resume', 'review', 'approve', 'extend', 'reject', 'send-back', 'pause',
  'propose-extension',
]
const MAIN: ReadonlySet<TaskAction> = new Set(['receive', 'resume', 'review', 'approve', 'extend'])

const QUESTIONS = {
  resume: '法定程序已经结束，恢复计时？', 'send-back': '退回给经办人重新审核？',
  extend: '同意延期？申请人会收到延期告知书。',
}

export function TaskActions({ detail, topic, acting }: ActionsProps) {
  const [open, setOpen] = useState<TaskAction>()
  const shown = ORDER.filter((action) => detail.actions.includes(action))
  const close = () => {
    acting.forget()
    setOpen(undefined)
  }
  const begin = (action: TaskAction | undefined) => {
    if (action === 'receive') void acting.act({ do: 'receive' })
    else if (action) setOpen(action)
  }
  useKeys({ a: () => begin(shown[0]) })
  return <>
    {shown.map((action) => {
      if (action === 'resume' || action === 'send-back' || action === 'extend') {
        return <ConfirmButton key={action} name={TASK_ACTION_WORDS[action]} busy={acting.busy}
          type={MAIN.has(action) ? 'primary' : 'default'} open={open === action}
          question={QUESTIONS[action]}
          onOpen={(is) => setOpen(is ? action : undefined)}
          onConfirm={() => void acting.act({ do: action })} />
      }
      return <Button key={action} type={MAIN.has(action) ? 'primary' : 'default'}
        danger={action === 'reject'} loading={acting.busy && action === 'receive'}
        onClick={() => begin(action)}>{TASK_ACTION_WORDS[action]}</Button>
    })}
    {(open === 'approve' || open === 'review') && <Decide as={open} detail={detail} topic={topic}
      acting={acting} onClose={close} />}
    {open === 'reject' && <Reject detail={detail} acting={acting} onClose={close} />}
    {open === 'pause' && <Pause acting={acting} onClose={close} />}
    {open === 'propose-extension' && detail.extension && <Extend law={detail.extension}
      acting={acting} onClose={close} />}
  </>
}

export interface AskingProps {
  acting: Acting<TaskActionBody>
  onClose: () => void
}

function Reject({ detail, acting, onClose }: AskingProps & { detail: TaskDetail }) {
  const reason = useWords(detail.proposal?.reason ?? '')
  const send = async () => {
    if (!reason.check()) return
    if (await acting.act({ do: 'reject', reason: reason.text.trim() })) onClose()
  }
  return <Dialog title='不予办理' ok='不予办理' danger busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    <p className='quiet'>会告知申请人，并自动报备为一件“办不成事”。</p>
    <Line label='理由（写明法律依据）' wrong={reason.wrong}>
      {(own) => <Input.TextArea {...own} rows={3} maxLength={500} value={reason.text} autoFocus
        onChange={({ target }) => reason.setText(target.value)} />}
    </Line>
  </Dialog>
}

function Pause({ acting, onClose }: AskingProps) {
  const [reason, setReason] = useState<PauseReason>()
  const [tried, setTried] = useState(false)
  const note = useWords()
  const send = async () => {
    setTried(true)
    if (!note.check() || !reason) return
    if (await acting.act({ do: 'pause', reason, note: note.text.trim() })) onClose()
  }
  return <Dialog title='暂停计时' ok='暂停计时' busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    <Reasons legend='法定理由（行政许可法第四十五条）' names={PAUSE_REASONS} value={reason}
      missing={tried && !reason} onChange={setReason} />
    <NoteLine note={note} />
  </Dialog>
}
