import type { Flow } from '@core/flow'
import type { SheetSection } from '@core/guide-sheet'
import { type ReactNode, useState } from 'react'
import { Box, Tap, Words } from '@/ui/box'
import { Icon } from '@/ui/icon'
import { Tag } from '@/ui/status'
import { Block, Rows, type Thing, thingsOf } from './block'

export interface SectionsProps {
  sections: readonly SheetSection[]
  flow: Flow
}

/**
 * One section is open at a time, and one thing in it: a page of a mini-program bears some 600
 * nodes, and a guide has three times as many.
 */
export function Sections({ sections, flow }: SectionsProps) {
  const [open, setOpen] = useState(sections[0]?.title)
  return (
    <>
      {sections.map(({ title, blocks }) => {
        const things = blocks.flatMap((block) => thingsOf(block) ?? [])
        return (
          <Box as="section" className="card" key={title}>
            <Fold
              title={title} isOpen={open === title}
              onTurn={() => setOpen(open === title ? undefined : title)}
            >
              {blocks.filter((block) => !thingsOf(block)).map((block, n) => (
                <Block key={n} block={block} flow={flow} />
              ))}
              <Things things={things} />
            </Fold>
          </Box>
        )
      })}
    </>
  )
}

function Things({ things }: { things: readonly Thing[] }) {
  const [open, setOpen] = useState<number>()
  return (
    <>
      {things.map(({ title, mark, more, rows }, n) => (
        <Box className="full-thing" key={n}>
          <Fold
            small title={title} isOpen={open === n}
            onTurn={() => setOpen(open === n ? undefined : n)}
          >
            {mark && <Tag>{mark}</Tag>}
            {more.map((line) => <Box as="p" className="full-text" key={line}>{line}</Box>)}
            <Rows rows={rows} />
          </Fold>
        </Box>
      ))}
    </>
  )
}

interface FoldProps {
  title: string
  small?: boolean
  isOpen: boolean
  onTurn: () => void
  children: ReactNode
}

function Fold({ title, small, isOpen, onTurn, children }: FoldProps) {
  return (
    <>
      <Box as={small ? 'h3' : 'h2'} className={small ? 'full-thing-title' : 'card-title'}>
        <Tap className="full-fold" expanded={isOpen} onTap={onTurn}>
          <Words>{title}</Words>
          <Icon name="down" className={`muted ${isOpen ? 'full-turned' : ''}`} />
        </Tap>
      </Box>
      {isOpen && children}
    </>
  )
}
