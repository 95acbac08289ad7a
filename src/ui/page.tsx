import { useEffect, type CSSProperties, type ReactNode } from 'react'
import { setPageTitle } from '@/platform/title'
import { Box } from './box'
import { textScale, useFrame } from './frame'
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
  /** Stands for the help at the end of the page; false on a page that is itself help. */
  help?: ReactNode
  children?: ReactNode
}

/** From here on bars that stay in sight would leave no room for the page (WCAG 1.4.4). */
const LARGE = 1.25

/** Every page's root: top bar, skip link, offline banner, heading, content, foot, live region. */
export function Page(props: PageProps) {
  const { title, heading = true, lead, wrong, onBack, aside, footer, help, children } = props
  const { elder, fontScale, Help, Training, Status, ElderBar, Consent } = useFrame()
  const windowTitle = wrong ? `错误：${title}` : title
  useEffect(() => {
    setPageTitle(windowTitle)
  }, [windowTitle])
  const scale = textScale(fontScale)
  // a custom property of our own, unknown to React's types
  const style = scale > 1 ? { '--scale': scale } as CSSProperties : undefined
  return (
    <Box
      className={`page ${elder ? 'page-elder' : ''} ${scale > LARGE ? 'page-large' : ''}`}
      style={style}
    >
      <TopBar onBack={onBack} aside={aside} />
      <Box className="page-status">
        {Training && <Training />}
        <Box className="page-told" live="polite" role="status">{Status && <Status />}</Box>
      </Box>
      <Box as="main" className="page-main" focusable>
        {elder && ElderBar && <ElderBar />}
        {heading && <Box as="h1" className="page-title">{title}</Box>}
        {lead && <Box as="p" className="page-lead">{lead}</Box>}
        {children}
        {help ?? (Help && <Help compact={footer !== undefined} />)}
      </Box>
      {footer && (
        <Box className="page-footer"><Box className="page-footer-inner">{footer}</Box></Box>
      )}
      <ToastRegion />
      {Consent && <Consent />}
    </Box>
  )
}
