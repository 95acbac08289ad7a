/** Turning and cropping: the geometry against an independent reckoning, and cropping by buttons. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PhotoEditing } from '@/components/photo-editing'
import {
  type Crop, type PhotoEdit, type Placer, type Shape, WHOLE, editedSize, frameOf, place, turn, turnedSize, withEdge,
} from '@/platform/photo-edit'
import type { Size } from '@/platform/photo-shrink'
import { phone } from './taro'

interface Point { x: number; y: number }

const side = fc.integer({ min: 200, max: 6000 })
const anySize: fc.Arbitrary<Size> = fc.record({ width: side, height: side })
const part = fc.double({ min: 0, max: 0.35, noNaN: true })
const anyCrop: fc.Arbitrary<Crop> = fc.record({ left: part, top: part, right: part, bottom: part })
const anyEdit: fc.Arbitrary<PhotoEdit> = fc.record({ turns: fc.integer({ min: 0, max: 3 }), crop: anyCrop })
const anyShape = fc.constantFrom<Shape>('card', 'booklet', 'page')

/** A canvas that only says where a point drawn on it comes to lie. */
function plane(): Placer & { at: (point: Point) => Point } {
  let [a, b, c, d, e, f] = [1, 0, 0, 1, 0, 0]
  return {
    save: () => undefined,
    restore: () => undefined,
    scale: (x, y) => { [a, b, c, d] = [a * x, b * x, c * y, d * y] },
    translate: (x, y) => { [e, f] = [e + a * x + c * y, f + b * x + d * y] },
    rotate: (angle) => {
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      ;[a, b, c, d] = [a * cos + c * sin, b * cos + d * sin, c * cos - a * sin, d * cos - b * sin]
    },
    at: ({ x, y }) => ({ x: a * x + c * y + e, y: b * x + d * y + f }),
  }
}

/** A quarter turn clockwise of a picture: what was at the bottom left is at the top left. */
function turnedPoint(point: Point, size: Size, turns: number): Point {
  if (turns === 0) return point
  const once = { x: size.height - point.y, y: point.x }
  return turnedPoint(once, { width: size.height, height: size.width }, turns - 1)
}

describe('the geometry', () => {
  it('four quarter turns are none, and a turn is undone by one back; what is framed stays framed', () => {
    fc.assert(fc.property(anyEdit, anySize, (edit, size) => {
      expect(turn(turn(turn(turn(edit, 1), 1), 1), 1)).toEqual(edit)
      expect(turn(turn(edit, 1), -1)).toEqual(edit)
      const before = editedSize(size, edit)
      const after = editedSize(size, turn(edit, 1))
      expect(after).toEqual({ width: before.height, height: before.width })
    }))
  })

  it('draws every point where turning, cutting and shrinking put it', () => {
    fc.assert(fc.property(anySize, anyEdit, part, part, (original, edit, right, down) => {
      const left = editedSize(original, edit)
      const target = { width: left.width / 2, height: left.height / 2 }
      const pen = plane()
      place(pen, original, edit, target)
      const point = { x: right * original.width, y: down * original.height }
      const lying = turnedPoint(point, original, edit.turns)
      const turned = turnedSize(original, edit.turns)
      const drawn = pen.at(point)
      expect(drawn.x).toBeCloseTo((lying.x - edit.crop.left * turned.width) / 2, 6)
      expect(drawn.y).toBeCloseTo((lying.y - edit.crop.top * turned.height) / 2, 6)
    }))
  })

  it('an edge never leaves the picture nor closes it up', () => {
    const moves = fc.array(fc.tuple(
      fc.constantFrom('left', 'top', 'right', 'bottom'), fc.double({ min: -2, max: 2, noNaN: true })))
    fc.assert(fc.property(moves, (all) => {
      const crop = all.reduce<Crop>((now, [edge, at]) => withEdge(now, edge, at), WHOLE)
      expect(Math.min(...Object.values(crop))).toBeGreaterThanOrEqual(0)
      expect(1 - crop.left - crop.right).toBeGreaterThan(0.199)
      expect(1 - crop.top - crop.bottom).toBeGreaterThan(0.199)
    }))
  })

  it('the frame of a document lies in the middle, as long to wide as the document', () => {
    const paper: Record<Shape, number> = { card: 85.6 / 54, booklet: 176 / 125, page: 297 / 210 }
    fc.assert(fc.property(anyShape, anySize, (shape, size) => {
      const crop = frameOf(shape, size)
      expect(crop.left).toBe(crop.right)
      expect(crop.top).toBe(crop.bottom)
      expect(Math.min(crop.left, crop.top)).toBeGreaterThan(0)
      const wide = size.width * (1 - 2 * crop.left)
      const tall = size.height * (1 - 2 * crop.top)
      expect(Math.max(wide, tall) / Math.min(wide, tall)).toBeCloseTo(paper[shape], 6)
      if (size.width !== size.height) expect(wide > tall).toBe(size.width > size.height)
    }))
  })
})

describe('cropping by buttons', () => {
  beforeEach(() => {
    phone.reset()
    phone.pictures.set('one.jpg', { width: 4000, height: 3000 })
  })
  afterEach(cleanup)

  const tap = (name: string) => userEvent.click(screen.getByRole('button', { name }))
  const show = async (source = 'one.jpg') => {
    const done = vi.fn<(edit: PhotoEdit) => void>()
    render(
      <PhotoEditing name="居民户口簿" source={source} shape="booklet" onDone={done} onClose={() => undefined} />,
    )
    if (source === 'one.jpg') await screen.findByRole('button', { name: '套用本子框' })
    return done
  }
  const usable = () => !screen.getByRole('button', { name: '用改好的' }).hasAttribute('disabled')

  it('hands back what was turned and cut, by taps alone', async () => {
    const done = await show()
    expect(usable(), 'nothing to use yet').toBe(false)
    const top = within(screen.getByRole('group', { name: '上边' }))
    expect(top.getByRole('button', { name: '上边往外放' }).hasAttribute('disabled')).toBe(true)
    await tap('上边往里裁')
    await tap('上边往里裁')
    await tap('上边往外放')
    await tap('左边往里裁')
    await tap('向右转')
    await waitFor(() => expect(usable()).toBe(true))
    await tap('用改好的')
    expect(done.mock.calls).toEqual([[{ turns: 1, crop: { top: 0.03, right: 0.03, bottom: 0, left: 0 } }]])
  })

  it('cuts to the document at one tap, and gives the whole back', async () => {
    const done = await show()
    await tap('套用本子框')
    await tap('用改好的')
    expect(done.mock.calls[0]?.[0]).toEqual({ turns: 0, crop: frameOf('booklet', { width: 4000, height: 3000 }) })
    await tap('还原')
    expect(usable()).toBe(false)
  })

  it('says what to do about a picture that cannot be opened', async () => {
    await show('broken.jpg')
    expect(await screen.findByText('打不开这张照片')).toBeTruthy()
    expect(usable()).toBe(false)
  })
})
