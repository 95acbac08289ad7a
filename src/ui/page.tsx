import { useEffect, type ReactNode } from 'react'
import { setPageTitle } from '@/platform/title'
import { Box, Words } from './box'
import { useFrame } from './frame'
import { Icon } from './icon'
import { TopBar } from './top-bar'
import { ToastRegion } from './toast'

export interface PageProps {
  /** The page's name: title of the window, and its h1 unless `heading` is false. */
  title: string
  /** False where a field or a card of the page carries the h1 itself. */
  heading?: boolean
  /** One or two sentences under the heading. */
  lead?: string
  /** Problems stand on the page: the window's title then starts with 错误. */
  wrong?: boolean
  /** What 返回 does; without it there is no way back (the home page). */
  onBack?: () => void
  /** Right end of the top bar on H5; first row of the page in the mini-program. */
  aside?: ReactNode
  /** Stays at the foot, above the safe area: the one main button. */
  footer?: ReactNode
  children?: ReactNode
}

/** Every page's root: top bar, skip link, offline banner, heading, content, foot, live region. */
export function Page(props: PageProps) {
  const { title, heading = true, lead, wrong, onBack, aside, footer, children } = props
  const { elder, online, fontScale } = useFrame()
  const windowTitle = wrong ? `错误：${title}` : title
  useEffect(() => {
    setPageTitle(windowTitle)
  }, [windowTitle])
  const size = elder ? 'page-elder' : fontScale > 1.1 ? 'page-large' : ''
  return (
    <Box className={`page ${size} ${footer ? 'page-footed' : ''}`}>
      <TopBar onBack={onBack} aside={aside} />
      <Box className="page-status" live="polite" role="status">
        {!online && (
          <Box className="offline">
            <Icon name="offline" />
            <Words>网络已断开。可以继续填写，联网后会自动保存到云端。</Words>
          </Box>
        )}
      </Box>
      <Box as="main" className="page-main" focusable>
        {heading && <Box as="h1" className="page-title">{title}</Box>}
        {lead && <Box as="p" className="page-lead">{lead}</Box>}
        {children}
      </Box>
      {footer && (
        <Box className="page-footer"><Box className="page-footer-inner">{footer}</Box></Box>
      )}
      <ToastRegion />
    </Box>
  )
}
