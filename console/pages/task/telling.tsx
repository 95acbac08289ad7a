/** What the applicant is told when a limit is stopped or moved: a reason of a list, and words. */
import { Input, Radio } from 'antd'
import { Line, type useWords } from '../../components/dialog'

interface ReasonsProps<Reason extends string> {
  legend: string
  names: Readonly<Record<Reason, string>>
  value: Reason | undefined
  /** it was to be sent without one */
  missing: boolean
  onChange: (reason: Reason | undefined) => void
}

export function Reasons<Reason extends string>(props: ReasonsProps<Reason>) {
  const { legend, names, value, missing, onChange } = props
  const all = Object.keys(names) as Reason[] // keys of the table
  return <fieldset className='line'>
    <legend>{legend}</legend>
    <Radio.Group value={value}
      onChange={({ target }) => onChange(all.find((one) => one === target.value))}
      options={all.map((one) => ({ value: one, label: names[one] }))} />
    {missing && <p className='wrong'>请选一项</p>}
  </fieldset>
}

export function NoteLine({ note }: { note: ReturnType<typeof useWords> }) {
  return <Line label='说明，申请人会看到' wrong={note.wrong}>
    {(own) => <Input {...own} maxLength={500} value={note.text}
      onChange={({ target }) => note.setText(target.value)} />}
  </Line>
}
