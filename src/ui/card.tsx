import type { ReactNode } from 'react'
import { Box, Tap, Words } from './box'
import { Icon, type IconName } from './icon'
import { Worded } from './worded'

export interface CardProps {
  title?: string
  /** Right of the title: a Tag or a LinkButton. */
  aside?: ReactNode
  children?: ReactNode
}

/** A white panel with an optional h2. */
export function Card({ title, aside, children }: CardProps) {
  return (
    <Box as="section" className="card">
      {(title || aside) && (
        <Box className="card-head">
          {title && <Box as="h2" className="card-title">{title}</Box>}
          {aside}
        </Box>
      )}
      {children}
    </Box>
  )
}

export interface CardLinkProps {
  title: string
  note?: string
  tag?: ReactNode
  icon?: IconName
  onTap: () => void
}

/** A panel that opens something: the whole of it is one target. */
export function CardLink({ title, note, tag, icon, onTap }: CardLinkProps) {
  return (
    <Tap className="card card-link" onTap={onTap}>
      {icon && <Words className="card-icon"><Icon name={icon} /></Words>}
      <Words className="card-link-text">
        <Worded className="card-title">{title}</Worded>
        {note && <Worded className="card-note">{note}</Worded>}
      </Words>
      {tag}
      <Icon name="next" className="muted" />
    </Tap>
  )
}

export interface Fact {
  term: string
  value?: ReactNode
  /** Shown for an empty value; 未填写 unless told. */
  empty?: string
  action?: ReactNode
}

/** Bare words need no element of their own: a page to check has sixty of them. */
const isShort = (value: ReactNode) => typeof value === 'string' && value !== ''

/** Terms and their values, e.g. the answers to check before sending. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <Box as="dl" className="facts">
      {facts.map(({ term, value, empty = '未填写', action }) => (
        <Box className="fact" key={term}>
          <Box as="dt" className="fact-term">{term}</Box>
          <Box as="dd" className="fact-value">
            {!value && <Worded className="fact-text muted">{empty}</Worded>}
            {value && (isShort(value) ? value : <Box className="fact-text">{value}</Box>)}
            {action}
          </Box>
        </Box>
      ))}
    </Box>
  )
}
