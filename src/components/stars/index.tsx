import { ChoiceField } from '@/ui/fields'

/** 好差评: the five levels, the best first; all are as easy to give. */
export const LEVELS = [
  { value: '5', label: '非常满意' },
  { value: '4', label: '满意' },
  { value: '3', label: '基本满意' },
  { value: '2', label: '不满意' },
  { value: '1', label: '非常不满意' },
]

export const levelWords = (stars: number) =>
  LEVELS.find(({ value }) => value === String(stars))?.label ?? ''

export interface StarsProps {
  label: string
  stars: number | undefined
  onChange: (stars: number) => void
  error?: string
}

/** One tap gives a level; its number of stars stands beside its name. */
export function Stars({ label, stars, onChange, error }: StarsProps) {
  return (
    <ChoiceField
      id="stars"
      label={label}
      value={stars === undefined ? '' : String(stars)}
      options={LEVELS.map((level) => ({ ...level, hint: `${level.value} 星` }))}
      error={error}
      onChange={(value) => onChange(Number(value))}
    />
  )
}
