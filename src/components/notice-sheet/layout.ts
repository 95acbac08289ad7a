/** Where each line of the notice stands on the saved picture. Pure: text widths are asked for. */
import { wrap } from '@core/wrap'
import type { Drawing, Mark, WidthOf } from '@/platform/draw-picture-pen'
import type { NoticeBlock } from './blocks'

const WIDTH = 1080
const MARGIN = 72
const LINE = 1.5
/** WeChat draws nothing on a canvas taller than this on some phones. */
const TALLEST = 8000

interface Style {
  size: number
  bold: boolean
  color: string
  above: number
}

const INK = '#17262b'
const GREY = '#4d6068'
const STYLES: Record<'title' | 'heading' | 'text' | 'note' | 'name', Style> = {
  title: { size: 52, bold: true, color: INK, above: 0 },
  heading: { size: 40, bold: true, color: '#073e49', above: 44 },
  text: { size: 34, bold: false, color: INK, above: 18 },
  note: { size: 28, bold: false, color: GREY, above: 4 },
  name: { size: 34, bold: true, color: INK, above: 20 },
}

/**
 * The notice as a drawing 1080 px wide, its height as the text needs.
 * @throws {RangeError} when it would be taller than a phone can draw
 */
export function layOut(blocks: readonly NoticeBlock[], widthOf: WidthOf): Drawing {
  const marks: Mark[] = []
  let y = MARGIN
  const write = (text: string, { size, bold, color, above }: Style) => {
    y += above
    for (const line of wrap(text, (part) => widthOf(part, size, bold), WIDTH - MARGIN * 2)) {
      y += size * LINE
      marks.push({ text: line, x: MARGIN, y: y - size * 0.35, size, bold, color })
    }
  }
  for (const block of blocks) {
    if (block.is === 'entry') {
      write(block.title, STYLES.name)
      block.lines.forEach((line) => write(line, STYLES.note))
    } else write(block.text, STYLES[block.is])
  }
  const height = Math.ceil(y + MARGIN)
  if (height > TALLEST) throw new RangeError(`a notice ${height} px tall cannot be drawn`)
  return { width: WIDTH, height, marks }
}
