import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { Box } from './box'
import { SheetBody } from './sheet-body'

export interface SheetProps {
  title: string
  onClose: () => void
  children?: ReactNode
  footer?: ReactNode
}

/** A panel over the page; render it only while it is open. */
export function Sheet({ title, onClose, children, footer }: SheetProps) {
  return (
    <Box className="sheet-over">
      <View className="sheet-shade" onClick={onClose} aria-hidden />
      <Box className="sheet" role="dialog" modal label={title}>
        <SheetBody title={title} onClose={onClose} footer={footer}>{children}</SheetBody>
      </Box>
    </Box>
  )
}
