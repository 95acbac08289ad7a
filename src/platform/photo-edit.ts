/** Turning and cropping a photo: pure geometry, the same on phone and in the browser. */
import type { Size } from './photo-shrink'

export type Edge = 'left' | 'top' | 'right' | 'bottom'

/** How far each edge is moved in, as a part of the turned picture's side: all 0 is the whole. */
export type Crop = Readonly<Record<Edge, number>>

export interface PhotoEdit {
  /** quarter turns clockwise, 0 to 3 */
  turns: number
  crop: Crop
}

/** How a document lies before the camera. */
export type Shape = 'card' | 'booklet' | 'page'

export const WHOLE: Crop = { left: 0, top: 0, right: 0, bottom: 0 }
export const UNTOUCHED: PhotoEdit = { turns: 0, crop: WHOLE }

/** Of what is left at least this part, so that a frame can't close up. */
const LEAST = 0.2
const OPPOSITE: Record<Edge, Edge> = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' }
/** Width by height in mm: ID-1 cards (ISO 7810), an open booklet of B7 pages, A4. */
const MILLIMETRES: Record<Shape, Size> = {
  card: { width: 85.6, height: 54 },
  booklet: { width: 176, height: 125 },
  page: { width: 210, height: 297 },
}
/** Room left around a document in the frame. */
const MARGIN = 0.04

/** The size of a picture once it is turned. */
export function turnedSize({ width, height }: Size, turns: number): Size {
  return turns % 2 === 0 ? { width, height } : { width: height, height: width }
}

/** The size of what is left of a picture. */
export function editedSize(original: Size, { turns, crop }: PhotoEdit): Size {
  const { width, height } = turnedSize(original, turns)
  return {
    width: Math.max(1, Math.round(width * (1 - crop.left - crop.right))),
    height: Math.max(1, Math.round(height * (1 - crop.top - crop.bottom))),
  }
}

/** A quarter turn clockwise (1) or back (-1); what is framed stays framed. */
export function turn({ turns, crop }: PhotoEdit, by: 1 | -1): PhotoEdit {
  const { left, top, right, bottom } = crop
  return {
    turns: (turns + by + 4) % 4,
    crop: by === 1
      ? { top: left, right: top, bottom: right, left: bottom }
      : { left: top, bottom: left, right: bottom, top: right },
  }
}

/** The crop with one edge at a part of the side, as far as the opposite edge leaves room. */
export function withEdge(crop: Crop, edge: Edge, at: number): Crop {
  const most = 1 - LEAST - crop[OPPOSITE[edge]]
  return { ...crop, [edge]: Math.min(Math.max(0, at), Math.max(0, most)) }
}

/** The largest frame of a shape in the middle of a turned picture, lying or upright as it lies. */
export function frameOf(shape: Shape, { width, height }: Size): Crop {
  const paper = MILLIMETRES[shape]
  const upright = height > width
  const long = Math.max(paper.width, paper.height)
  const short = Math.min(paper.width, paper.height)
  const ratio = upright ? short / long : long / short
  const wide = Math.min(width, height * ratio) * (1 - MARGIN)
  const sides = { x: (1 - wide / width) / 2, y: (1 - wide / ratio / height) / 2 }
  return { left: sides.x, right: sides.x, top: sides.y, bottom: sides.y }
}

/** The calls of a canvas that placing a picture takes. */
export interface Placer {
  save: () => void
  restore: () => void
  scale: (x: number, y: number) => void
  translate: (x: number, y: number) => void
  rotate: (angle: number) => void
}

/** Sets a canvas of `size` so that drawing the original at 0,0 in full shows what is left of it. */
export function place(pen: Placer, original: Size, edit: PhotoEdit, size: Size) {
  const { turns, crop } = edit
  const turned = turnedSize(original, turns)
  const left = editedSize(original, edit)
  pen.scale(size.width / left.width, size.height / left.height)
  pen.translate(-crop.left * turned.width, -crop.top * turned.height)
  if (turns === 1) pen.translate(turned.width, 0)
  if (turns === 2) pen.translate(turned.width, turned.height)
  if (turns === 3) pen.translate(0, turned.height)
  pen.rotate((turns * Math.PI) / 2)
}
