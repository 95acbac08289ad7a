/** 拍照 on a computer: what the camera sees, 拍下, a look at it, 重拍 or 用这张. */
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { CameraProblem } from '@/platform/camera'
import {
  type Camera, cameraChoice, closeCamera, keepCameraChoice, NoCamera, openCamera, takePicture,
} from '@/platform/camera.h5'
import { focusOn } from '@/platform/focus'
import { useInSight } from '@/stores/in-sight'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { SelectField } from '@/ui/fields'
import { Sheet } from '@/ui/sheet'
import { Notice } from '@/ui/status'
import type { CameraSheetProps } from './index'
import './index.scss'

const PROBLEM_WORDS: Record<CameraProblem, { title: string; text: string }> = {
  none: {
    title: '没有找到摄像头', text: '请接好摄像头或者高拍仪，再试一次。也可以选择文件。',
  },
  denied: {
    title: '浏览器没有允许用摄像头',
    text: '请点地址栏旁边的图标，把“摄像头”改成允许，再试一次。也可以选择文件。',
  },
  busy: {
    title: '摄像头打不开', text: '可能别的程序正在用它。请先关掉那个程序，再试一次。',
  },
  gone: { title: '摄像头断开了', text: '请检查连接线，再试一次。' },
}

export function CameraSheet({ name, onDone, onClose, onFile }: CameraSheetProps) {
  const inSight = useInSight()
  const live = useLive()
  const [still, setStill] = useState<string>()
  useEffect(() => {
    if (!inSight) onClose()
    // closes when the page goes out of sight, whoever asked for it
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [inSight])
  useEffect(() => {
    setTimeout(() => focusOn(still ? USE : SHOOT))
  }, [still, live.ready])
  const shoot = () => void live.shoot().then(setStill)
  const again = () => {
    if (still) URL.revokeObjectURL(still)
    setStill(undefined)
  }
  if (live.problem) {
    return <NoPicture {...{ name, onClose, onFile }} problem={live.problem} onAgain={live.again} />
  }
  return (
    <Sheet
      title={`拍照：${name}`} onClose={onClose}
      footer={still
        ? (
          <Box className="pair">
            <Button kind="secondary" onTap={again}>重拍</Button>
            <Button id={USE} onTap={() => onDone(still, live.turns)}>用这张</Button>
          </Box>
        )
        : <Button id={SHOOT} icon="camera" disabled={!live.ready} onTap={shoot}>拍下</Button>}
    >
      <Stage live={live} still={still} name={name} />
      <Box className="camera-acts">
        <Button kind="secondary" compact onTap={() => live.turn(-1)}>向左转</Button>
        <Button kind="secondary" compact onTap={() => live.turn(1)}>向右转</Button>
      </Box>
      {!still && live.all.length > 1 && (
        <SelectField
          id="camera-device" label="用哪个摄像头" value={live.id} onChange={live.choose}
          options={live.all.map(({ id: value, name: label }) => ({ value, label }))}
        />
      )}
      <Box as="p" className="camera-told" live="polite">
        {still ? '看一看，每个字都清楚再用。' : live.ready ? WORDS : '正在打开摄像头…'}
      </Box>
    </Sheet>
  )
}

function NoPicture({ name, problem, onClose, onFile, onAgain }: Omit<CameraSheetProps, 'onDone'> & {
  problem: CameraProblem
  onAgain: () => void
}) {
  const { title, text } = PROBLEM_WORDS[problem]
  return (
    <Sheet
      title={`拍照：${name}`} onClose={onClose}
      footer={(
        <Box className="pair">
          <Button kind="secondary" onTap={onFile}>选择文件</Button>
          <Button onTap={onAgain}>再试一次</Button>
        </Box>
      )}
    >
      <Box live="polite" role="status"><Notice kind="error" title={title}>{text}</Notice></Box>
    </Sheet>
  )
}

const SHOOT = 'camera-shoot'
const USE = 'camera-use'
const WORDS = '把材料摊平、放正，四条边都拍进去，别反光。'

function Stage({ live, still, name }: {
  live: ReturnType<typeof useLive>
  still: string | undefined
  name: string
}) {
  const turned = `camera-seen camera-turned-${live.turns}`
  return (
    <div className="camera-stage">
      <video
        ref={live.video} className={turned} hidden={Boolean(still)} autoPlay playsInline muted
        aria-label="摄像头看到的画面" onLoadedData={live.seen}
      />
      {still && <img className={turned} src={still} alt={`拍下的${name}`} />}
    </div>
  )
}

/** The camera while this is shown, and no longer. */
function useLive() {
  const video = useRef<HTMLVideoElement>(null)
  const [wish, setWish] = useState(() => ({ ...cameraChoice(), tries: 0 }))
  const [found, setFound] = useState<{ all: Camera[]; id: string }>({ all: [], id: '' })
  const [ready, setReady] = useState(false)
  const [problem, setProblem] = useState<CameraProblem>()
  const { deviceId, turns, tries } = wish
  useEffect(() => watch(video, deviceId, {
    found: setFound,
    failed: (why) => {
      setReady(false)
      setProblem(why)
    },
  }), [deviceId, tries])
  const fail = (error: unknown) => {
    if (!(error instanceof NoCamera)) throw error
    setProblem(error.problem)
    return undefined
  }
  return {
    ...found, video, ready, problem, turns,
    seen: () => setReady(true),
    shoot: async () => (video.current ? takePicture(video.current).catch(fail) : undefined),
    turn: (by: 1 | -1) => {
      const next = { deviceId, turns: (turns + by + 4) % 4 }
      keepCameraChoice(next)
      setWish({ ...next, tries })
    },
    choose: (id: string) => {
      const next = { deviceId: id, turns: 0 }
      keepCameraChoice(next)
      setReady(false)
      setWish({ ...next, tries })
    },
    again: () => {
      setProblem(undefined)
      setWish({ deviceId, turns, tries: tries + 1 })
    },
  }
}

/** Shows a camera until told to stop; also one that opens only after that is closed at once. */
function watch(
  video: RefObject<HTMLVideoElement>,
  deviceId: string | undefined,
  { found, failed }: {
    found: (camera: { all: Camera[]; id: string }) => void
    failed: (problem: CameraProblem) => void
  },
) {
  let stop: () => void = () => undefined
  let over = false
  openCamera(deviceId).then((camera) => {
    if (over) return closeCamera(camera)
    stop = () => closeCamera(camera)
    found(camera)
    camera.stream.getVideoTracks()[0]?.addEventListener('ended', () => failed('gone'))
    if (video.current) video.current.srcObject = camera.stream
  }).catch((error: unknown) => {
    if (!(error instanceof NoCamera)) throw error
    if (!over) failed(error.problem)
  })
  return () => {
    over = true
    stop()
  }
}
