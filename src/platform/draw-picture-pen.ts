export interface Mark {
  text: string
  x: number
  /** the line the letters stand on */
  y: number
  /** px */
  size: number
  bold: boolean
  color: string
}

export interface Drawing {
  width: number
  height: number
  marks: readonly Mark[]
}

export type WidthOf = (text: string, size: number, bold: boolean) => number
export type MakeDrawing = (widthOf: WidthOf) => Drawing

export const fontOf = (size: number, bold: boolean) =>
  `${bold ? 'bold ' : ''}${size}px -apple-system, "PingFang SC", "Noto Sans CJK SC", sans-serif`

export interface Pen {
  font: string
  fillStyle: unknown
  measureText: (text: string) => { width: number }
  fillText: (text: string, x: number, y: number) => void
  fillRect: (x: number, y: number, width: number, height: number) => void
}

/** Draws the marks on white paper. */
export function drawOnPaper(pen: Pen, { width, height, marks }: Drawing) {
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, width, height)
  marks.forEach(({ text, x, y, size, bold, color }) => {
    pen.font = fontOf(size, bold)
    pen.fillStyle = color
    pen.fillText(text, x, y)
  })
}

/** Measures with a pen. */
export const measuring = (pen: Pen): WidthOf => (text, size, bold) => {
  pen.font = fontOf(size, bold)
  return pen.measureText(text).width
}
