/** The phone's pictures: off-screen canvases whose photos are decoded and encoded for real. */
import sharp from 'sharp'
import type { Files } from './wx-files'

interface Pixels {
  rgba: Uint8Array
  width: number
  height: number
}

interface Picture {
  onload?: () => void
  onerror?: (error: unknown) => void
  src: string
  width: number
  height: number
  pixels?: Pixels
}

/** What an app sees of a canvas, and what was drawn on it last. */
export interface OffscreenCanvas {
  width: number
  height: number
  drawn: Pixels | undefined
  /** texts written on it */
  texts: string[]
  createImage(): Picture
  getContext(kind: string): object
}

async function decode(bytes: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(bytes).rotate().ensureAlpha().raw()
    .toBuffer({ resolveWithObject: true })
  return { rgba: data, width: info.width, height: info.height }
}

/** As a canvas counts them: x' = a·x + c·y + e, y' = b·x + d·y + f. */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

const UNMOVED: Matrix = [1, 0, 0, 1, 0, 0]

function times([a, b, c, d, e, f]: Matrix, [a2, b2, c2, d2, e2, f2]: Matrix): Matrix {
  return [
    a * a2 + c * b2, b * a2 + d * b2, a * c2 + c * d2, b * c2 + d * d2,
    a * e2 + c * f2 + e, b * e2 + d * f2 + f,
  ]
}

/** The nearest pixels: enough for a judge of sharpness, and synchronous as on the phone. */
function placed(
  from: Pixels, [a, b, c, d, e, f]: Matrix, { width, height }: { width: number; height: number },
): Pixels {
  const source = new Uint32Array(new Uint8Array(from.rgba).buffer)
  const target = new Uint32Array(width * height).fill(0xffffffff)
  const det = a * d - b * c
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [atX, atY] = [x + 0.5 - e, y + 0.5 - f]
      const fromX = Math.floor((d * atX - c * atY) / det)
      const fromY = Math.floor((a * atY - b * atX) / det)
      const inside = fromX >= 0 && fromY >= 0 && fromX < from.width && fromY < from.height
      if (inside) target[y * width + x] = source[fromY * from.width + fromX] ?? 0
    }
  }
  return { rgba: new Uint8Array(target.buffer), width, height }
}

function imageOf(files: Files): Picture {
  let src = ''
  const image = {
    get src() {
      return src
    },
    set src(path: string) {
      src = path
      const bytes = files.get(path)
      const read = bytes && bytes !== 'folder'
        ? decode(bytes)
        : Promise.reject(new Error(`no file ${path}`))
      read.then(
        (pixels) => {
          image.pixels = pixels
          image.width = pixels.width
          image.height = pixels.height
          image.onload?.()
        },
        (error: unknown) => image.onerror?.(error),
      )
    },
  } as Picture // what it lacks is set by the app
  return image
}

export function makeCanvas(files: Files, width: number, height: number): OffscreenCanvas {
  const canvas: OffscreenCanvas = {
    width,
    height,
    drawn: undefined,
    texts: [],
    createImage: () => imageOf(files),
    getContext: () => context,
  }
  let matrix = UNMOVED
  const saved: Matrix[] = []
  const move = (by: Matrix) => {
    matrix = times(matrix, by)
  }
  const context = {
    font: '10px sans-serif',
    fillStyle: '',
    fillRect: () => undefined,
    save: () => void saved.push(matrix),
    restore: () => {
      matrix = saved.pop() ?? matrix
    },
    scale: (x: number, y: number) => move([x, 0, 0, y, 0, 0]),
    translate: (x: number, y: number) => move([1, 0, 0, 1, x, y]),
    rotate: (angle: number) => {
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      move([cos, sin, -sin, cos, 0, 0])
    },
    /** always at 0,0 in full */
    drawImage: ({ pixels }: Picture) => {
      if (!pixels) throw new Error('drawImage of a picture not loaded')
      canvas.drawn = placed(pixels, matrix, canvas)
    },
    getImageData: (_x: number, _y: number, toWidth: number, toHeight: number) => {
      const { drawn } = canvas
      if (drawn?.width !== toWidth || drawn.height !== toHeight) {
        throw new Error('getImageData of another size than was drawn')
      }
      return { data: new Uint8ClampedArray(drawn.rgba), width: toWidth, height: toHeight }
    },
    measureText: (text: string) => ({
      width: [...text].length * Number(/(\d+)px/.exec(context.font)?.[1] ?? 10),
    }),
    fillText: (text: string) => canvas.texts.push(text),
  }
  return canvas
}

export interface Encoding {
  fileType?: 'jpg' | 'png'
  quality?: number
  destWidth?: number
  destHeight?: number
}

/** The canvas as a file. */
export async function encode(canvas: OffscreenCanvas, to: Encoding): Promise<Buffer> {
  const { drawn } = canvas
  const { fileType, quality = 0.92 } = to
  const size = { width: to.destWidth ?? canvas.width, height: to.destHeight ?? canvas.height }
  const picture = drawn
    ? sharp(drawn.rgba, { raw: { width: drawn.width, height: drawn.height, channels: 4 } })
    : sharp({ create: { ...size, channels: 3, background: '#fff' } })
  const sized = picture.resize(size.width, size.height, { fit: 'fill' }).flatten()
  return fileType === 'jpg'
    ? sized.jpeg({ quality: Math.round(quality * 100) }).toBuffer()
    : sized.png().toBuffer()
}
