import { Box, Words } from './box'
import { Button } from './button'
import { Pad } from './pad'
import { blankStrokes, undoLine, type Strokes } from './strokes'

export interface SignaturePadProps {
  label: string
  /** Whose name is to be written. */
  signer: string
  value: Strokes
  onChange: (strokes: Strokes) => void
  /** Offers typing the name instead: drawing is never the only way. */
  onTypeInstead?: () => void
  error?: string
}

/** A place to sign by hand, with undo, clear and another way. */
export function SignaturePad(props: SignaturePadProps) {
  const { label, signer, value, onChange, onTypeInstead, error } = props
  const empty = value.lines.length === 0
  return (
    <Box className={`field ${error ? 'field-wrong' : ''}`}>
      <Box as="p" className="field-label">{label}</Box>
      {error && <Box as="p" className="field-error" role="alert">{error}</Box>}
      <Box className="pad-frame">
        {empty && <Words className="pad-hint" hidden>{`请在此处书写：${signer}`}</Words>}
        <Pad label={empty ? `${label}，尚未签名` : `${label}，已签名`} value={value} onChange={onChange} />
      </Box>
      <Box className="pad-acts">
        <Button kind="quiet" compact disabled={empty} onTap={() => onChange(undoLine(value))}>
          撤销一笔
        </Button>
        <Button
          kind="quiet" compact disabled={empty}
          onTap={() => onChange(blankStrokes(value.width))}
        >
          清除重写
        </Button>
        {onTypeInstead && (
          <Button kind="quiet" compact onTap={onTypeInstead}>改为输入姓名</Button>
        )}
      </Box>
    </Box>
  )
}
