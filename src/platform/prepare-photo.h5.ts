import { editedSize, place, type PhotoEdit, turnedSize, UNTOUCHED } from './photo-edit'
import { judgePhoto, QUALITY_SIDE_PX } from './photo-quality'
import {
  fitWithin, PhotoUnreadable, shrink, type Preview, type PreparedPhoto, type Size,
} from './photo-shrink'
import { sha256Hex } from './sha256'

const THUMBNAIL_SIDE_PX = 320
const PREVIEW_SIDE_PX = 1000

interface Source {
  image: HTMLImageElement
  original: Size
  edit: PhotoEdit
}

async function decode(path: string, edit: PhotoEdit): Promise<Source> {
  const image = new Image()
  image.src = path
  await image.decode().catch(() => {
    throw new PhotoUnreadable('not decoded')
  })
  return { image, original: { width: image.naturalWidth, height: image.naturalHeight }, edit }
}

function draw({ image, original, edit }: Source, size: Size) {
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new PhotoUnreadable('no canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, size.width, size.height)
  context.save()
  place(context, original, edit, size)
  context.drawImage(image, 0, 0, original.width, original.height)
  context.restore()
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

/** Decodes, turns and crops, shrinks, hashes and judges a photo. @throws {PhotoUnreadable} */
export async function preparePhoto(
  { path }: { path: string }, edit: PhotoEdit = UNTOUCHED,
): Promise<PreparedPhoto> {
  const source = await decode(path, edit)
  const left = editedSize(source.original, edit)
  const { bytes, width, height } = await shrink(left, async (size, quality) =>
    (await jpeg(draw(source, size).canvas, quality)).arrayBuffer())
  const sample = fitWithin(left, QUALITY_SIDE_PX)
  const pixels = draw(source, sample).context.getImageData(0, 0, sample.width, sample.height)
  const small = draw(source, fitWithin(left, THUMBNAIL_SIDE_PX)).canvas
  return {
    bytes,
    width,
    height,
    sha256: sha256Hex(bytes),
    thumbnail: URL.createObjectURL(await jpeg(small, 0.8)),
    picture: URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' })),
    quality: judgePhoto(pixels, Math.max(left.width, left.height)),
  }
}

/** A picture to look at while it is edited, turned but not cropped. @throws {PhotoUnreadable} */
export async function previewPhoto(path: string, turns: number): Promise<Preview> {
  const source = await decode(path, { ...UNTOUCHED, turns })
  const size = fitWithin(turnedSize(source.original, turns), PREVIEW_SIDE_PX)
  return { ...size, path: URL.createObjectURL(await jpeg(draw(source, size).canvas, 0.8)) }
}
