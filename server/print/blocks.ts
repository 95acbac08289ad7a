/** The blocks of a document (core/guide-sheet.ts) on paper. */
import type { SheetBlock, SheetRow } from '../../core/guide-sheet'
import { INK, type Paper, type Table } from './paper'

/** All but the chart, which only a guide has. */
export type PrintedBlock = Exclude<SheetBlock, { is: 'flow' }>

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
    case 'table':
      paper.skip(3)
      return paper.table(block)
  }
}

function tableOf(rows: readonly SheetRow[]): Table {
  return {
    widths: rows.some(({ term }) => term.length > 8) ? [4, 6] : [15, 85],
    rows: rows.map(({ term, lines }) => [[term], lines]),
    termsFirst: true,
  }
}
