import type { Handover } from '@core/contract/case'
import { HANDOVER_WORDS } from '@core/timeline'
import { ChoiceField, TextField } from '@/ui/fields'

const HINTS: Record<Handover, string> = {
  electronic: '办好后在手机上直接查看，和纸质的一样有效',
  window: '全部办好后，带身份证到综合窗口一次领取',
  post: '按填写的地址寄出，寄出后会通知您',
}
// the order in which they are offered; the keys of a const record
const ORDER: readonly Handover[] = ['electronic', 'window', 'post']
const MOST_CHARACTERS = 200

export interface HandoverChoiceProps {
  /** the form holds an address: it is not asked again */
  knowsAddress: boolean
  value: Handover | undefined
  onChange: (handover: Handover) => void
  error?: string
  postTo: string
  onPostTo: (address: string) => void
  postToError?: string
}

/** 统一出件: how the results should arrive; for the post, where to, asked once. */
export function HandoverChoice(props: HandoverChoiceProps) {
  const { knowsAddress, value, onChange, error, postTo, onPostTo, postToError } = props
  return (
    <>
      <ChoiceField
        id="handover"
        label="办好以后怎么领取？"
        value={value ?? ''}
        options={ORDER.map((one) => ({ value: one, label: HANDOVER_WORDS[one], hint: HINTS[one] }))}
        error={error}
        onChange={(chosen) => {
          const handover = ORDER.find((one) => one === chosen)
          if (handover) onChange(handover)
        }}
      />
      {value === 'post' && !knowsAddress && (
        <TextField
          id="postTo" label="收件地址" hint="写清楚县市、乡镇街道、门牌号，只用来寄结果"
          value={postTo} maxLength={MOST_CHARACTERS} error={postToError} onChange={onPostTo}
        />
      )}
    </>
  )
}
