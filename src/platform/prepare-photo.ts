import Taro from '@tarojs/taro'
import { judgePhoto, QUALITY_SIDE_PX } from './photo-quality'
import { fitWithin, PhotoUnreadable, shrink, type PreparedPhoto, type Size } from './photo-shrink'
import type { PickedPhoto } from './photos'
import { sha256Hex } from './sha256'

const THUMBNAIL_SIDE_PX = 320

type Decoded = { image: CanvasImageSource; canvas: Taro.OffscreenCanvas }

function decode(path: string): Promise<Decoded> {
  const canvas = Taro.createOffscreenCanvas({ type: '2d', width: 1, height: 1 })
  const image = canvas.createImage() as unknown as HTMLImageElement // WeChat's image, same shape
  return new Promise((resolve, reject) => {
    image.onload = () => resolve({ image, canvas })
    image.onerror = () => reject(new PhotoUnreadable('not decoded'))
    image.src = path
  })
}

function draw({ image, canvas }: Decoded, { width, height }: Size): CanvasRenderingContext2D {
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d') as unknown as CanvasRenderingContext2D // same calls
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(image, 0, 0, width, height)
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

/** Decodes, shrinks, hashes and judges a photo. @throws {PhotoUnreadable} */
export async function preparePhoto({ path }: PickedPhoto): Promise<PreparedPhoto> {
  const original = await Taro.getImageInfo({ src: path }).catch(() => {
    throw new PhotoUnreadable('not decoded')
  })
  const decoded = await decode(path)
  const { bytes, width, height } = await shrink(original, async (size, quality) => {
    draw(decoded, size)
    return readFile(await jpeg(decoded, size, quality))
  })
  const sample = fitWithin(original, QUALITY_SIDE_PX)
  const pixels = draw(decoded, sample).getImageData(0, 0, sample.width, sample.height)
  const small = fitWithin(original, THUMBNAIL_SIDE_PX)
  draw(decoded, small)
  return {
    bytes,
    width,
    height,
    sha256: sha256Hex(bytes),
    thumbnail: await jpeg(decoded, small, 0.8),
    quality: judgePhoto(pixels, Math.max(original.width, original.height)),
  }
}
