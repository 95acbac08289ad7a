import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useRef } from 'react'
import { Box, Picture } from './box'
import {
  type CropFrameProps, EDGES, edgeAt, type Frame, handleStyle, percent, Shades,
} from './crop-parts'

interface Touches {
  touches: { clientX: number; clientY: number }[]
}

interface Bounds {
  left: number
  top: number
  width: number
  height: number
}

/** A picture with a frame whose four edges can be dragged; the buttons beside it do the same. */
export function CropFrame({ src, alt, ratio, frame, onMove }: CropFrameProps) {
  const bounds = useRef<Bounds>()
  const measure = () => {
    Taro.createSelectorQuery().select('#crop-picture').boundingClientRect()
      .exec(([found]: (Bounds | null)[]) => {
        bounds.current = found ?? undefined
      })
  }
  const move = (edge: keyof Frame, { touches: [touch] }: Touches) => {
    const { left, top, width, height } = bounds.current ?? { left: 0, top: 0, width: 0, height: 0 }
    if (!touch || width === 0 || height === 0) return
    onMove(edge, edgeAt(edge, (touch.clientX - left) / width, (touch.clientY - top) / height))
  }
  return (
    <Box className="crop">
      <Box className="crop-picture" id="crop-picture" style={{ paddingTop: percent(1 / ratio) }}>
        <Picture src={src} alt={alt} className="crop-image" />
        <Shades frame={frame} />
        {EDGES.map((edge) => (
          <View
            key={edge} className={`crop-edge crop-${edge}`} style={handleStyle(edge, frame)}
            catchMove aria-hidden onTouchStart={measure}
            onTouchMove={(event) => move(edge, event as unknown as Touches)} // WeChat's own event
          />
        ))}
      </Box>
    </Box>
  )
}
