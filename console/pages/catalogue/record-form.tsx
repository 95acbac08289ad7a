import { Input, InputNumber, Select } from 'antd'
import { Line } from '../../components/dialog'
import type { Source } from '../../stores/draft-desk'
import type { RecordKind } from '../../words/editing'
import { type Box, formOf, get, put } from './forms'

interface RecordFormProps {
  kind: RecordKind
  record: Source
  locked: boolean
  onWrite: (record: Source) => void
}

/** The common words of a record. */
export function RecordForm({ kind, record, locked, onWrite }: RecordFormProps) {
  return <>
    {formOf(kind, record).map(({ title, boxes }, n) => <fieldset key={n} className='group'
      disabled={locked}>
      <legend>{title}</legend>
      {boxes.map((box) => <Line key={box.path.join()} label={box.label}>
        {(own) => <Editing {...own} box={box} value={get(record, box.path)} locked={locked}
          onGive={(value) => {
            const given = value === '' && box.optional ? undefined : value
            onWrite(put(record, box.path, given) as Source) // the record, changed within
          }} />}
      </Line>)}
    </fieldset>)}
  </>
}

interface EditingProps {
  id: string
  box: Box
  value: unknown
  locked: boolean
  onGive: (value: unknown) => void
}

function Editing({ box, value, locked, onGive, ...own }: EditingProps) {
  const written = typeof value === 'string' ? value : ''
  switch (box.is) {
    case 'line':
      return <Input {...own} value={written} readOnly={locked}
        onChange={({ target }) => onGive(target.value)} />
    case 'text':
      return <Input.TextArea {...own} value={written} readOnly={locked} autoSize
        onChange={({ target }) => onGive(target.value)} />
    case 'lines':
      return <Input.TextArea {...own} readOnly={locked} autoSize={{ maxRows: 12 }}
        value={Array.isArray(value) ? value.join('\n') : ''}
        onChange={({ target }) => onGive(target.value === '' ? '' : target.value.split('\n'))} />
    case 'number':
      return <InputNumber {...own} value={typeof value === 'number' ? value : null} min={0}
        readOnly={locked} onChange={(given) => onGive(given ?? 0)} />
    case 'choice':
      return <Select {...own} value={written} disabled={locked} options={[...box.options ?? []]}
        onChange={onGive} />
  }
}
