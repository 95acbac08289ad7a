import { type PointerEvent, useRef } from 'react'
import {
  type CropFrameProps, EDGES, edgeAt, type Frame, handleStyle, percent, Shades,
} from './crop-parts'

/** A picture with a frame whose four edges can be dragged; the buttons beside it do the same. */
export function CropFrame({ src, alt, ratio, frame, onMove }: CropFrameProps) {
  const picture = useRef<HTMLDivElement>(null)
  const move = (edge: keyof Frame, event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !picture.current) return
    const { left, top, width, height } = picture.current.getBoundingClientRect()
    onMove(edge, edgeAt(edge, (event.clientX - left) / width, (event.clientY - top) / height))
  }
  return (
    <div className="crop">
      <div className="crop-picture" ref={picture} style={{ paddingTop: percent(1 / ratio) }}>
        <img src={src} alt={alt} className="crop-image" draggable={false} />
        <Shades frame={frame} />
        {EDGES.map((edge) => (
          <div
            key={edge} className={`crop-edge crop-${edge}`} style={handleStyle(edge, frame)}
            aria-hidden
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={(event) => move(edge, event)}
          />
        ))}
      </div>
    </div>
  )
}
