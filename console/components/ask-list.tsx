/** One consolidated list of what has to be corrected, each with its reason (行政许可法 §32). */
import { Button, Input } from 'antd'
import type { ReactNode } from 'react'

export interface ListedAsk {
  kind: 'field' | 'material'
  key: string
  /** 母亲的姓名 */
  label: string
  reason: string
  /** who asks it, where it is not oneself */
  from?: string
}

const USUAL = ['看不清', '填写有误', '与证件不一致', '缺页', '已过期']

interface AskListProps {
  asks: readonly ListedAsk[]
  onReason: (ask: ListedAsk, reason: string) => void
  onRemove: (ask: ListedAsk) => void
  /** tried to send: reasons that are missing are told */
  tried: boolean
  /** sentence beside the send button, the button itself */
  children: ReactNode
}

export function AskList({ asks, onReason, onRemove, tried, children }: AskListProps) {
  return <section className='asks' aria-label='补正清单'>
    <h2>补正清单（{asks.length} 处，一次告知）</h2>
    <ol>
      {asks.map((ask) => {
        const id = `reason-${ask.kind}-${ask.key}`
        const missing = tried && ask.reason.trim() === ''
        return <li key={id}>
          <label htmlFor={id}>
            {ask.label}{ask.from && <span className='quiet'>（{ask.from}提出）</span>}
          </label>
          <Input id={id} value={ask.reason} maxLength={200} placeholder='为什么要补正'
            status={missing ? 'error' : ''} aria-invalid={missing}
            aria-describedby={missing ? `${id}-wrong` : undefined}
            onChange={({ target }) => onReason(ask, target.value)} />
          <span className='usual'>
            {USUAL.map((reason) => <Button key={reason} size='small' type='text'
              aria-label={`${ask.label}：${reason}`} onClick={() => onReason(ask, reason)}>
              {reason}
            </Button>)}
          </span>
          {!ask.from && <Button size='small' aria-label={`不要求补正：${ask.label}`}
            onClick={() => onRemove(ask)}>去掉</Button>}
          {missing && <p className='wrong' id={`${id}-wrong`}>请写明理由</p>}
        </li>
      })}
    </ol>
    {children}
  </section>
}
