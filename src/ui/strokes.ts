/** A handwritten signature: lines of points in the pad's own pixels, about 1 KB. */
export interface Strokes {
  width: number
  height: number
  lines: Array<Array<[x: number, y: number]>>
}

export interface PadProps {
  label: string
  value: Strokes
  onChange: (strokes: Strokes) => void
}

export const PAD_HEIGHT_PX = 200
const MIN_STEP_PX = 2

/** An empty pad of a width. */
export const blankStrokes = (width = 0): Strokes => ({ width, height: PAD_HEIGHT_PX, lines: [] })

/** The strokes with a new line begun at a point. */
export function beginLine(strokes: Strokes, at: [number, number]): Strokes {
  return { ...strokes, lines: [...strokes.lines, [at]] }
}

/** The strokes with the last line drawn on; moves under two pixels are left out. */
export function drawOn(strokes: Strokes, [x, y]: [number, number]): Strokes {
  const line = strokes.lines[strokes.lines.length - 1]
  const last = line?.[line.length - 1]
  if (!line || !last || Math.hypot(x - last[0], y - last[1]) < MIN_STEP_PX) return strokes
  return { ...strokes, lines: [...strokes.lines.slice(0, -1), [...line, [x, y]]] }
}

/** The strokes without the last line. */
export function undoLine(strokes: Strokes): Strokes {
  return { ...strokes, lines: strokes.lines.slice(0, -1) }
}

/** Enough to be a signature: at least one line longer than a dot. */
export function isSigned({ lines }: Strokes): boolean {
  return lines.some((line) => line.length > 4)
}
