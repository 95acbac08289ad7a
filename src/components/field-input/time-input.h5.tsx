import type { ControlProps } from '@/ui/input'

/** A time of day, HH:mm. */
export function TimeInput({ id, value, onChange, describedBy, invalid }: ControlProps) {
  return (
    <input
      id={id} type="time" value={value} className="input"
      aria-describedby={describedBy} aria-invalid={invalid || undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
