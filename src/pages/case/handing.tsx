import { CASE_ENDED } from '@core/case'
import type { CaseView, Handover } from '@core/contract/case'
import { LEAST_ADDRESS, canPost } from '@core/handover'
import { say } from '@core/refusal'
import { HANDOVER_WORDS } from '@core/timeline'
import { useState } from 'react'
import { getCaseContent } from '@/api/cases'
import { HandoverChoice } from '@/components/handover-choice'
import { act } from '@/stores/cases'
import { useRunning } from '@/stores/running'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Card } from '@/ui/card'
import { Sheet } from '@/ui/sheet'
import { Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'

interface Choice {
  handover: Handover
  postTo: string
  /** the form holds an address already */
  knowsAddress: boolean
}

/** 统一出件: how the results arrive, changeable until they are handed over. */
export function Handing({ view }: { view: CaseView }) {
  const [choice, setChoice] = useState<Choice>()
  const [missing, setMissing] = useState<string>()
  const { busy, refused, run } = useRunning()
  const begin = async () => {
    const { form, postTo = '' } = await getCaseContent(view.id)
    setMissing(undefined)
    setChoice({ handover: view.handover, postTo, knowsAddress: canPost(form) })
  }
  const save = ({ handover, postTo, knowsAddress }: Choice) => {
    const given = handover === 'post' && !knowsAddress ? postTo.trim() : ''
    const lacks = handover === 'post' && !knowsAddress && given.length < LEAST_ADDRESS
    setMissing(lacks ? '请填写收件地址。' : undefined)
    if (lacks) return
    run(async () => {
      await act(view.id, { do: 'choose-handover', handover, ...(given ? { postTo: given } : {}) })
      setChoice(undefined)
      showToast('领取方式已更改', 'done')
    })
  }
  const change = !CASE_ENDED.has(view.state) && (
    <LinkButton label="更改领取方式" onTap={() => run(begin)}>更改</LinkButton>
  )
  return (
    <Card title="领取方式" aside={change}>
      <Box as="p" className="handing">{HANDOVER_WORDS[view.handover]}</Box>
      {refused && !choice && <Notice kind="error">{say(refused)}</Notice>}
      {choice && (
        <Sheet
          title="更改领取方式"
          onClose={() => setChoice(undefined)}
          footer={<Button busy={busy} onTap={() => save(choice)}>保存领取方式</Button>}
        >
          {refused && <Notice kind="error">{say(refused)}</Notice>}
          <HandoverChoice
            knowsAddress={choice.knowsAddress}
            value={choice.handover} onChange={(handover) => setChoice({ ...choice, handover })}
            postTo={choice.postTo} onPostTo={(postTo) => setChoice({ ...choice, postTo })}
            postToError={missing}
          />
        </Sheet>
      )}
    </Card>
  )
}
