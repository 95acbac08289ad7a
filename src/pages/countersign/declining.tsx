import { type Refused, say } from '@core/refusal'
import { useState } from 'react'
import { Button } from '@/ui/button'
import { TextField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'

const MOST_CHARACTERS = 200

/** 不同意: why, told to whoever asked. */
export function Declining({ applicant, busy, refused, decline, onBack }: {
  applicant: string
  busy: boolean
  refused: Refused | undefined
  decline: (reason: string) => void
  onBack: () => void
}) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const send = () => {
    const said = reason.trim()
    setMissing(said === '')
    if (said) decline(said)
  }
  return (
    <Page
      title="不同意签名"
      lead={`${applicant} 会看到您写的原因。没有您的签名，这份申请不能提交。`}
      wrong={missing}
      onBack={onBack}
      footer={<Button kind="danger" busy={busy} onTap={send}>确定不同意</Button>}
    >
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      <TextField
        id="reason" label="为什么不同意" multiline maxLength={MOST_CHARACTERS}
        hint="例如：地址写错了；我不知道这件事" value={reason} onChange={setReason}
        error={missing ? '请写一句原因，对方才知道怎么改。' : undefined}
      />
      <Button kind="quiet" onTap={onBack}>返回，再看看内容</Button>
    </Page>
  )
}
