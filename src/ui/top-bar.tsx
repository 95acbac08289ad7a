import type { ReactNode } from 'react'
import { Box } from './box'

export interface TopBarProps {
  onBack?: () => void
  aside?: ReactNode
}

/** WeChat draws the bar and its way back; only what stands at its right end is ours. */
export function TopBar({ aside }: TopBarProps) {
  return aside ? <Box className="top-aside">{aside}</Box> : null
}
