import { useRef, type PointerEvent } from 'react'
import { beginLine, drawOn, PAD_HEIGHT_PX, type PadProps } from './strokes'

function pointOf(event: PointerEvent<SVGSVGElement>): [number, number] {
  const { left, top } = event.currentTarget.getBoundingClientRect()
  return [Math.round(event.clientX - left), Math.round(event.clientY - top)]
}

/** The browser's writing surface: strokes are lines of an SVG, sharp at any zoom. */
export function Pad({ label, value, onChange }: PadProps) {
  const latest = useRef(value)
  latest.current = value
  const drawing = useRef(false)
  const put = (next: typeof value) => {
    latest.current = next
    onChange(next)
  }
  return (
    <svg
      className="pad" role="img" aria-label={label}
      viewBox={value.width ? `0 0 ${value.width} ${PAD_HEIGHT_PX}` : undefined}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drawing.current = true
        const width = Math.round(event.currentTarget.getBoundingClientRect().width)
        put(beginLine({ ...latest.current, width: latest.current.width || width }, pointOf(event)))
      }}
      onPointerMove={(event) => {
        if (drawing.current) put(drawOn(latest.current, pointOf(event)))
      }}
      onPointerUp={() => {
        drawing.current = false
      }}
    >
      {value.lines.map((line, index) => (
        <polyline key={index} points={line.map((point) => point.join(',')).join(' ')} />
      ))}
    </svg>
  )
}
