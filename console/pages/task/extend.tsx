/** 延期: how long and why; a colleague with the duty of 审批 approves it. */
import type { TaskDetail } from '@core/contract/task'
import { EXTENSION_CAUSES, type ExtensionCause } from '@core/task'
import { Select } from 'antd'
import { useState } from 'react'
import { Dialog, Line, useWords } from '../../components/dialog'
import type { AskingProps } from './actions'
import { NoteLine, Reasons } from './telling'

const upTo = (most: number) => Array.from({ length: most }, (_, n) =>
  ({ value: n + 1, label: `${n + 1} 个工作日` }))

interface ExtendProps extends AskingProps {
  law: NonNullable<TaskDetail['extension']>
}

export function Extend({ law, acting, onClose }: ExtendProps) {
  const [days, setDays] = useState(law.days)
  const [cause, setCause] = useState<ExtensionCause>()
  const [tried, setTried] = useState(false)
  const note = useWords()
  const send = async () => {
    setTried(true)
    if (!note.check() || !cause) return
    const body = { do: 'propose-extension', days, cause, note: note.text.trim() } as const
    if (await acting.act(body)) onClose()
  }
  return <Dialog title='提出延期' ok='提交给审批人' busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    <p className='quiet'>依据{law.law}{law.article}，只能延长一次，理由会告知申请人。</p>
    <Line label='延长几个工作日'>
      {(own) => <Select {...own} value={days} onChange={setDays}
        options={upTo(law.days)} />}
    </Line>
    <Reasons legend='理由' names={EXTENSION_CAUSES} value={cause} missing={tried && !cause}
      onChange={setCause} />
    <NoteLine note={note} />
  </Dialog>
}
