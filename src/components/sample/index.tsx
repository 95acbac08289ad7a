/** 样表: what a right document shows, drawn as a sheet that nobody could take for a real one. */
import { useState } from 'react'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import './index.scss'

export interface SampleProps {
  /** whose and which, read with the button */
  name: string
  lines: readonly string[]
}

export function Sample({ name, lines }: SampleProps) {
  const [open, setOpen] = useState(false)
  return (
    <Box className="sample">
      <Button
        kind="quiet" compact label={`${open ? '收起' : '看'}${name}的样例`} onTap={() => setOpen(!open)}
      >
        {open ? '收起样例' : '看样例'}
      </Button>
      {open && (
        <Box className="sample-sheet">
          {lines.map((line) => <Box as="p" key={line} className="sample-line">{line}</Box>)}
        </Box>
      )}
    </Box>
  )
}
