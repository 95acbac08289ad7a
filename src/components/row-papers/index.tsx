/** The documents of one person of a list, under the person's name. */
import type { ReactNode } from 'react'
import { Box, Tap, Words } from '@/ui/box'
import { Icon } from '@/ui/icon'
import { Tag } from '@/ui/status'
import './index.scss'

export interface RowPapersProps {
  id: string
  name: string
  /** how many are still missing */
  left: number
  open: boolean
  onTurn: () => void
  children: ReactNode
}

export function RowPapers({ id, name, left, open, onTurn, children }: RowPapersProps) {
  return (
    <Box as="section" className="row-papers" label={name}>
      <Tap className="row-papers-head" id={id} expanded={open} onTap={onTurn}>
        <Icon name={open ? 'down' : 'next'} className="muted" />
        <Words className="row-papers-name">{name}</Words>
        {left > 0 ? <Tag tone="warn">{`还差 ${left} 份`}</Tag> : <Tag tone="good">已齐</Tag>}
      </Tap>
      {open && children}
    </Box>
  )
}
