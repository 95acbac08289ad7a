import { Box, LabelFor, Words } from '@/ui/box'
import type { FieldProps } from '@/ui/fields'
import { Icon } from '@/ui/icon'
import { DateInput } from '@/ui/input'
import { TimeInput } from './time-input'

export interface DatetimeFieldProps extends FieldProps {
  id: string
  label: string
  /** 'YYYY-MM-DD HH:mm'; while one half is missing, the other half alone */
  value: string
  onChange: (value: string) => void
}

/** A day and a time of day, in Beijing time: two controls of one field. */
export function DatetimeField(props: DatetimeFieldProps) {
  const { id, label, value, hint, error, optional, source, onChange } = props
  const day = /^\d{4}-\d\d-\d\d/.exec(value)?.[0] ?? ''
  const time = /\d\d:\d\d$/.exec(value)?.[0] ?? ''
  const told = [hint, source].filter(Boolean).join('。')
  const described = [told ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  const shared = { describedBy: described || undefined, invalid: Boolean(error) }
  return (
    <Box as="fieldset" className={`field ${error ? 'field-wrong' : ''}`}>
      <Box as="legend" className="field-label">
        <Words>{label}</Words>
        {optional && <Words className="field-optional">选填</Words>}
      </Box>
      {told && <Box as="p" className="field-hint" id={`${id}-hint`}>{told}</Box>}
      {error && (
        <Box as="p" className="field-error" id={`${id}-error`}>
          <Icon name="alert" />
          <Words>{error}</Words>
        </Box>
      )}
      <Box className="datetime">
        <Box className="datetime-date">
          <LabelFor field={id} className="part-label">日期</LabelFor>
          <DateInput
            {...shared} id={id} label={`${label}的日期`} value={day}
            onChange={(chosen) => onChange(`${chosen} ${time}`.trim())}
          />
        </Box>
        <Box className="datetime-time">
          <LabelFor field={`${id}-time`} className="part-label">时间</LabelFor>
          <TimeInput
            {...shared} id={`${id}-time`} label={`${label}的时间`} value={time}
            onChange={(chosen) => onChange(`${day} ${chosen}`.trim())}
          />
        </Box>
      </Box>
    </Box>
  )
}
