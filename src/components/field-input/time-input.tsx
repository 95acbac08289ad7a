import { Picker } from '@tarojs/components'
import { Box, Words } from '@/ui/box'
import { Icon } from '@/ui/icon'
import type { ControlProps } from '@/ui/input'

/** A time of day, HH:mm. */
export function TimeInput({ id, label, value, onChange, describedBy }: ControlProps) {
  return (
    <Picker
      id={id}
      mode="time"
      value={value}
      aria-label={label}
      aria-describedby={describedBy}
      onChange={(event) => onChange(String(event.detail.value))}
    >
      <Box className="input input-picker" role="button">
        <Words className={value ? '' : 'muted'}>{value || '请选择'}</Words>
        <Icon name="clock" />
      </Box>
    </Picker>
  )
}
