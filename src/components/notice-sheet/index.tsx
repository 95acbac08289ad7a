import { Box } from '@/ui/box'
import type { NoticeBlock } from './blocks'
import './index.scss'

/** The notice as a sheet of paper. */
export function NoticeSheet({ blocks }: { blocks: readonly NoticeBlock[] }) {
  return (
    <Box className="card sheet-paper">
      {blocks.map((block, n) => <Block key={n} block={block} />)}
    </Box>
  )
}

function Block({ block }: { block: NoticeBlock }) {
  switch (block.is) {
    case 'title': return <Box as="h2" className="sheet-title">{block.text}</Box>
    case 'heading': return <Box as="h3" className="sheet-heading">{block.text}</Box>
    case 'text': return <Box as="p" className="sheet-text">{block.text}</Box>
    case 'note': return <Box as="p" className="sheet-note">{block.text}</Box>
    case 'entry': return (
      <Box className="sheet-entry">
        <Box as="p" className="sheet-name">{block.title}</Box>
        {block.lines.map((line) => <Box as="p" className="sheet-note" key={line}>{line}</Box>)}
      </Box>
    )
  }
}
