/** One person of a list: who, what is still to do, and the way in. */
import { Box, Tap, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icon'
import { Tag } from '@/ui/status'
import './index.scss'

export interface RowCardProps {
  id: string
  /** 员工 3 */
  label: string
  name: string
  /** masked */
  number: string
  missing: number
  wrong: number
  onOpen: () => void
  /** absent where the list may not become shorter */
  onRemove?: () => void
}

export function RowCard(props: RowCardProps) {
  const { id, label, name, number, missing, wrong, onOpen, onRemove } = props
  return (
    <Box as="li" className="card row-card">
      <Tap className="row-open" id={id} onTap={onOpen}>
        <Words className="row-who">
          <Words className="row-label">{label}</Words>
          <Words className={name ? 'row-name' : 'row-name muted'}>{name || '还没填姓名'}</Words>
          {number !== '' && <Words className="row-number">{number}</Words>}
        </Words>
        {stateTag(missing, wrong)}
        <Icon name="next" className="muted" />
      </Tap>
      {onRemove && (
        <Box className="row-acts">
          <Button kind="quiet" compact label={`删除${label}${name && ` ${name}`}`} onTap={onRemove}>
            删除
          </Button>
        </Box>
      )}
    </Box>
  )
}

function stateTag(missing: number, wrong: number) {
  if (wrong > 0) return <Tag tone="bad">有错</Tag>
  return missing > 0 ? <Tag tone="warn">{`还差 ${missing} 项`}</Tag> : <Tag tone="good">已填好</Tag>
}
