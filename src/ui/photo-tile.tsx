import { Box, Picture, Tap, Words } from './box'
import { Button } from './button'
import { Icon } from './icon'
import { ProgressBar } from './status'

export type PhotoState =
  | { is: 'waiting' }
  | { is: 'uploading'; percent: number }
  | { is: 'done' }
  | { is: 'failed'; reason: string }

export interface PhotoTileProps {
  /** Which photo, e.g. 出生医学证明 第 1 张. */
  name: string
  /** Absent where the phone has the photo but no picture of it to show. */
  src?: string
  state: PhotoState
  onRetry?: () => void
  onRemove?: () => void
  onOpen?: () => void
  /** Turning and cropping. */
  onEdit?: () => void
  /** Advice about the picture itself, e.g. 照片可能模糊. */
  advice?: string
}

function say(state: PhotoState): string {
  switch (state.is) {
    case 'waiting': return '等待上传'
    case 'uploading': return `正在上传 ${Math.round(state.percent)}%`
    case 'done': return '已上传'
    case 'failed': return state.reason
  }
}

/** One photographed page with its progress, in words and as a bar. */
export function PhotoTile(props: PhotoTileProps) {
  const { name, src, state, onRetry, onRemove, onOpen, onEdit, advice } = props
  const picture = src === undefined
    ? <Box className="photo-picture photo-unseen" hidden><Icon name="album" /></Box>
    : <Picture src={src} alt={name} className="photo-picture" />
  return (
    <Box className={`photo photo-${state.is}`}>
      {onOpen
        ? <Tap className="photo-open" label={`查看${name}`} onTap={onOpen}>{picture}</Tap>
        : picture}
      <Box className="photo-body">
        <Words className="photo-name">{name}</Words>
        <Box className="photo-state" live="polite">
          {state.is === 'done' && <Icon name="check" />}
          {state.is === 'failed' && <Icon name="alert" />}
          <Words>{say(state)}</Words>
        </Box>
        {state.is === 'uploading' && <ProgressBar percent={state.percent} />}
        {advice && <Box as="p" className="photo-advice">{advice}</Box>}
        <Box className="photo-acts">
          {state.is === 'failed' && onRetry && (
            <Button kind="quiet" compact icon="retry" label={`重新上传${name}`} onTap={onRetry}>
              重试
            </Button>
          )}
          {onEdit && (
            <Button kind="quiet" compact label={`旋转或裁剪${name}`} onTap={onEdit}>
              旋转或裁剪
            </Button>
          )}
          {onRemove && (
            <Button kind="quiet" compact label={`删除${name}`} onTap={onRemove}>删除</Button>
          )}
        </Box>
      </Box>
    </Box>
  )
}
