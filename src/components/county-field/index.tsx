import { type Audience, choicesOf, usePlaces } from '@/stores/place'
import { useSettings } from '@/stores/settings'
import { SelectField } from '@/ui/fields'

export interface CountyFieldProps {
  /** the chosen code; absent: the county of this phone */
  value?: string
  /** of the topic: a company may act in the development zone too */
  audience?: Audience
  onChange: (code: string) => void
}

/** Which county one acts in: its hall, its departments. */
export function CountyField({ value, audience, onChange }: CountyFieldProps) {
  const own = useSettings(({ region }) => region)
  const options = choicesOf(usePlaces().places, audience)
    .map(({ code, name }) => ({ value: code, label: name }))
  if (options.length === 0) return null
  return (
    <SelectField
      id="county" label="办事地区" value={value ?? own} options={options} onChange={onChange}
    />
  )
}
