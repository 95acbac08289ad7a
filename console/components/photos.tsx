/** The photos of a case beside its fields: zoom, turn, leaf through; by buttons, wheel and keys. */
import { Button } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { OpenSheet } from '../stores/sheet'
import { useKeys } from './keys'

export interface Sheet {
  id: string
  /** 母亲：居民身份证（正面） */
  title: string
}

const ZOOM_STEP = 1.25
const MOST_ZOOM = 8
const LEAST_ZOOM = 0.5
const UPRIGHT = { zoom: 1, turn: 0, x: 0, y: 0 }

interface PhotosProps {
  sheets: readonly Sheet[]
  at: number
  onAt: (at: number) => void
  sheet: OpenSheet
  /** beside the title: marks */
  extra?: ReactNode
}

export function Photos({ sheets, at, onAt, sheet, extra }: PhotosProps) {
  const [view, setView] = useState(UPRIGHT)
  const stage = useRef<HTMLDivElement>(null)
  const current = sheets[at]
  const id = current?.id
  useEffect(() => setView(UPRIGHT), [id])
  const zoom = (by: number) => setView((old) =>
    ({ ...old, zoom: Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, old.zoom * by)) }))
  const turn = (by: number) => setView((old) => ({ ...old, turn: old.turn + by }))
  const leaf = (by: number) => {
    const next = at + by
    if (next >= 0 && next < sheets.length) onAt(next)
  }
  useKeys({
    '+': () => zoom(ZOOM_STEP), '=': () => zoom(ZOOM_STEP), '-': () => zoom(1 / ZOOM_STEP),
    0: () => setView(UPRIGHT), r: () => turn(90), R: () => turn(-90),
    ArrowRight: () => leaf(1), ArrowLeft: () => leaf(-1), ']': () => leaf(1), '[': () => leaf(-1),
  })
  useEffect(() => {
    const box = stage.current
    if (!box) return undefined
    // React listens to wheels passively, and the page must not scroll along
    const roll = (event: WheelEvent) => {
      event.preventDefault()
      zoom(event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP)
    }
    box.addEventListener('wheel', roll, { passive: false })
    return () => box.removeEventListener('wheel', roll)
  }, [])

  return <section className='photos' aria-label='材料'>
    <div className='photos-bar'>
      <strong aria-live='polite'>{current?.title ?? '没有照片'}</strong>
      {extra}
    </div>
    <div className='photos-bar' role='toolbar' aria-label='看照片'>
      <Button size='small' onClick={() => leaf(-1)} disabled={at <= 0}>上一张</Button>
      <span className='number'>{`${sheets.length === 0 ? 0 : at + 1} / ${sheets.length}`}</span>
      <Button size='small' onClick={() => leaf(1)} disabled={at >= sheets.length - 1}>下一张</Button>
      <span className='gap' />
      <Button size='small' onClick={() => zoom(1 / ZOOM_STEP)}>缩小</Button>
      <span className='number'>{Math.round(view.zoom * 100)}%</span>
      <Button size='small' onClick={() => zoom(ZOOM_STEP)}>放大</Button>
      <Button size='small' onClick={() => turn(-90)}>左转</Button>
      <Button size='small' onClick={() => turn(90)}>右转</Button>
      <Button size='small' onClick={() => setView(UPRIGHT)}>还原</Button>
    </div>
    {/* dragging only moves what the keys and buttons show too */}
    <div className='stage' ref={stage} role='presentation'
      onPointerMove={({ buttons, movementX, movementY }) => {
        if (buttons !== 1) return
        setView((old) => ({ ...old, x: old.x + movementX, y: old.y + movementY }))
      }}>
      <Stage sheet={sheet} title={current?.title ?? ''} empty={!current} view={view} />
    </div>
  </section>
}

function Stage({ sheet, title, empty, view }: {
  sheet: OpenSheet
  title: string
  empty: boolean
  view: typeof UPRIGHT
}) {
  if (empty) return <p className='quiet'>这里没有照片：材料是电子证照、承诺，或者由前面的事项产生。</p>
  if (sheet.is === 'loading') return <p role='status'>正在取照片……</p>
  if (sheet.is === 'failed') {
    return <p role='alert'>{sheet.text}<Button size='small' onClick={sheet.again}>重试</Button></p>
  }
  if (sheet.type === 'application/pdf') {
    return <a href={sheet.url} target='_blank' rel='noreferrer'>打开 PDF：{title}</a>
  }
  const { zoom, turn, x, y } = view
  return <img src={sheet.url} alt={title} draggable={false}
    style={{ transform: `translate(${x}px, ${y}px) scale(${zoom}) rotate(${turn}deg)` }} />
}
