/** A4 sheets filled from top to bottom: text and tables that go on over the page's end. */
import { type PDFDocument, type PDFFont, type PDFPage, type RGB, degrees, rgb } from 'pdf-lib'
import { wrap } from '../../core/wrap'
import type { Fonts } from './fonts'

const WIDTH = 595.28
const HEIGHT = 841.89
const MARGIN = { side: 50, top: 64, bottom: 58 }
const LINE = 1.5
const CELL = { x: 5, y: 3 }
/** A heading stands with at least this much of what it heads. */
const HEADING_ROOM = 150
/** Rows of as many lines go on over the page's end, with at least the fewest on it. */
const SPLIT_FROM = 12
const FEWEST = 4

export const CONTENT_WIDTH = WIDTH - MARGIN.side * 2
export const PAGE_ROOM = HEIGHT - MARGIN.top - MARGIN.bottom

export const INK = {
  text: rgb(0.09, 0.15, 0.17),
  muted: rgb(0.3, 0.38, 0.41),
  primary: rgb(0.04, 0.33, 0.39),
  soft: rgb(0.9, 0.94, 0.95),
  line: rgb(0.75, 0.81, 0.83),
  warn: rgb(0.46, 0.27, 0),
  paper: rgb(1, 1, 1),
}

export interface Style {
  size?: number
  bold?: boolean
  color?: RGB
  /** room above the text */
  above?: number
  indent?: number
}

export interface Table {
  /** shares of the line */
  widths: readonly number[]
  head?: readonly string[]
  /** rows of cells of paragraphs */
  rows: readonly (readonly (readonly string[])[])[]
  /** the first column tells what the row is */
  termsFirst?: boolean
}

export class Paper {
  private page!: PDFPage // opened by the constructor
  private y = 0
  private readonly widths = { regular: new Map<string, number>(), bold: new Map<string, number>() }

  constructor(private readonly doc: PDFDocument, private readonly fonts: Fonts) {
    this.turn()
  }

  /** How much of the page is left, in points. */
  get room(): number {
    return this.y - MARGIN.bottom
  }

  /** Goes on on a new page unless this much is left. */
  need(height: number): void {
    if (this.room < Math.min(height, PAGE_ROOM)) this.turn()
  }

  skip(height: number): void {
    this.y -= Math.min(height, this.room)
  }

  write(text: string, style: Style = {}): void {
    const { size = 10, above = 0, indent = 0 } = style
    this.skip(above)
    for (const line of this.wrap(text, CONTENT_WIDTH - indent, style)) {
      this.need(size * LINE)
      this.y -= size * LINE
      this.put(line, { x: MARGIN.side + indent, y: this.y + size * 0.38, style })
    }
  }

  bullet(text: string): void {
    this.need(15)
    this.page.drawCircle({ x: MARGIN.side + 4, y: this.y - 8, size: 1.6, color: INK.primary })
    this.write(text, { indent: 12 })
  }

  /** A band across the page, kept together with this much of what follows it. */
  heading(text: string, room = HEADING_ROOM): void {
    this.need(room)
    this.skip(14)
    const height = 22
    this.y -= height
    const at = { x: MARGIN.side, y: this.y }
    this.page.drawRectangle({ ...at, width: CONTENT_WIDTH, height, color: INK.soft })
    this.page.drawRectangle({ ...at, width: 3, height, color: INK.primary })
    const style = { size: 12, bold: true, color: INK.primary }
    this.put(text, { x: MARGIN.side + 10, y: this.y + 6.5, style })
    this.skip(7)
  }

  /** How high the head of a table and its first row are: they are not parted. */
  startOf(table: Table): number {
    const columns = columnsOf(table)
    const [first = []] = table.rows
    const cells = first.map((text, n) => this.cell(text, n, columns, table.termsFirst).length)
    const lines = Math.min(SPLIT_FROM, Math.max(0, ...cells)) + (table.head ? 1 : 0)
    return lines * ROW_LINE + CELL.y * 4
  }

  /** Rows one below the other; the head stands again on each page. */
  table(table: Table): void {
    const { head, rows, termsFirst = false } = table
    if (rows.length === 0) return
    const columns = columnsOf(table)
    const lead = () => {
      if (head) this.row(head.map((text) => this.cell([text], 0, columns)), columns, 'head')
    }
    this.need(this.startOf(table))
    lead()
    for (const cells of rows) {
      let left = cells.map((paragraphs, n) => this.cell(paragraphs, n, columns, termsFirst))
      while (left.some((lines) => lines.length > 0)) {
        const most = Math.max(...left.map((lines) => lines.length))
        const fit = Math.floor((this.room - CELL.y * 2) / ROW_LINE)
        if (fit < most && (fit < FEWEST || most < SPLIT_FROM)) {
          this.turn()
          lead()
          continue
        }
        this.row(left.map((lines) => lines.slice(0, fit)), columns, termsFirst ? 'term' : 'plain')
        left = left.map((lines) => lines.slice(fit))
      }
    }
  }

