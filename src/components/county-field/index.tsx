import { useSettings } from '@/stores/settings'
import { useTopics } from '@/stores/topics'
import { SelectField } from '@/ui/fields'

/** Which county one acts in: its hall, its departments. */
export function CountyField({ onChange }: { onChange: (code: string) => void }) {
  const code = useSettings(({ region }) => region)
  const regions = useTopics((state) => state.regions)
  const options = regions
    .filter((region) => !region.code.endsWith('00'))
    .map((region) => ({ value: region.code, label: region.name }))
  if (options.length === 0) return null
  return (
    <SelectField id="county" label="办事地区" value={code} options={options} onChange={onChange} />
  )
}
