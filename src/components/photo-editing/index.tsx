/** Turning a photo and cutting it to the document: by dragging, or by buttons alone (U35). */
import { useEffect, useState } from 'react'
import {
  type Edge, frameOf, type PhotoEdit, type Shape, turn, UNTOUCHED, WHOLE, withEdge,
} from '@/platform/photo-edit'
import { PhotoUnreadable, type Preview } from '@/platform/photo-shrink'
import { previewPhoto } from '@/platform/prepare-photo'
import { Box, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { CropFrame } from '@/ui/crop-frame'
import { Sheet } from '@/ui/sheet'
import { Loading, Notice } from '@/ui/status'
import './index.scss'

const STEP = 0.03
const EDGES: readonly { edge: Edge; name: string }[] = [
  { edge: 'top', name: '上边' }, { edge: 'bottom', name: '下边' },
  { edge: 'left', name: '左边' }, { edge: 'right', name: '右边' },
]
const SHAPE_WORDS: Record<Shape, string> = { card: '卡片', booklet: '本子', page: 'A4 纸' }

export interface PhotoEditingProps {
  name: string
  /** where the photo can be read from */
  source: string
  shape: Shape
  onDone: (edit: PhotoEdit) => void
  onClose: () => void
}

export function PhotoEditing({ name, source, shape, onDone, onClose }: PhotoEditingProps) {
  const [edit, setEdit] = useState<PhotoEdit>(UNTOUCHED)
  const { preview, failed } = usePreview(source, edit.turns)
  const frame = (crop: PhotoEdit['crop']) => setEdit({ ...edit, crop })
  const move = (edge: Edge, at: number) => frame(withEdge(edit.crop, edge, at))
  const touched = edit.turns !== 0 || edit.crop !== WHOLE
  return (
    <Sheet
      title={`旋转或裁剪：${name}`} onClose={onClose}
      footer={(
        <Box className="pair">
          <Button kind="secondary" onTap={onClose}>不改了</Button>
          <Button disabled={!touched || !preview} onTap={() => onDone(edit)}>用改好的</Button>
        </Box>
      )}
    >
      {failed && <Notice kind="error" title="打不开这张照片">请重新拍一张。</Notice>}
      {!preview && !failed && <Loading rows={2} />}
      {preview && (
        <Box className={preview.height > preview.width ? 'crop-tall' : ''}>
          <CropFrame
            src={preview.path} alt={name} ratio={preview.width / preview.height}
            frame={edit.crop} onMove={move}
          />
        </Box>
      )}
      <Box className="editing-acts">
        <Button kind="secondary" compact onTap={() => setEdit(turn(edit, -1))}>向左转</Button>
        <Button kind="secondary" compact onTap={() => setEdit(turn(edit, 1))}>向右转</Button>
        {preview && (
          <Button kind="secondary" compact onTap={() => frame(frameOf(shape, preview))}>
            {`套用${SHAPE_WORDS[shape]}框`}
          </Button>
        )}
        <Button kind="quiet" compact onTap={() => setEdit(UNTOUCHED)}>还原</Button>
      </Box>
      {EDGES.map(({ edge, name: side }) => (
        <Box key={edge} className="editing-edge" role="group" label={side}>
          <Words className="editing-name">{side}</Words>
          <Button
            kind="quiet" compact label={`${side}往里裁`}
            onTap={() => move(edge, edit.crop[edge] + STEP)}
          >
            往里裁
          </Button>
          <Button
            kind="quiet" compact label={`${side}往外放`} disabled={edit.crop[edge] === 0}
            onTap={() => move(edge, edit.crop[edge] - STEP)}
          >
            往外放
          </Button>
        </Box>
      ))}
    </Sheet>
  )
}

function usePreview(source: string, turns: number) {
  const [preview, setPreview] = useState<Preview>()
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let current = true
    previewPhoto(source, turns)
      .then((made) => {
        if (current) setPreview(made)
      })
      .catch((error: unknown) => {
        if (!(error instanceof PhotoUnreadable)) throw error
        setFailed(true)
      })
    return () => {
      current = false
    }
  }, [source, turns])
  return { preview, failed }
}
