/** Small pieces that tell a state: always in words, colour only helps. */
import type { ReactNode } from 'react'
import { Box, Helped, Words } from './box'
import { Button } from './button'
import { Icon, type IconName } from './icon'

export type Tone = 'plain' | 'active' | 'good' | 'warn' | 'bad'

/** A state in two to six characters. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: string }) {
  return <Words className={`tag tag-${tone}`}>{children}</Words>
}

const NOTICE_ICONS: Record<NoticeProps['kind'], IconName> = {
  info: 'info',
  good: 'check',
  warn: 'alert',
  error: 'alert',
}

export interface NoticeProps {
  kind: 'info' | 'good' | 'warn' | 'error'
  title?: string
  children?: ReactNode
  action?: ReactNode
}

/** A message that stays on the page; an error is read out when it appears. */
export function Notice({ kind, title, children, action }: NoticeProps) {
  return (
    <Box className={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : undefined}>
      <Icon name={NOTICE_ICONS[kind]} />
      <Box className="notice-body">
        {title && <Box as="p" className="notice-title">{title}</Box>}
        {children}
        {typeof children === 'string' && <Helped text={children} />}
        {action}
      </Box>
    </Box>
  )
}

export interface EmptyProps {
  title: string
  note?: string
  action?: { label: string; onTap: () => void }
}

/** Nothing here yet, and what to do about it. */
export function Empty({ title, note, action }: EmptyProps) {
  return (
    <Box className="empty">
      <Words className="empty-icon"><Icon name="document" /></Words>
      <Box as="p" className="empty-title">{title}</Box>
      {note && <Box as="p" className="muted">{note}</Box>}
      {action && <Button kind="secondary" compact onTap={action.onTap}>{action.label}</Button>}
    </Box>
  )
}

/** Grey bars while something is on its way. */
export function Loading({ label = '正在加载', rows = 3 }: { label?: string; rows?: number }) {
  return (
    <Box className="loading" role="status" live="polite">
      <Words className="unseen">{label}</Words>
      {Array.from({ length: rows }, (_, row) => <Box className="bone" key={row} hidden />)}
    </Box>
  )
}

/** How far along a journey: 第 2 步，共 5 步. */
export function Steps({ at, of, label }: { at: number; of: number; label?: string }) {
  const step = `第 ${at} 步，共 ${of} 步`
  return (
    <Box className="steps">
      <Box as="div" className="steps-text">
        {`${step}${label ? `：${label}` : ''}`}
        <Helped text={step} />
        {label && <Helped text={label} />}
      </Box>
      <ProgressBar percent={(at / of) * 100} />
    </Box>
  )
}

/** A bar; decoration, so say the figure in words beside it. */
export function ProgressBar({ percent }: { percent: number }) {
  const width = `${Math.round(Math.min(100, Math.max(0, percent)))}%`
  return (
    <Box className="bar" hidden><Box className="bar-fill" style={{ width }} /></Box>
  )
}
