/** From the camera to the queue: show how, pick, prepare, ask again about an unreadable picture. */
import { say } from '@core/refusal'
import type { PlannedMaterial } from '@core/materials'
import { useState } from 'react'
import { asRefused } from '@/api/client'
import type { PhotoQuality } from '@/platform/photo-quality'
import { hasLiveCamera } from '@/platform/camera'
import { type PhotoEdit, type Shape, UNTOUCHED } from '@/platform/photo-edit'
import { PhotoUnreadable } from '@/platform/photo-shrink'
import { pickPhotos } from '@/platform/photos'
import { preparePhoto } from '@/platform/prepare-photo'
import { sourceOf } from '@/stores/photo-source'
import { useSession } from '@/stores/session'
import { addShot, type Shot, type Spot } from '@/stores/uploads'

const UNREADABLE = '手机打不开这个文件。请选照片（JPG 或 PNG）；苹果手机的 HEIC 照片，请在相机设置里改为“兼容性最佳”再拍。'

export type Source = 'camera' | 'album'

/** What is photographed: where it goes, what it is called and how it lies. */
export interface Subject {
  spot: Spot
  name: string
  shape: Shape
}

export interface DoubtfulPhoto extends Subject {
  shot: Omit<Shot, 'state'>
  from: Source
  why: string
}

export interface OpenPhoto extends Subject {
  /** where it can be read from */
  source: string
  doing: 'look' | 'edit'
}

export const shapeOf = ({ shape }: PlannedMaterial): Shape => shape ?? 'page'

// Once a run and shape is enough: the link 怎么拍 stays.
const explained = new Set<Shape>()

/** Prepares what was picked or cut, and asks about it where it looks unreadable. */
function usePreparing() {
  const [preparing, setPreparing] = useState<Spot>()
  const [doubt, setDoubt] = useState<DoubtfulPhoto>()
  const [failed, setFailed] = useState<string>()
  const prepare = async (subject: Subject, from: Source, path: string, edit?: PhotoEdit) => {
    const { spot, name } = subject
    setPreparing(spot)
    try {
      const { bytes, sha256, thumbnail, picture, quality } = await preparePhoto({ path }, edit)
      const photo = { bytes, sha256, name: `${name}.jpg` }
      const shot = { ...spot, photo, thumbnail, path: picture, advice: adviceOf(quality) }
      const why = doubtOf(quality)
      // who has looked at it and cut it has decided
      if (why && !edit) setDoubt({ ...subject, shot, from, why })
      else addShot(why ? { ...shot, advice: why } : shot)
    } catch (error) {
      if (!(error instanceof PhotoUnreadable)) throw error
      setFailed(UNREADABLE)
    } finally {
      setPreparing(undefined)
    }
  }

  return { preparing, doubt, setDoubt, failed, setFailed, prepare }
}

/** The page's own camera, where there is one, and what it is open for. */
function useLiveCamera(prepare: ReturnType<typeof usePreparing>['prepare']) {
  const live = useSession(({ atCounter }) => hasLiveCamera(atCounter))
  const [shooting, setShooting] = useState<Subject>()
  const shot = (path: string, turns: number) => {
    setShooting(undefined)
    if (shooting) void prepare(shooting, 'camera', path, turnedBy(turns))
  }
  return { live, shooting, setShooting, shot }
}

/** Takes photos for materials. */
export function usePhotoTaking() {
  const { preparing, doubt, setDoubt, failed, setFailed, prepare } = usePreparing()
  const { live, shooting, setShooting, shot } = useLiveCamera(prepare)
  const [guide, setGuide] = useState<Subject & { before?: true }>()
  const [open, setOpen] = useState<OpenPhoto>()

  const pick = async (subject: Subject, from: Source) => {
    setFailed(undefined)
    if (live && from === 'camera') {
      setShooting(subject)
      return
    }
    const [picked] = await pickPhotos({ count: 1, from })
    if (picked) await prepare(subject, from, picked.path)
  }

  const show = (subject: Subject, shot: Shot, doing: OpenPhoto['doing']) => {
    sourceOf(shot).then(
      (source) => setOpen({ ...subject, source, doing }),
      (error: unknown) => setFailed(say(asRefused(error))),
    )
  }

  return {
    preparing,
    doubt,
    failed,
    guide,
    open,
    live,
    shooting,
    shot,
    /** @param file  one is chosen instead */
    stopShooting: (file?: 'file') => {
      setShooting(undefined)
      if (file && shooting) void pick(shooting, 'album')
    },
    take: (subject: Subject, from: Source) => {
      const first = !live && from === 'camera' && !explained.has(subject.shape)
      if (first) setGuide({ ...subject, before: true })
      else void pick(subject, from)
    },
    explain: (subject: Subject) => setGuide(subject),
    explainedTo: (shoot: boolean) => {
      setGuide(undefined)
      if (guide) explained.add(guide.shape)
      if (guide && shoot) void pick(guide, 'camera')
    },
    look: (subject: Subject, shot: Shot) => show(subject, shot, 'look'),
    edit: (subject: Subject, shot: Shot) => show(subject, shot, 'edit'),
    editOpen: () => setOpen((now) => now && { ...now, doing: 'edit' }),
    close: () => setOpen(undefined),
    change: (edit: PhotoEdit) => {
      setOpen(undefined)
      if (open) void prepare(open, 'album', open.source, edit)
    },
    settle: (choice: 'again' | 'use' | 'drop') => {
      setDoubt(undefined)
      if (!doubt) return
      if (choice === 'use') addShot({ ...doubt.shot, advice: doubt.why })
      if (choice === 'again') void pick(doubt, doubt.from)
    },
  }
}

const turnedBy = (turns: number): PhotoEdit | undefined =>
  (turns === 0 ? undefined : { ...UNTOUCHED, turns })

export type Taking = ReturnType<typeof usePhotoTaking>

function doubtOf({ blurred, shaken }: PhotoQuality): string | undefined {
  if (blurred) return '照片可能模糊'
  return shaken ? '拍的时候可能抖了' : undefined
}

function adviceOf({ dark, glare, small }: PhotoQuality): string | undefined {
  if (dark) return '照片有些暗，看不清的话请到亮处重拍。'
  if (glare) return '照片有反光，挡住字的话请换个角度重拍。'
  return small ? '照片比较小，看不清的话请靠近重拍。' : undefined
}
