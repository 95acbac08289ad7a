/** 样表: what a right document shows, drawn as a sheet that nobody could take for a real one. */
import { Box } from '@/ui/box'
import './index.scss'

export function Sample({ lines }: { lines: readonly string[] }) {
  return (
    <Box className="sample-sheet">
      {lines.map((line) => <Box as="p" key={line} className="sample-line">{line}</Box>)}
    </Box>
  )
}
