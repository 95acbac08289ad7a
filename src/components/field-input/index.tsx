/** The right control for each kind of value; label, hint and error come from the kit. */
import type { Region } from '@core/contract/home'
import type { PlannedField } from '@core/form'
import { focusOn } from '@/platform/focus'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { ChoiceField, DateField, SelectField, TextField } from '@/ui/fields'
import { DatetimeField } from './datetime'
import './index.scss'

export interface FieldInputProps {
  field: PlannedField
  value: string
  error?: string
  /** where a value that was not typed comes from */
  source?: string
  /** counties, for fields that ask for one */
  regions: readonly Region[]
  /** It is about the person who fills in: the phone may offer what it knows. */
  own?: boolean
  onChange: (value: string) => void
}

const MAX_RADIOS = 6
const KEYBOARDS: Partial<Record<string, 'tel' | 'decimal'>> = { phone: 'tel', number: 'decimal' }
const AUTOFILL: Partial<Record<string, string>> = { phone: 'tel', name: 'name' }

/** Counties and cities; the prefecture itself is nobody's home. */
function counties(regions: readonly Region[]) {
  return regions
    .filter(({ code }) => !code.endsWith('00'))
    .map(({ code, name }) => ({ value: code, label: name }))
}

export function FieldInput(props: FieldInputProps) {
  const { field, value, error, source, regions, own, onChange } = props
  const { key: id, hint, optional, type } = field
  const label = field.unit ? `${field.label}（${field.unit}）` : field.label
  const shared = { id, label, hint, optional, error, source, value, onChange }
  if (type === 'choice' || type === 'region') {
    const options = field.options ?? counties(regions)
    if (options.length > MAX_RADIOS) return <SelectField {...shared} options={options} />
    return <ChoiceField {...shared} options={options} />
  }
  if (type === 'date') return <DateField {...shared} />
  if (type === 'datetime') return <DatetimeField {...shared} />
  return (
    <>
      <TextField
        {...shared} inputMode={KEYBOARDS[type]} autoComplete={own ? AUTOFILL[type] : undefined}
        multiline={type === 'text' && (field.maxLength ?? 0) > 100}
      />
      {type === 'name' && (
        <Box className="name-dot">
          <Button
            kind="quiet" compact label={`在${field.roleLabel}${field.label}后面加间隔号“·”`}
            onTap={() => {
              onChange(`${value}·`)
              focusOn(id)
            }}
          >
            加间隔号“·”
          </Button>
        </Box>
      )}
    </>
  )
}
