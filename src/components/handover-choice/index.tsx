import type { Handover } from '@core/contract/case'
import { HANDOVER_WORDS } from '@core/timeline'
import { ChoiceField } from '@/ui/fields'

const HINTS: Record<Handover, string> = {
  electronic: '办好后在手机上直接查看，和纸质的一样有效',
  window: '全部办好后，带身份证到综合窗口一次领取',
  post: '按填写的地址寄出，寄出后会通知您',
}
// the order in which they are offered; the keys of a const record
const ORDER: readonly Handover[] = ['electronic', 'window', 'post']

export interface HandoverChoiceProps {
  /** an address was given, so the results can be posted */
  post: boolean
  value: Handover | undefined
  onChange: (handover: Handover) => void
  error?: string
}

/** 统一出件: how the results should arrive. */
export function HandoverChoice({ post, value, onChange, error }: HandoverChoiceProps) {
  const offered = ORDER.filter((one) => one !== 'post' || post)
  return (
    <ChoiceField
      id="handover"
      label="办好以后怎么领取？"
      value={value ?? ''}
      options={offered.map((one) => ({ value: one, label: HANDOVER_WORDS[one], hint: HINTS[one] }))}
      error={error}
      onChange={(chosen) => {
        const handover = ORDER.find((one) => one === chosen)
        if (handover) onChange(handover)
      }}
    />
  )
}
