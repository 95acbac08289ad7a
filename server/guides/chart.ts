/** The flow chart as vectors; the picture itself is core's. */
import { type PDFPage, type RGB, rgb } from 'pdf-lib'
import type { FlowNode } from '../../core/flow'
import {
  BOX_PADDING, type FlowBox, type FlowPicture, LINE_HEIGHT, NOTE_SIZE,
} from '../../core/flow-layout'
import type { FlowRoute } from '../../core/flow-lines'
import type { Fonts } from '../print/fonts'
import { INK } from '../print/paper'

const FILL: Record<FlowNode['kind'], RGB> = {
  citizen: rgb(0.9, 0.95, 0.92), window: INK.soft, item: INK.paper, wait: rgb(0.99, 0.95, 0.87),
}

interface Sheet {
  page: PDFPage
  fonts: Fonts
  /** top left corner */
  at: { x: number; y: number }
  /** points of an em */
  em: number
}

/** Draws a picture with its top left corner at `at`. */
export function drawChart(picture: FlowPicture, sheet: Sheet): void {
  const drawn = new Set<string>()
  for (const route of picture.routes) drawRoute(route, sheet, drawn)
  for (const { x, y } of picture.dots) {
    sheet.page.drawCircle({ ...place({ x, y }, sheet), size: sheet.em * 0.18, color: INK.primary })
  }
  for (const box of picture.boxes) drawBox(box, sheet)
}

function place({ x, y }: { x: number; y: number }, { at, em }: Sheet) {
  return { x: at.x + x * em, y: at.y - y * em }
}

/** Edges share parts of their way: each part is drawn once, or dashes would fill up. */
function drawRoute({ points, any }: FlowRoute, sheet: Sheet, drawn: Set<string>): void {
  points.slice(1).forEach((to, n) => {
    const from = points[n]!
    const key = JSON.stringify([from, to, any])
    if (drawn.has(key)) return
    drawn.add(key)
    sheet.page.drawLine({
      start: place(from, sheet), end: place(to, sheet), thickness: 0.9, color: INK.primary,
      ...(any ? { dashArray: [3, 2] } : {}),
    })
  })
  const end = points[points.length - 1]!
  const size = sheet.em * 0.3
  const tip = place(end, sheet)
  sheet.page.drawSvgPath(`M 0 0 L ${-size} ${-size * 1.5} L ${size} ${-size * 1.5} Z`, {
    ...tip, color: INK.primary,
  })
}

function drawBox(box: FlowBox, sheet: Sheet): void {
  const { page, em, fonts } = sheet
  const { x, y, width, height, kind, maybe, tag } = box
  page.drawRectangle({
    ...place({ x, y: y + height }, sheet), width: width * em, height: height * em,
    color: FILL[kind], borderColor: INK.primary, borderWidth: kind === 'item' ? 0.9 : 0.6,
    ...(maybe || kind === 'wait' ? { borderDashArray: [3, 2] } : {}),
  })
  const small = [...box.noteLines, ...(tag ? [tag] : [])]
  const content = (box.nameLines.length + small.length * NOTE_SIZE) * LINE_HEIGHT
  let line = y + Math.max(BOX_PADDING * 0.7, (height - content) / 2)
  const put = (text: string, size: number, { bold, color }: { bold: boolean; color: RGB }) => {
    line += size * LINE_HEIGHT
    const font = bold ? fonts.bold : fonts.regular
    const half = font.widthOfTextAtSize(text, size * em) / em / 2
    page.drawText(text, {
      ...place({ x: x + width / 2 - half, y: line - size * 0.36 }, sheet),
      size: size * em, font, color,
    })
  }
  box.nameLines.forEach((text) => put(text, 1, { bold: true, color: INK.text }))
  box.noteLines.forEach((text) => put(text, NOTE_SIZE, { bold: false, color: INK.muted }))
  if (tag) put(tag, NOTE_SIZE, { bold: true, color: INK.warn })
}
