/** 一次性补正: one consolidated list; outside the notice, or again, only with a legal reason. */
import type { CaseActionBody, NoticeView } from '@core/contract/case'
import type { Topic } from '@core/contract/topic'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { AskList } from '../../components/ask-list'
import { Line } from '../../components/dialog'
import type { Acting } from '../../stores/act'
import type { Asks } from '../../stores/asks'
import { roleTitle } from '../../words/fields'

const LEAST_REASON = 5

interface RoundProps {
  asks: Asks
  acting: Acting<CaseActionBody>
  topic: Topic
  notice: NoticeView | undefined
  /** a round was told before */
  again: boolean
}

export function Round({ asks, acting, topic, notice, again }: RoundProps) {
  const [override, setOverride] = useState('')
  const [tried, setTried] = useState(false)
  const listed = {
    field: new Set(notice?.fields.map(({ key }) => key)),
    material: new Set(notice?.materials.map(({ key }) => key)),
  }
  const beyond = asks.asks.some(({ kind, key }) => !listed[kind].has(key))
  const needsReason = again || beyond
  const missing = needsReason && override.trim().length < LEAST_REASON
  const send = async () => {
    setTried(true)
    const ready = asks.ready()
    if (!ready || missing) return
    const reason = needsReason ? { override: override.trim() } : {}
    if (await acting.act({ do: 'return', asks: ready, ...reason })) asks.clear()
  }
  const others = [
    ...topic.fields.map((one) => ({ ...one, kind: 'field' as const, name: one.label })),
    ...topic.materials.map((one) => ({ ...one, kind: 'material' as const })),
  ].filter(({ kind, key }) => !listed[kind].has(key))
  return <AskList asks={asks.asks} tried={asks.tried} onReason={asks.setReason}
    onRemove={asks.remove}>
    <div className='asks-send'>
      {needsReason && <Line label={again ? '再次补正的法定理由' : '告知单以外的法定理由'}
        help='会登记并公开统计次数' wrong={tried && missing ? `至少写 ${LEAST_REASON} 个字` : undefined}>
        {(own) => <Input {...own} value={override} maxLength={500}
          onChange={({ target }) => setOverride(target.value)} />}
      </Line>}
      <Select aria-label='告知单以外的内容' placeholder='告知单以外的内容（要写法定理由）' value={null}
        showSearch optionFilterProp='label' style={{ width: 260 }}
        options={others.map((one) => ({
          value: `${one.kind} ${one.key}`, label: `${roleTitle(topic, one)}：${one.name}`,
        }))}
        onChange={(value: string | null) => {
          const one = others.find(({ kind, key }) => `${kind} ${key}` === value)
          if (one) asks.toggle({ ...one, label: `${roleTitle(topic, one)}：${one.name}` })
        }} />
      <Button onClick={asks.clear}>清空</Button>
      <Button type='primary' loading={acting.busy} onClick={() => void send()}>发出补正通知</Button>
    </div>
  </AskList>
}
