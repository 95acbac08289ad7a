import { CASE_ENDED } from '@core/case'
import type { CaseView, Handover } from '@core/contract/case'
import { type Refused, say } from '@core/refusal'
import { HANDOVER_WORDS } from '@core/timeline'
import { useState } from 'react'
import { asRefused } from '@/api/client'
import { HandoverChoice } from '@/components/handover-choice'
import { act } from '@/stores/cases'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Card } from '@/ui/card'
import { Sheet } from '@/ui/sheet'
import { Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'

/** 统一出件: how the results arrive, changeable until they are handed over. */
export function Handing({ view }: { view: CaseView }) {
  const [chosen, setChosen] = useState<Handover>()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const save = (handover: Handover) => {
    setBusy(true)
    setRefused(undefined)
    act(view.id, { do: 'choose-handover', handover })
      .then(() => {
        setChosen(undefined)
        showToast('领取方式已更改', 'done')
      })
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => setBusy(false))
  }
  const change = !CASE_ENDED.has(view.state) && (
    <LinkButton label="更改领取方式" onTap={() => setChosen(view.handover)}>更改</LinkButton>
  )
  return (
    <Card title="领取方式" aside={change}>
      <Box as="p" className="handing">{HANDOVER_WORDS[view.handover]}</Box>
      {chosen && (
        <Sheet
          title="更改领取方式"
          onClose={() => setChosen(undefined)}
          footer={<Button busy={busy} onTap={() => save(chosen)}>保存领取方式</Button>}
        >
          {refused && <Notice kind="error">{say(refused)}</Notice>}
          <HandoverChoice
            post={view.handover === 'post'} value={chosen} onChange={setChosen}
          />
        </Sheet>
      )}
    </Card>
  )
}
