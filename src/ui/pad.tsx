import { useEffect, useRef } from 'react'
import { Canvas } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { windowInfo } from '@/platform/system-info'
import { beginLine, drawOn, PAD_HEIGHT_PX, type PadProps, type Strokes } from './strokes'

interface Touches {
  touches: Array<{ x: number; y: number }>
}

interface Surface {
  context: CanvasRenderingContext2D
  width: number
}

function paint({ context, width }: Surface, { lines }: Strokes) {
  context.clearRect(0, 0, width, PAD_HEIGHT_PX)
  context.lineWidth = 3
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.strokeStyle = '#17262b'
  for (const line of lines) {
    context.beginPath()
    line.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)))
    context.stroke()
  }
}

/** The mini-program's writing surface: its canvas, fed by touches. */
export function Pad({ label, value, onChange }: PadProps) {
  const surface = useRef<Surface>()
  const latest = useRef(value)
  latest.current = value
  useEffect(() => {
    Taro.nextTick(() => {
      Taro.createSelectorQuery().select('#signature-pad').fields({ node: true, size: true })
        .exec(([found]) => {
          if (!found) return
          const ratio = windowInfo().pixelRatio
          found.node.width = found.width * ratio
          found.node.height = found.height * ratio
          const context = found.node.getContext('2d')
          context.scale(ratio, ratio)
          surface.current = { context, width: found.width }
          paint(surface.current, latest.current)
        })
    })
  }, [])
  useEffect(() => {
    if (surface.current) paint(surface.current, value)
  }, [value])
  const at = ({ touches: [touch] }: Touches): [number, number] | undefined =>
    touch && [Math.round(touch.x), Math.round(touch.y)]
  const put = (next: Strokes) => {
    latest.current = { ...next, width: surface.current?.width ?? next.width }
    onChange(latest.current)
  }
  return (
    <Canvas
      type="2d" id="signature-pad" canvasId="signature-pad" className="pad" disableScroll
      aria-role="img" aria-label={label}
      onTouchStart={(event) => {
        const point = at(event)
        if (point) put(beginLine(latest.current, point))
      }}
      onTouchMove={(event) => {
        const point = at(event)
        if (point) put(drawOn(latest.current, point))
      }}
    />
  )
}
