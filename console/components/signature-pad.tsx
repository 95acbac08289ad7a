/** A place to sign by hand, with a pen or a mouse: strokes as core/contract/case.ts has them. */
import type { Signature } from '@core/contract/case'
import { Button } from 'antd'
import { type PointerEvent, useRef } from 'react'

const WIDTH = 1000
const RATIO = 3
const HEIGHT = Math.round(WIDTH / RATIO)
const LEAST_MOVE = 4
const MOST_STROKES = 100
const MOST_POINTS = 2000
/** A dot is no signature. */
const LEAST_POINTS = 5

export type Strokes = Signature['strokes']

/** What is sent; undefined while nobody has signed. */
export function signatureOf(strokes: Strokes): Signature | undefined {
  const signed = strokes.some((stroke) => stroke.length >= LEAST_POINTS)
  return signed ? { strokes, ratio: RATIO } : undefined
}

interface PadProps {
  label: string
  strokes: Strokes
  onChange: (strokes: Strokes) => void
}

export function SignaturePad({ label, strokes, onChange }: PadProps) {
  const drawing = useRef<Strokes>()
  const put = (next: Strokes) => {
    drawing.current = next
    onChange(next)
  }
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    if (strokes.length >= MOST_STROKES) return
    event.currentTarget.setPointerCapture(event.pointerId)
    put([...strokes, [pointOf(event)]])
  }
  const move = (event: PointerEvent<SVGSVGElement>) => {
    const stroke = drawing.current?.at(-1)
    if (!drawing.current || !stroke || stroke.length >= MOST_POINTS) return
    const point = pointOf(event)
    const [lastX = 0, lastY = 0] = stroke.at(-1) ?? []
    if (Math.hypot(point[0] - lastX, point[1] - lastY) < LEAST_MOVE) return
    put([...drawing.current.slice(0, -1), [...stroke, point]])
  }
  const end = () => {
    drawing.current = undefined
  }
  return <div className='pad'>
    <Drawn label={strokes.length === 0 ? `${label}，尚未签名` : `${label}，已签名`} strokes={strokes}
      ratio={RATIO} onPointerDown={begin} onPointerMove={move} onPointerUp={end}
      onPointerCancel={end} />
    <Button size='small' disabled={strokes.length === 0} onClick={() => onChange([])}>
      清除重签
    </Button>
  </div>
}

function pointOf(event: PointerEvent<SVGSVGElement>): [number, number] {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
  const on = (part: number, whole: number, size: number) =>
    Math.min(size, Math.max(0, Math.round((part * size) / whole)))
  return [on(event.clientX - left, width, WIDTH), on(event.clientY - top, height, HEIGHT)]
}

type DrawnProps = Signature & { label: string } & Partial<Record<
  'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel',
  (event: PointerEvent<SVGSVGElement>) => void
>>

/** Signed strokes, sharp at any size. */
export function Drawn({ label, strokes, ratio, ...pens }: DrawnProps) {
  return <svg className='signature' role='img' aria-label={label} {...pens}
    viewBox={`0 0 ${WIDTH} ${Math.round(WIDTH / ratio)}`}>
    {strokes.map((stroke, n) =>
      <polyline key={n} points={stroke.map((point) => point.join(',')).join(' ')} />)}
  </svg>
}
