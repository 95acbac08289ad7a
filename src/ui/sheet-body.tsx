import { Box, Tap } from './box'
import { Icon } from './icon'
import type { SheetProps } from './sheet'

/** What stands inside a sheet on both targets. */
export function SheetBody({ title, onClose, children, footer }: SheetProps) {
  return (
    <>
      <Box className="sheet-head">
        <Box as="h2" className="card-title">{title}</Box>
        <Tap className="sheet-close" label="关闭" onTap={onClose}><Icon name="close" /></Tap>
      </Box>
      <Box className="sheet-body">{children}</Box>
      {footer && <Box className="sheet-footer">{footer}</Box>}
    </>
  )
}
