import type { Flow } from '@core/flow'
import type { SheetBlock, SheetRow } from '@core/guide-sheet'
import { PlanFlow } from '@/components/plan-flow'
import { Box } from '@/ui/box'
import { Tag } from '@/ui/status'

/** One block of the guide; what is a table on paper is a record a row on a phone. */
export function Block({ block, flow }: { block: SheetBlock; flow: Flow }) {
  switch (block.is) {
    case 'text': return <Box as="p" className="full-text">{block.text}</Box>
    case 'list': return (
      <Box as="ul" className="full-list">
        {block.lines.map((line) => <Box as="li" key={line}>{line}</Box>)}
      </Box>
    )
    case 'rows': return <Rows rows={block.rows} />
    case 'record':
    case 'table':
      return <>{thingsOf(block)?.map((thing, n) => <Record key={n} {...thing} />)}</>
    case 'flow': return <PlanFlow flow={flow} />
  }
}

/** One thing of several, and what is told of it. */
export interface Thing {
  title: string
  mark: string | undefined
  more: readonly string[]
  rows: readonly SheetRow[]
}

/** The things a block tells of, if it tells of any. */
export function thingsOf(block: SheetBlock): Thing[] | undefined {
  switch (block.is) {
    case 'record':
      return [{ title: block.title, mark: block.mark, more: [], rows: block.rows }]
    case 'table':
      return block.rows.map(([[title, ...more] = [''], ...cells]) => ({
        title: title ?? '', mark: undefined, more,
        rows: cells.map((lines, at) => ({ term: block.head[at + 1] ?? '', lines })),
      }))
    default: return undefined
  }
}

function Record({ title, mark, more, rows }: Thing) {
  return (
    <Box className="full-thing">
      <Box as="h3" className="full-thing-title">{title}</Box>
      {mark && <Tag>{mark}</Tag>}
      {more.map((line) => <Box as="p" className="full-text" key={line}>{line}</Box>)}
      <Rows rows={rows} />
    </Box>
  )
}

/** Terms and the lines that tell of them. */
export function Rows({ rows }: { rows: readonly SheetRow[] }) {
  return (
    <Box as="dl" className="full-rows">
      {rows.filter(({ lines }) => lines.length > 0).map(({ term, lines }) => (
        <Box className="full-row" key={term}>
          <Box as="dt" className="full-term">{term}</Box>
          <Box as="dd" className="full-lines">
            {lines.map((line, n) => <Box as="p" className="full-line" key={n}>{line}</Box>)}
          </Box>
        </Box>
      ))}
    </Box>
  )
}
