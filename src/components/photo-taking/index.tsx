/** What lies over the page while photos are taken: how to, doubt, a look, turning and cropping. */
import { useEffect, useState } from 'react'
import { CameraSheet } from '@/components/camera'
import { PhotoEditing } from '@/components/photo-editing'
import { PhotoShape } from '@/components/photo-shape'
import { PhotoUnreadable } from '@/platform/photo-shrink'
import { previewPhoto } from '@/platform/prepare-photo'
import { Box, Picture } from '@/ui/box'
import { Button } from '@/ui/button'
import { Sheet } from '@/ui/sheet'
import { Loading, Notice } from '@/ui/status'
import type { DoubtfulPhoto, OpenPhoto, Taking } from './use-taking'
import './index.scss'

export function PhotoSheets({ taking }: { taking: Taking }) {
  const { doubt, guide, open, shooting } = taking
  if (doubt) return <PhotoDoubt doubt={doubt} onSettle={taking.settle} />
  if (shooting) {
    return (
      <CameraSheet
        name={shooting.name} onDone={taking.shot} onClose={() => taking.stopShooting()}
        onFile={() => taking.stopShooting('file')}
      />
    )
  }
  if (guide) {
    return (
      <PhotoShape
        name={guide.name} shape={guide.shape} onClose={() => taking.explainedTo(false)}
        onShoot={guide.before && (() => taking.explainedTo(true))}
      />
    )
  }
  if (open?.doing === 'look') {
    return <Closeup open={open} onEdit={taking.editOpen} onClose={taking.close} />
  }
  return open
    ? <PhotoEditing {...open} onDone={taking.change} onClose={taking.close} />
    : null
}

function Closeup({ open, onEdit, onClose }: {
  open: OpenPhoto
  onEdit: () => void
  onClose: () => void
}) {
  const { path, failed } = useShown(open.source)
  return (
    <Sheet
      title={open.name} onClose={onClose}
      footer={(
        <Box className="pair">
          <Button kind="secondary" onTap={onEdit}>旋转或裁剪</Button>
          <Button onTap={onClose}>看好了</Button>
        </Box>
      )}
    >
      {failed && <Notice kind="error" title="打不开这张照片">请重新拍一张。</Notice>}
      {!path && !failed && <Loading rows={2} />}
      <Box className="closeup">
        {path && <Picture src={path} alt={open.name} className="closeup-picture" />}
      </Box>
    </Sheet>
  )
}

/** An address a page can show, of a photo wherever it is read from. */
function useShown(source: string) {
  const [path, setPath] = useState<string>()
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    previewPhoto(source, 0).then((preview) => setPath(preview.path)).catch((error: unknown) => {
      if (!(error instanceof PhotoUnreadable)) throw error
      setFailed(true)
    })
  }, [source])
  return { path, failed }
}

/** A photo that may be unreadable: the citizen looks and decides. */
function PhotoDoubt({ doubt, onSettle }: {
  doubt: DoubtfulPhoto
  onSettle: (choice: 'again' | 'use' | 'drop') => void
}) {
  return (
    <Sheet
      title={`${doubt.why}，字看得清吗？`}
      onClose={() => onSettle('drop')}
      footer={(
        <Box className="pair">
          <Button kind="secondary" onTap={() => onSettle('use')}>仍然使用</Button>
          <Button onTap={() => onSettle('again')}>重拍</Button>
        </Box>
      )}
    >
      <Box className="closeup">
        <Picture
          src={doubt.shot.path ?? doubt.shot.thumbnail ?? ''} alt={doubt.name}
          className="closeup-picture"
        />
      </Box>
      <Box as="p">看不清的照片，部门可能会请您补交。</Box>
    </Sheet>
  )
}
