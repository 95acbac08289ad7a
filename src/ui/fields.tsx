/** Fields: a label, an optional hint, the control, and the error beside it. */
import type { ReactNode } from 'react'
import { Box, Helped, LabelFor, Tap, Words } from './box'
import { Icon } from './icon'
import {
  ChoiceRow, DateInput, SelectInput, TextInput, type DateInputProps, type Option,
  type SelectInputProps, type TextInputProps,
} from './input'
import { Worded } from './worded'

export interface FieldProps {
  hint?: string
  /** Shown beside the field and read with it; the field counts as invalid. */
  error?: string
  /** Marked 选填; a required field carries no mark. */
  optional?: boolean
  /** Says where a value came from, e.g. 已从出生医学证明带入. */
  source?: string
}

type Of<Props> = Omit<Props, 'describedBy' | 'invalid'> & FieldProps

const ids = (id: string) => ({ hint: `${id}-hint`, error: `${id}-error` })

function describedBy(id: string, { hint, error, source }: FieldProps) {
  const { hint: hintId, error: errorId } = ids(id)
  return [hint || source ? hintId : '', error ? errorId : ''].filter(Boolean).join(' ') || undefined
}

function FieldError({ id, error }: { id: string; error?: string }) {
  if (!error) return null
  return (
    <Box as="p" className="field-error" id={ids(id).error}>
      <Icon name="alert" />
      <Worded>{error}</Worded>
    </Box>
  )
}

function FieldHint({ id, hint, source }: { id: string } & Pick<FieldProps, 'hint' | 'source'>) {
  if (!hint && !source) return null
  return (
    <Box as="p" className="field-hint" id={ids(id).hint}>
      {hint}{hint && source ? ' ' : ''}
      {source && <Words className="field-source">{source}</Words>}
      <Helped text={[hint, source].filter(Boolean).join('。')} />
    </Box>
  )
}

function Field(props: FieldProps & { id: string; label: string; children: ReactNode }) {
  const { id, label, hint, error, optional, source, children } = props
  return (
    <Box className={`field ${error ? 'field-wrong' : ''}`}>
      <LabelFor field={id} className="field-label">
        <Worded>{label}</Worded>
        {optional && <Worded className="field-optional">选填</Worded>}
      </LabelFor>
      <FieldHint {...{ id, hint, source }} />
      <FieldError id={id} error={error} />
      {children}
    </Box>
  )
}

/** Text: one line, or several with `multiline`. */
export function TextField(props: Of<TextInputProps>) {
  const { hint, error, optional, source, ...control } = props
  return (
    <Field id={props.id} label={props.label} {...{ hint, error, optional, source }}>
      <TextInput {...control} describedBy={describedBy(props.id, props)} invalid={!!error} />
    </Field>
  )
}

/** One of more than about seven options. */
export function SelectField(props: Of<SelectInputProps>) {
  const { hint, error, optional, source, ...control } = props
  return (
    <Field id={props.id} label={props.label} {...{ hint, error, optional, source }}>
      <SelectInput {...control} describedBy={describedBy(props.id, props)} invalid={!!error} />
    </Field>
  )
}

/** A calendar day, YYYY-MM-DD. */
export function DateField(props: Of<DateInputProps>) {
  const { hint, error, optional, source, ...control } = props
  return (
    <Field id={props.id} label={props.label} {...{ hint, error, optional, source }}>
      <DateInput {...control} describedBy={describedBy(props.id, props)} invalid={!!error} />
    </Field>
  )
}

export interface ChoiceFieldProps extends FieldProps {
  id: string
  label: string
  value: string
  options: Option[]
  onChange: (value: string) => void
  /** The label is the page's only question: drawn as its heading (h1) too. */
  asHeading?: boolean
  /** Several may be ticked: `value` joins them by commas, `onChange` tells the one tapped. */
  many?: boolean
}

/** One of a few options, or several, all in sight. Focus on `id` goes to the first one. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { id, label, value, options, onChange, hint, error, optional, source } = props
  const { asHeading, many } = props
  const chosen = many ? value.split(',') : [value]
  return (
    <Box
      as="fieldset" role={many ? 'group' : 'radiogroup'}
      className={`field ${error ? 'field-wrong' : ''}`}
    >
      <Box as="legend" className={asHeading ? 'field-question' : 'field-label'}>
        {asHeading ? <Box as="h1" className="page-title">{label}</Box> : <Worded>{label}</Worded>}
        {optional && <Worded className="field-optional">选填</Worded>}
      </Box>
      <FieldHint {...{ id, hint, source }} />
      <FieldError id={id} error={error} />
      <Box className="choices">
        {options.map((option, index) => (
          <ChoiceRow
            key={option.value}
            kind={many ? 'checkbox' : 'radio'}
            id={index === 0 ? id : `${id}-${option.value}`}
            name={id}
            checked={chosen.includes(option.value)}
            label={option.label}
            hint={option.hint}
            describedBy={describedBy(id, { hint, source, error })}
            invalid={!!error}
            onPick={() => onChange(option.value)}
          />
        ))}
      </Box>
    </Box>
  )
}

export interface WayFieldProps {
  id: string
  label: string
  hint?: string
  value: string
  options: Option[]
  onPick: (value: string) => void
}

/** A question whose every answer leads on: buttons, so one can look round without going. */
export function WayField({ id, label, hint, value, options, onPick }: WayFieldProps) {
  return (
    <Box as="section" className="field">
      <Box as="h1" className="page-title">{label}</Box>
      {hint && <Box as="p" className="field-hint">{hint}</Box>}
      <Box className="choices">
        {options.map((option, index) => {
          const chosen = option.value === value
          return (
            <Tap
              key={option.value}
              id={index === 0 ? id : `${id}-${option.value}`}
              className={`choice way ${chosen ? 'choice-on' : ''}`}
              label={chosen ? `${option.label}，已选` : undefined}
              onTap={() => onPick(option.value)}
            >
              <Words className="choice-text">
                <Worded>{option.label}</Worded>
                {option.hint && <Worded className="choice-hint">{option.hint}</Worded>}
              </Words>
              <Icon name={chosen ? 'check' : 'next'} className="muted" />
            </Tap>
          )
        })}
      </Box>
    </Box>
  )
}

export interface CheckboxProps {
  id: string
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  hint?: string
  error?: string
}

/** One statement to agree with or not. Never ticked beforehand. */
export function Checkbox({ id, label, checked, onChange, hint, error }: CheckboxProps) {
  return (
    <Box className={`field ${error ? 'field-wrong' : ''}`}>
      <FieldError id={id} error={error} />
      <ChoiceRow
        kind="checkbox" id={id} name={id} checked={checked} label={label} hint={hint}
        describedBy={describedBy(id, { error })} invalid={!!error}
        onPick={() => onChange(!checked)}
      />
    </Box>
  )
}
