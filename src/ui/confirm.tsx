import { Box } from './box'
import { Button } from './button'
import { Sheet } from './sheet'

export interface ConfirmProps {
  title: string
  text: string
  /** Names the act: 撤回申请, not 确定. */
  yes: string
  no?: string
  danger?: boolean
  busy?: boolean
  onYes: () => void
  onNo: () => void
}

/** Asks before an act that cannot be undone; render it only while it is open. */
export function Confirm({ title, text, yes, no = '返回', danger, busy, onYes, onNo }: ConfirmProps) {
  return (
    <Sheet
      title={title}
      onClose={onNo}
      footer={(
        <Box className="pair">
          <Button kind="secondary" onTap={onNo}>{no}</Button>
          <Button kind={danger ? 'danger' : 'primary'} busy={busy} onTap={onYes}>{yes}</Button>
        </Box>
      )}
    >
      <Box as="p">{text}</Box>
    </Sheet>
  )
}
