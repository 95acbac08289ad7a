/** @tarojs/components as native HTML, with Taro's event shape ({detail: {value}}). */
import {
  type ChangeEvent, type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode,
} from 'react'

interface Common {
  'children'?: ReactNode
  'className'?: string
  'id'?: string
  'style'?: CSSProperties
  'hoverClass'?: string
  'catchMove'?: boolean
  'onClick'?: (event: MouseEvent) => void
  'aria-role'?: string
  'aria-label'?: string
  'aria-live'?: 'polite' | 'assertive'
  'aria-hidden'?: boolean
  'aria-modal'?: boolean
  'aria-checked'?: boolean
  'aria-disabled'?: boolean
  'aria-describedby'?: string
  'aria-invalid'?: boolean
}

type Told = (event: { detail: { value: string } }) => void

interface Field extends Common {
  value?: string
  type?: string
  disabled?: boolean
  maxlength?: number
  onInput?: Told
  onConfirm?: () => void
}

// WeChat reads aria-role where HTML has role; the page's names and states are the same.
function native({ 'aria-role': role, hoverClass: _hover, catchMove: _still, ...rest }: Common) {
  return { ...rest, role }
}

const typed = (tell?: Told) =>
  (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) =>
    tell?.({ detail: { value: event.target.value } })

export const View = (props: Common) => <div {...native(props)} />
export const Text = (props: Common) => <span {...native(props)} />
export const Canvas = (props: Common) => (
  <div role={props['aria-role']} aria-label={props['aria-label']} id={props.id} />
)

export function Label({ for: field, ...rest }: Common & { for?: string }) {
  return <label htmlFor={field} {...native(rest)} />
}

export function Button({ disabled, ...rest }: Common & { disabled?: boolean }) {
  return <button type="button" disabled={disabled} {...native(rest)} />
}

export function Image({ src, mode: _mode, ...rest }: Common & { src: string; mode?: string }) {
  return <img src={src} alt={rest['aria-label']} className={rest.className} />
}

export function Input({ onInput, onConfirm, maxlength: _max, type: _type, ...rest }: Field) {
  return (
    <input
      {...native(rest)} value={rest.value} onChange={typed(onInput)}
      onKeyDown={(event: KeyboardEvent) => event.key === 'Enter' && onConfirm?.()}
    />
  )
}

export function Textarea({ onInput, maxlength: _max, ...rest }: Field) {
  return <textarea {...native(rest)} value={rest.value} onChange={typed(onInput)} />
}

interface PickerProps extends Common {
  mode: string
  range?: string[]
  value?: number | string
  disabled?: boolean
  start?: string
  end?: string
  onChange?: Told
}

export function Picker({ mode, range = [], value, onChange, start, end, ...props }: PickerProps) {
  const { children: _shown, ...rest } = native(props)
  if (mode === 'date') {
    const day = { min: start, max: end, value, onChange: typed(onChange) }
    return <input {...rest} {...day} type="date" />
  }
  return (
    <select {...rest} value={value} onChange={typed(onChange)}>
      {range.map((label, index) => <option key={label} value={index}>{label}</option>)}
    </select>
  )
}