  /** Room for a drawing of this height; its own origin is its top left corner, y downwards. */
  draw(height: number, pen: (page: PDFPage, at: { x: number; y: number }) => void): void {
    this.need(height)
    pen(this.page, { x: MARGIN.side, y: this.y })
    this.y -= height
  }

  /** A square drawing at the left with lines of text at its side. */
  beside(
    size: number,
    lines: readonly string[],
    pen: (page: PDFPage, at: { x: number; y: number }) => void,
  ): void {
    this.skip(14)
    this.need(size)
    const { page, y } = this
    pen(page, { x: MARGIN.side, y })
    for (const line of lines) this.write(line, { indent: size + 14 })
    if (this.page === page) this.y = Math.min(this.y, y - size)
  }

  /** One word across every page, so faint that what is below stays legible. */
  stamp(text: string): void {
    const size = 120
    const width = this.widthOf(text, true) * size
    for (const page of this.doc.getPages()) {
      page.drawText(text, {
        x: WIDTH / 2 - width * 0.35, y: HEIGHT / 2 - width * 0.35, size, font: this.fonts.bold,
        color: INK.warn, opacity: 0.1, rotate: degrees(45),
      })
    }
  }

  /** What stands on every page, once all are known. */
  finish(header: string, mark: string): void {
    const pages = this.doc.getPages()
    const style = { size: 8.5, color: INK.muted }
    pages.forEach((page, n) => {
      this.page = page
      const top = HEIGHT - 40
      this.put(header, { x: MARGIN.side, y: top, style })
      this.put(mark, { x: WIDTH - MARGIN.side, y: top, style, align: 'right' })
      const count = `第 ${n + 1} 页，共 ${pages.length} 页`
      this.put(count, { x: WIDTH / 2, y: 32, style, align: 'middle' })
      page.drawLine({
        start: { x: MARGIN.side, y: top - 7 }, end: { x: WIDTH - MARGIN.side, y: top - 7 },
        thickness: 0.5, color: INK.line,
      })
    })
  }

  private turn(): void {
    this.page = this.doc.addPage([WIDTH, HEIGHT])
    this.y = HEIGHT - MARGIN.top
  }

  private cell(
    paragraphs: readonly string[], n: number, columns: readonly number[], termsFirst = false,
  ): string[] {
    const style = { size: ROW_SIZE, bold: termsFirst && n === 0 }
    return paragraphs.flatMap((text) =>
      this.wrap(text, columns[n]! - CELL.x * 2, style))
  }

  private row(
    cells: readonly (readonly string[])[], columns: readonly number[], kind: RowKind,
  ): void {
    const height = Math.max(...cells.map(({ length }) => length)) * ROW_LINE + CELL.y * 2
    this.y -= height
    let x = MARGIN.side
    cells.forEach((lines, n) => {
      const width = columns[n]!
      const told = kind === 'head' || (kind === 'term' && n === 0)
      this.page.drawRectangle({
        x, y: this.y, width, height, borderColor: INK.line, borderWidth: 0.5,
        color: told ? INK.soft : INK.paper,
      })
      const style = { size: ROW_SIZE, bold: told }
      lines.forEach((line, at) => this.put(line, {
        x: x + CELL.x, y: this.y + height - CELL.y - ROW_LINE * (at + 1) + ROW_SIZE * 0.36, style,
      }))
      x += width
    })
  }

  private wrap(text: string, most: number, { size = 10, bold = false }: Style): string[] {
    return wrap(text, (part) => this.widthOf(part, bold) * size, most)
  }

  /** Of a text in a size of 1; letters stand side by side without kerning. */
  private widthOf(text: string, bold: boolean): number {
    const known = bold ? this.widths.bold : this.widths.regular
    const font = bold ? this.fonts.bold : this.fonts.regular
    return Array.from(text).reduce((sum, letter) => {
      const width = known.get(letter) ?? font.widthOfTextAtSize(letter, 1)
      known.set(letter, width)
      return sum + width
    }, 0)
  }

  private put(
    text: string,
    { x, y, style, align = 'left' }: {
      x: number
      y: number
      style: Style
      align?: 'left' | 'middle' | 'right'
    },
  ): void {
    const { size = 10, bold = false, color = INK.text } = style
    const shift = { left: 0, middle: 0.5, right: 1 }[align]
    const font: PDFFont = bold ? this.fonts.bold : this.fonts.regular
    const start = x - this.widthOf(text, bold) * size * shift
    this.page.drawText(text, { x: start, y, size, font, color })
  }
}

function columnsOf({ widths }: Table): number[] {
  const sum = widths.reduce((all, share) => all + share, 0)
  return widths.map((share) => (share / sum) * CONTENT_WIDTH)
}

type RowKind = 'head' | 'term' | 'plain'
const ROW_SIZE = 9.5
const ROW_LINE = ROW_SIZE * 1.45
