import Taro from '@tarojs/taro'
import { editedSize, place, type PhotoEdit, turnedSize, UNTOUCHED } from './photo-edit'
import { judgePhoto, QUALITY_SIDE_PX } from './photo-quality'
import {
  fitWithin, PhotoUnreadable, shrink, type Preview, type PreparedPhoto, type Size,
} from './photo-shrink'
import { sha256Hex } from './sha256'

const THUMBNAIL_SIDE_PX = 320
const PREVIEW_SIDE_PX = 1000

interface Decoded {
  image: CanvasImageSource
  canvas: Taro.OffscreenCanvas
  original: Size
  edit: PhotoEdit
}

function decode(path: string, edit: PhotoEdit): Promise<Decoded> {
  const canvas = Taro.createOffscreenCanvas({ type: '2d', width: 1, height: 1 })
  const image = canvas.createImage() as unknown as HTMLImageElement // WeChat's image, same shape
  return new Promise((resolve, reject) => {
    image.onload = () => resolve({
      image, canvas, edit, original: { width: image.width, height: image.height },
    })
    image.onerror = () => reject(new PhotoUnreadable('not decoded'))
    image.src = path
  })
}

function draw({ image, canvas, original, edit }: Decoded, size: Size): CanvasRenderingContext2D {
  canvas.width = size.width
  canvas.height = size.height
  const context = canvas.getContext('2d') as unknown as CanvasRenderingContext2D // same calls
  context.fillStyle = '#fff'
  context.fillRect(0, 0, size.width, size.height)
  context.save()
  place(context, original, edit, size)
  context.drawImage(image, 0, 0, original.width, original.height)
  context.restore()
  return context
}

async function jpeg({ canvas }: Decoded, { width, height }: Size, quality: number) {
  const { tempFilePath } = await Taro.canvasToTempFilePath({
    canvas: canvas as unknown as Taro.Canvas, // the API takes an off-screen canvas too
    fileType: 'jpg', quality, width, height, destWidth: width, destHeight: height,
  })
  return tempFilePath
}

function readFile(filePath: string): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    Taro.getFileSystemManager().readFile({
      filePath,
      success: ({ data }) => (typeof data === 'string'
        ? reject(new PhotoUnreadable('not bytes'))
        : resolve(data)),
      fail: ({ errMsg }) => reject(new PhotoUnreadable(errMsg)),
    })
  })
}

/** Decodes, turns and crops, shrinks, hashes and judges a photo. @throws {PhotoUnreadable} */
export async function preparePhoto(
  { path }: { path: string }, edit: PhotoEdit = UNTOUCHED,
): Promise<PreparedPhoto> {
  const decoded = await decode(path, edit)
  const left = editedSize(decoded.original, edit)
  let picture = path
  const { bytes, width, height } = await shrink(left, async (size, quality) => {
    draw(decoded, size)
    picture = await jpeg(decoded, size, quality)
    return readFile(picture)
  })
  const sample = fitWithin(left, QUALITY_SIDE_PX)
  const pixels = draw(decoded, sample).getImageData(0, 0, sample.width, sample.height)
  const small = fitWithin(left, THUMBNAIL_SIDE_PX)
  draw(decoded, small)
  return {
    bytes,
    width,
    height,
    sha256: sha256Hex(bytes),
    thumbnail: await jpeg(decoded, small, 0.8),
    picture,
    quality: judgePhoto(pixels, Math.max(left.width, left.height)),
  }
}

/** A picture to look at while it is edited, turned but not cropped. @throws {PhotoUnreadable} */
export async function previewPhoto(path: string, turns: number): Promise<Preview> {
  const decoded = await decode(path, { ...UNTOUCHED, turns })
  const size = fitWithin(turnedSize(decoded.original, turns), PREVIEW_SIDE_PX)
  draw(decoded, size)
  return { ...size, path: await jpeg(decoded, size, 0.8) }
}
