/** The controls themselves, without label or error: fields.tsx puts those around them. */
import { Input, Picker, Textarea, View } from '@tarojs/components'
import { useMemo } from 'react'
import { Box, Words } from './box'
import { useFrame } from './frame'
import { inOneLine } from './helped-elements'
import { Icon } from './icon'
import { Worded } from './worded'

export interface ControlProps {
  id: string
  /** The label, for the screen readers of the mini-program. */
  label: string
  value: string
  onChange: (value: string) => void
  describedBy?: string
  invalid?: boolean
  disabled?: boolean
}

export interface TextInputProps extends ControlProps {
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel'
  /** An HTML autofill token such as `name`, `tel` or `one-time-code`. */
  autoComplete?: string
  maxLength?: number
  multiline?: boolean
  onDone?: () => void
}

export interface Option {
  value: string
  label: string
  hint?: string
}

export interface SelectInputProps extends ControlProps {
  options: Option[]
  placeholder?: string
}

export interface DateInputProps extends ControlProps {
  /** Calendar days, YYYY-MM-DD. */
  min?: string
  max?: string
}

export interface ChoiceRowProps {
  kind: 'radio' | 'checkbox'
  id: string
  /** Rows of one radio group share it. */
  name: string
  checked: boolean
  label: string
  hint?: string
  describedBy?: string
  invalid?: boolean
  onPick: () => void
}

const KEYBOARD = { text: 'text', numeric: 'number', decimal: 'digit', tel: 'number' } as const

/** One line or several of text. */
export function TextInput({ id, label, value, onChange, invalid, ...rest }: TextInputProps) {
  const shared = {
    id,
    value,
    disabled: rest.disabled,
    maxlength: rest.maxLength ?? -1,
    'aria-label': label,
    'aria-describedby': rest.describedBy,
    'aria-invalid': invalid,
    onInput: (event: { detail: { value: string } }) => onChange(event.detail.value),
  }
  if (rest.multiline) return <Textarea {...shared} className="input input-area" />
  return (
    <Input
      {...shared}
      className="input"
      type={KEYBOARD[rest.inputMode ?? 'text']}
      onConfirm={rest.onDone}
    />
  )
}

/** One of many; for two to six options use ChoiceRow. */
export function SelectInput({ id, label, value, options, onChange, ...rest }: SelectInputProps) {
  const index = options.findIndex((option) => option.value === value)
  const { helping } = useFrame()
  const lines = options.map((option) => inOneLine(option.label, helping)).join('\n')
  // a new array is sent to the view layer whole, however alike
  const range = useMemo(() => lines.split('\n'), [lines])
  return (
    <Picker
      id={id}
      mode="selector"
      range={range}
      value={Math.max(index, 0)}
      disabled={rest.disabled}
      aria-label={label}
      aria-describedby={rest.describedBy}
      onChange={(event) => onChange(options[Number(event.detail.value)]?.value ?? '')}
    >
      <View className="input input-picker" aria-role="button">
        <Words className={index < 0 ? 'muted' : ''}>
          {options[index]?.label ?? rest.placeholder ?? '请选择'}
        </Words>
        <Icon name="down" />
      </View>
    </Picker>
  )
}

/** A calendar day. */
export function DateInput({ id, label, value, onChange, ...rest }: DateInputProps) {
  return (
    <Picker
      id={id}
      mode="date"
      value={value}
      start={rest.min}
      end={rest.max}
      disabled={rest.disabled}
      aria-label={label}
      aria-describedby={rest.describedBy}
      onChange={(event) => onChange(String(event.detail.value))}
    >
      <View className="input input-picker" aria-role="button">
        <Words className={value ? '' : 'muted'}>{value || '请选择日期'}</Words>
        <Icon name="calendar" />
      </View>
    </Picker>
  )
}

/** One line of a list of choices: the whole row is the target. */
export function ChoiceRow({ kind, id, checked, label, hint, onPick }: ChoiceRowProps) {
  return (
    <View
      className={`choice ${checked ? 'choice-on' : ''}`}
      hoverClass="tap-hover"
      id={id}
      onClick={onPick}
      aria-role={kind}
      aria-checked={checked}
      aria-label={hint ? `${label}，${hint}` : label}
    >
      <Box className={`mark mark-${kind} ${checked ? 'mark-on' : ''}`} hidden />
      <Box className="choice-text">
        <Worded>{label}</Worded>
        {hint && <Worded className="choice-hint">{hint}</Worded>}
      </Box>
    </View>
  )
}

