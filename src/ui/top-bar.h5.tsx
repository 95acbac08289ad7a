import { Box, Tap, Words } from './box'
import { Icon } from './icon'
import type { TopBarProps } from './top-bar'
import { Worded } from './worded'

function skip(link: HTMLElement) {
  link.closest('.page')?.querySelector<HTMLElement>('.page-main')?.focus()
}

/** The bar of the web app: skip link, way back, name of the service. */
export function TopBar({ onBack, aside }: TopBarProps) {
  return (
    <header className="top">
      <button type="button" className="skip" onClick={(event) => skip(event.currentTarget)}>
        跳到主要内容
      </button>
      <Box className="top-inner">
        {onBack
          ? (
            <Tap className="top-back" onTap={onBack}>
              <Icon name="back" />
              <Worded>返回</Worded>
            </Tap>
          )
          : (
            <Box className="top-brand">
              <Words className="top-mark" hidden />
              <Words>喀什一件事</Words>
            </Box>
          )}
        <Box className="top-aside">{aside}</Box>
      </Box>
    </header>
  )
}
