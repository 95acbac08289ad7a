/** The blocks of a document (core/guide-sheet.ts) on paper. */
import type { Signature } from '../../core/contract/case'
import type { SheetBlock, SheetRow } from '../../core/guide-sheet'
import { INK, type Paper, type Table } from './paper'

/** All but the chart, which only a guide has; and what somebody signed by hand. */
export type PrintedBlock =
  | Exclude<SheetBlock, { is: 'flow' }>
  | { is: 'signature'; signature: Signature }

export function printBlock(paper: Paper, block: PrintedBlock): void {
  switch (block.is) {
    case 'text': return paper.write(block.text, { color: INK.muted })
    case 'list': return block.lines.forEach((line) => paper.bullet(line))
    case 'rows': return paper.table(tableOf(block.rows))
    case 'record': {
      const table = tableOf(block.rows)
      paper.need(26 + paper.startOf(table))
      paper.write(block.mark ? `${block.title}（${block.mark}）` : block.title, {
        size: 11, bold: true, above: 6,
      })
      paper.skip(3)
      return paper.table(table)
    }
    case 'signature': return drawSignature(paper, block.signature)
    case 'table':
      paper.skip(3)
      return paper.table(block)
  }
}

const SIGNATURE = { width: 220, mostHeight: 110, line: 1.2 }

/** Strokes are in thousandths of the pad's width. */
function drawSignature(paper: Paper, { strokes, ratio }: Signature): void {
  const width = Math.min(SIGNATURE.width, SIGNATURE.mostHeight * ratio)
  const scale = width / 1000
  paper.draw(width / ratio, (page, { x, y }) => {
    for (const stroke of strokes) {
      stroke.slice(1).forEach(([toX = 0, toY = 0], n) => {
        const [fromX = 0, fromY = 0] = stroke[n] ?? []
        page.drawLine({
          start: { x: x + fromX * scale, y: y - fromY * scale },
          end: { x: x + toX * scale, y: y - toY * scale },
          thickness: SIGNATURE.line, color: INK.text,
        })
      })
    }
  })
}

function tableOf(rows: readonly SheetRow[]): Table {
  return {
    widths: rows.some(({ term }) => term.length > 8) ? [4, 6] : [15, 85],
    rows: rows.map(({ term, lines }) => [[term], lines]),
    termsFirst: true,
  }
}
