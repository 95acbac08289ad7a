/** 审核 and 审批: the values of the result document, or why not. */
import type { TaskActionBody, TaskDetail } from '@core/contract/task'
import type { Field, Topic } from '@core/contract/topic'
import { rowed } from '@core/lists'
import { Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { Dialog, Line, useWords } from '../../components/dialog'
import type { Acting } from '../../stores/act'
import { useOffice } from '../../stores/office'
import { roleTitle } from '../../words/fields'
import { countyOptions } from '../filters'

type Values = Record<string, string>

interface DecideProps {
  as: 'review' | 'approve'
  detail: TaskDetail
  topic: Topic
  acting: Acting<TaskActionBody>
  onClose: () => void
}

export function Decide({ as, detail, topic, acting, onClose }: DecideProps) {
  const { proposal } = detail
  const [propose, setPropose] = useState<'approve' | 'reject'>('approve')
  const [gives, setGives] = useState<Values>(proposal?.gives ?? {})
  const [number, setNumber] = useState(proposal?.number ?? '')
  const [tried, setTried] = useState(false)
  const reason = useWords()
  const fields = fieldsOf(topic, detail)
  const granted = as === 'approve' || propose === 'approve'
  const empty = fields.filter(({ key }) => !gives[key]?.trim())
  const send = async () => {
    setTried(true)
    if (granted ? empty.length > 0 : !reason.check()) return
    const document = {
      ...(fields.length > 0 ? { gives } : {}), ...(number.trim() ? { number: number.trim() } : {}),
    }
    const body: Parameters<typeof acting.act>[0] = as === 'approve'
      ? { do: 'approve', ...(proposal ? {} : document) }
      : { do: 'review', propose, ...(granted ? document : { reason: reason.text.trim() }) }
    if (await acting.act(body)) onClose()
  }
  const wrong = problemsOf(acting.failure?.detail.problems)
  return <Dialog title={as === 'approve' ? '办结' : '审核意见'} onOk={() => void send()} onClose={onClose}
    ok={as === 'approve' ? '办结并出具结果' : '提交给审批人'} busy={acting.busy} refusal={acting.failure}>
    {as === 'review' && <fieldset className='line'>
      <legend>建议</legend>
      <Radio.Group value={propose}
        onChange={({ target }) => setPropose(target.value === 'reject' ? 'reject' : 'approve')}
        options={[{ value: 'approve', label: '办结' }, { value: 'reject', label: '不予办理' }]} />
    </fieldset>}
    {granted ? <>
      {fields.map((field) => <Given key={field.key} field={field}
        label={`${roleTitle(topic, field)}：${field.label}`}
        value={gives[field.key] ?? ''} fixed={proposal !== null}
        wrong={wrong.get(field.key) ?? (tried && !gives[field.key]?.trim() ? '请填写' : undefined)}
        onChange={(value) => setGives({ ...gives, [field.key]: value })} />)}
      <Line label='证照或文书编号' help={proposal ? undefined : '空着就由系统编号'}>
        {(own) => <Input {...own} maxLength={60} value={number} disabled={proposal !== null}
          onChange={({ target }) => setNumber(target.value)} />}
      </Line>
    </> : <Line label='理由（写明法律依据）' wrong={reason.wrong}>
      {(own) => <Input.TextArea {...own} rows={3} maxLength={500} value={reason.text}
        onChange={({ target }) => reason.setText(target.value)} />}
    </Line>}
  </Dialog>
}

/** What an approval has to give, as the topic describes it. */
function fieldsOf(topic: Topic, { gives, form }: TaskDetail): Field[] {
  const { fields } = rowed(topic, form)
  return gives.flatMap((key) => fields.find((field) => field.key === key) ?? [])
}

/** By field, of a refusal that names them. */
function problemsOf(problems: unknown): Map<string, string> {
  if (!Array.isArray(problems)) return new Map()
  // the wire shape of FORM_PROBLEMS
  const known = problems as readonly { field: string; text: string }[]
  return new Map(known.map(({ field, text }) => [field, text]))
}

function Given({ label, field, value, fixed, wrong, onChange }: {
  label: string
  field: Field
  value: string
  /** proposed by a colleague: one agrees to it or sends it back */
  fixed: boolean
  wrong: string | undefined
  onChange: (value: string) => void
}) {
  const regions = useOffice((state) => state.regions)
  const options = field.options ?? (field.type === 'region' ? countyOptions(regions) : undefined)
  return <Line label={label} wrong={wrong} help={field.hint}>
    {(own) => (options
      ? <Select {...own} value={value || undefined} disabled={fixed} onChange={onChange}
        options={options.map((one) => ({ value: one.value, label: one.label }))} />
      : <Input {...own} value={value} disabled={fixed} maxLength={field.maxLength ?? 200}
        type={field.type === 'date' ? 'date' : 'text'} placeholder={field.example}
        onChange={({ target }) => onChange(target.value)} />)}
  </Line>
}
