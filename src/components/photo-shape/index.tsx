/** 怎么拍: how a document is laid, drawn by its shape, before the phone's own camera opens. */
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Sheet } from '@/ui/sheet'
import type { Shape } from '@/platform/photo-edit'
import './index.scss'

const LAY: Record<Shape, string> = {
  card: '把证件横着放在深色桌面上，四个角都要拍进去，占满画面。',
  booklet: '把本子摊平，左右两页一起拍，用手压住时不要挡住字。',
  page: '把纸平放在深色桌面上，手机竖着拿，四条边都要拍进去。',
}
const RULES = ['从正上方往下拍，不要斜着。', '关掉闪光灯，避开头顶的灯，别让字反光。', '拍完放大看一眼，每个字都看得清再用。']
const LINES: Record<Shape, number> = { card: 4, booklet: 6, page: 9 }

export interface PhotoShapeProps {
  name: string
  shape: Shape
  onClose: () => void
  /** absent where one only looks */
  onShoot?: () => void
}

export function PhotoShape({ name, shape, onClose, onShoot }: PhotoShapeProps) {
  return (
    <Sheet
      title={`怎么拍：${name}`} onClose={onClose}
      footer={onShoot
        ? <Button icon="camera" onTap={onShoot}>知道了，去拍</Button>
        : <Button onTap={onClose}>知道了</Button>}
    >
      <Box className="shape-table" role="img" label={LAY[shape]}>
        <Box className={`shape-frame shape-${shape}`} hidden>
          <Box className="shape-paper">
            {Array.from({ length: LINES[shape] }, (_, n) => (
              <Box key={n} className={n % 3 === 2 ? 'shape-line shape-short' : 'shape-line'} />
            ))}
          </Box>
        </Box>
      </Box>
      <Box as="p">{LAY[shape]}</Box>
      <Box as="ul" className="shape-rules">
        {RULES.map((rule) => <Box as="li" key={rule}>{rule}</Box>)}
      </Box>
    </Sheet>
  )
}
