import { startOver } from '@/platform/navigation'
import { Box, Tap, Words } from '@/ui/box'
import { Worded } from '@/ui/worded'
import './index.scss'

const PLACES = [
  { page: 'home', label: '首页' },
  { page: 'cases', label: '办件' },
  { page: 'messages', label: '消息' },
  { page: 'settings', label: '我的' },
] as const

export interface MainNavProps {
  here: (typeof PLACES)[number]['page']
  /** unread messages */
  unread?: number
}

/** The four main places, at the foot of each of them. */
export function MainNav({ here, unread = 0 }: MainNavProps) {
  return (
    <Box as="nav" className="main-nav" label="主要页面">
      {PLACES.map(({ page, label }) => (
        <Tap
          key={page}
          className={`main-nav-place ${page === here ? 'main-nav-here' : ''}`}
          label={page === here ? `${label}，当前页面`
            : page === 'messages' && unread > 0 ? `${label}，${unread} 条未读` : undefined}
          onTap={() => {
            if (page !== here) startOver(page)
          }}
        >
          <Words className={`main-nav-icon main-nav-${page}`} hidden />
          <Worded>{label}</Worded>
          {page === 'messages' && unread > 0 && (
            <Words className="main-nav-count" hidden>{unread > 99 ? '99+' : unread}</Words>
          )}
        </Tap>
      ))}
    </Box>
  )
}
