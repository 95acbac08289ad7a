import { judgePhoto, QUALITY_SIDE_PX } from './photo-quality'
import { fitWithin, PhotoUnreadable, shrink, type PreparedPhoto, type Size } from './photo-shrink'
import type { PickedPhoto } from './photos'
import { sha256Hex } from './sha256'

const THUMBNAIL_SIDE_PX = 320

function draw(image: HTMLImageElement, { width, height }: Size) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new PhotoUnreadable('no canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(image, 0, 0, width, height)
  return { canvas, context }
}

function jpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new PhotoUnreadable('not encoded'))),
      'image/jpeg', quality,
    )
  })
}

/** Decodes, shrinks, hashes and judges a photo. @throws {PhotoUnreadable} */
export async function preparePhoto({ path }: PickedPhoto): Promise<PreparedPhoto> {
  const image = new Image()
  image.src = path
  await image.decode().catch(() => {
    throw new PhotoUnreadable('not decoded')
  })
  const original = { width: image.naturalWidth, height: image.naturalHeight }
  const { bytes, width, height } = await shrink(original, async (size, quality) =>
    (await jpeg(draw(image, size).canvas, quality)).arrayBuffer())
  const sample = fitWithin(original, QUALITY_SIDE_PX)
  const pixels = draw(image, sample).context.getImageData(0, 0, sample.width, sample.height)
  const small = draw(image, fitWithin(original, THUMBNAIL_SIDE_PX)).canvas
  return {
    bytes,
    width,
    height,
    sha256: sha256Hex(bytes),
    thumbnail: URL.createObjectURL(await jpeg(small, 0.8)),
    quality: judgePhoto(pixels, Math.max(original.width, original.height)),
  }
}
