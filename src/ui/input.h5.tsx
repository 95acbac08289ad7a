import { Box } from './box'
import { useFrame } from './frame'
import { inOneLine } from './helped-elements'
import type {
  ChoiceRowProps, ControlProps, DateInputProps, SelectInputProps, TextInputProps,
} from './input'
import { Worded } from './worded'

const shared = ({ id, value, disabled, describedBy, invalid }: ControlProps) => ({
  id,
  value,
  disabled,
  'aria-describedby': describedBy,
  'aria-invalid': invalid || undefined,
})

/** One line or several of text. Enter never reloads the page: there is no form to submit. */
export function TextInput(props: TextInputProps) {
  const { onChange, onDone, inputMode = 'text', autoComplete = 'off', maxLength } = props
  const control = { ...shared(props), autoComplete, maxLength }
  if (props.multiline) {
    return (
      <textarea
        {...control} rows={3} className="input input-area"
        onChange={(event) => onChange(event.target.value)}
      />
    )
  }
  return (
    <input
      {...control}
      type={inputMode === 'tel' ? 'tel' : 'text'}
      inputMode={inputMode}
      className="input"
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        // Enter that ends a pinyin composition picks a word, it does not send.
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) onDone?.()
      }}
    />
  )
}

/** One of many; for two to six options use ChoiceRow. */
export function SelectInput(props: SelectInputProps) {
  const { options, onChange, placeholder = '请选择' } = props
  const { helping } = useFrame()
  return (
    <Box className="input-select">
      <select
        {...shared(props)} className="input"
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="" disabled>{placeholder}</option>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>{inOneLine(label, helping)}</option>
        ))}
      </select>
    </Box>
  )
}

/** A calendar day. */
export function DateInput(props: DateInputProps) {
  return (
    <input
      {...shared(props)} type="date" className="input" min={props.min} max={props.max}
      onChange={(event) => props.onChange(event.target.value)}
    />
  )
}

/** One line of a list of choices: the whole row is the target. */
export function ChoiceRow(props: ChoiceRowProps) {
  const { kind, id, name, checked, label, hint, describedBy, invalid, onPick } = props
  return (
    <label htmlFor={id} className={`choice ${checked ? 'choice-on' : ''}`}>
      <input
        id={id} type={kind} name={name} checked={checked} onChange={onPick}
        className="choice-input" aria-describedby={describedBy}
        aria-invalid={kind === 'checkbox' && invalid ? true : undefined}
      />
      <span className={`mark mark-${kind} ${checked ? 'mark-on' : ''}`} aria-hidden />
      <span className="choice-text">
        <Worded>{label}</Worded>
        {hint && <Worded className="choice-hint">{hint}</Worded>}
      </span>
    </label>
  )
}
