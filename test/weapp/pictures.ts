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

/** The nearest pixels: enough for a judge of sharpness, and synchronous as on the phone. */
function scaled({ rgba, width, height }: Pixels, toWidth: number, toHeight: number) {
  const data = new Uint8ClampedArray(toWidth * toHeight * 4)
  for (let y = 0; y < toHeight; y += 1) {
    for (let x = 0; x < toWidth; x += 1) {
      const fromX = Math.floor((x * width) / toWidth)
      const from = (Math.floor((y * height) / toHeight) * width + fromX) * 4
      data.set(rgba.subarray(from, from + 4), (y * toWidth + x) * 4)
    }
  }
  return { data, width: toWidth, height: toHeight }
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
  const context = {
    font: '10px sans-serif',
    fillStyle: '',
    fillRect: () => undefined,
    drawImage: ({ pixels }: Picture) => {
      canvas.drawn = pixels
    },
    getImageData: (_x: number, _y: number, toWidth: number, toHeight: number) => {
      if (!canvas.drawn) throw new Error('getImageData of an empty canvas')
      return scaled(canvas.drawn, toWidth, toHeight)
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
