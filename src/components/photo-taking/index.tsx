/** From the camera to the queue: pick, prepare, and ask again when the picture looks unreadable. */
import { useState } from 'react'
import type { PhotoQuality } from '@/platform/photo-quality'
import { PhotoUnreadable } from '@/platform/photo-shrink'
import { pickPhotos } from '@/platform/photos'
import { preparePhoto } from '@/platform/prepare-photo'
import { addShot, type Shot, type Spot } from '@/stores/uploads'
import { Box, Picture } from '@/ui/box'
import { Button } from '@/ui/button'
import { Sheet } from '@/ui/sheet'
import './index.scss'

const UNREADABLE = '手机打不开这个文件。请选照片（JPG 或 PNG）；苹果手机的 HEIC 照片，请在相机设置里改为“兼容性最佳”再拍。'

type Source = 'camera' | 'album'

export interface DoubtfulPhoto {
  shot: Omit<Shot, 'state'>
  from: Source
  name: string
  why: string
}

/** Takes photos for materials. */
export function usePhotoTaking() {
  const [preparing, setPreparing] = useState<Spot>()
  const [doubt, setDoubt] = useState<DoubtfulPhoto>()
  const [failed, setFailed] = useState<string>()

  const take = async (spot: Spot, name: string, from: Source) => {
    setFailed(undefined)
    const [picked] = await pickPhotos({ count: 1, from })
    if (!picked) return
    setPreparing(spot)
    try {
      const { bytes, sha256, thumbnail, quality } = await preparePhoto(picked)
      const photo = { bytes, sha256, name: `${name}.jpg` }
      const shot = { ...spot, photo, thumbnail, path: picked.path, advice: adviceOf(quality) }
      const why = doubtOf(quality)
      if (why) setDoubt({ shot, from, name, why })
      else addShot(shot)
    } catch (error) {
      if (!(error instanceof PhotoUnreadable)) throw error
      setFailed(UNREADABLE)
    } finally {
      setPreparing(undefined)
    }
  }

  const settle = (choice: 'again' | 'use' | 'drop') => {
    setDoubt(undefined)
    if (!doubt) return
    if (choice === 'use') addShot({ ...doubt.shot, advice: doubt.why })
    if (choice === 'again') void take(doubt.shot, doubt.name, doubt.from)
  }

  return {
    preparing,
    doubt,
    failed,
    settle,
    take: (spot: Spot, name: string, from: Source) => void take(spot, name, from),
  }
}

function doubtOf({ blurred, shaken }: PhotoQuality): string | undefined {
  if (blurred) return '照片可能模糊'
  return shaken ? '拍的时候可能抖了' : undefined
}

function adviceOf({ dark, glare, small }: PhotoQuality): string | undefined {
  if (dark) return '照片有些暗，看不清的话请到亮处重拍。'
  if (glare) return '照片有反光，挡住字的话请换个角度重拍。'
  return small ? '照片比较小，看不清的话请靠近重拍。' : undefined
}

/** A photo that may be unreadable: the citizen looks and decides. */
export function PhotoDoubt({ doubt, onSettle }: {
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
