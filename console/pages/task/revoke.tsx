/** 撤销: the department takes back what it issued, for good. */
import type { ResultActionBody } from '@core/contract/case'
import { titled } from '@core/titled'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { actOnResult } from '../../api/tasks'
import { Dialog, Line, useWords } from '../../components/dialog'
import { useAct } from '../../stores/act'

export function Revoke({ id, name, onDone }: { id: string; name: string; onDone: () => void }) {
  const [open, setOpen] = useState(false)
  const reason = useWords()
  const acting = useAct((body: ResultActionBody) => actOnResult(id, body), {
    done: onDone, movedOn: onDone,
  })
  const close = () => {
    acting.forget()
    setOpen(false)
  }
  const send = async () => {
    if (!reason.check()) return
    if (await acting.act({ do: 'revoke', reason: reason.text.trim() })) close()
  }
  return <>
    <Button danger onClick={() => setOpen(true)}>撤销结果</Button>
    {open && <Dialog title={`撤销${titled(name)}`} ok='撤销结果' danger busy={acting.busy}
      refusal={acting.failure} onOk={() => void send()} onClose={close}>
      <p className='quiet'>撤销以后不能恢复。会告知申请人理由和救济途径，扫码核验时显示“已撤销”。</p>
      <Line label='理由（写明法律依据，申请人会看到）' wrong={reason.wrong}>
        {(own) => <Input.TextArea {...own} rows={3} maxLength={500} value={reason.text} autoFocus
          onChange={({ target }) => reason.setText(target.value)} />}
      </Line>
    </Dialog>}
  </>
}
