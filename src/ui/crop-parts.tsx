import { Box } from './box'

/** How far each edge is moved in, as a part of the picture's side. */
export interface Frame {
  left: number
  top: number
  right: number
  bottom: number
}

export interface CropFrameProps {
  src: string
  alt: string
  /** width by height of the picture */
  ratio: number
  frame: Frame
  onMove: (edge: keyof Frame, at: number) => void
}

export const EDGES = ['left', 'top', 'right', 'bottom'] as const

export const percent = (part: number) => `${(part * 100).toFixed(2)}%`

/** Where an edge is when a finger is at a point of the picture. */
export function edgeAt(edge: keyof Frame, x: number, y: number): number {
  if (edge === 'left') return x
  if (edge === 'right') return 1 - x
  return edge === 'top' ? y : 1 - y
}

/** The window of the frame, and bars over what is cut off. */
export function Shades({ frame }: { frame: Frame }) {
  const { left, top, right, bottom } = frame
  const window = {
    left: percent(left), top: percent(top), right: percent(right), bottom: percent(bottom),
  }
  return <Box className="crop-window" style={window} hidden />
}

/** Where the handle of an edge lies. */
export function handleStyle(edge: keyof Frame, { left, top, right, bottom }: Frame) {
  const middle = { x: percent((left + 1 - right) / 2), y: percent((top + 1 - bottom) / 2) }
  return edge === 'left' || edge === 'right'
    ? { top: middle.y, left: percent(edge === 'left' ? left : 1 - right) }
    : { left: middle.x, top: percent(edge === 'top' ? top : 1 - bottom) }
}
