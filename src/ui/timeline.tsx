import type { ReactNode } from 'react'
import { Box } from './box'
import { Tag, type Tone } from './status'
import { Worded } from './worded'

export interface TimelineEntryProps {
  title: string
  /** Ready to read, e.g. 11月23日 10:20. */
  at?: string
  /** Who acted: a department, never a person's private data. */
  by?: string
  text?: string
  state?: 'done' | 'current' | 'waiting' | 'wrong'
  tag?: { tone: Tone; label: string }
  children?: ReactNode
}

/** Holds TimelineEntry items, newest or first on top. */
export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return <Box as="ol" className="timeline" label={label}>{children}</Box>
}

/** One thing that happened, or is awaited. */
export function TimelineEntry(props: TimelineEntryProps) {
  const { title, at, by, text, state = 'done', tag, children } = props
  return (
    <Box as="li" className={`entry entry-${state}`}>
      <Box className="entry-dot" hidden />
      <Box className="entry-head">
        <Worded className="entry-title">{title}</Worded>
        {tag && <Tag tone={tag.tone}>{tag.label}</Tag>}
      </Box>
      {(at || by) && (
        <Box as="p" className="entry-when">{[at, by].filter(Boolean).join(' · ')}</Box>
      )}
      {text && <Box as="p">{text}</Box>}
      {children}
    </Box>
  )
}
