import Taro from '@tarojs/taro'
import { wasRefused } from './consent'
import { drawOnPaper, measuring, type MakeDrawing, type Pen } from './draw-picture-pen'

/** Draws a picture and keeps it in the album; false when that is not allowed. */
export async function savePicture(make: MakeDrawing, _name: string): Promise<boolean> {
  const canvas = Taro.createOffscreenCanvas({ type: '2d', width: 1, height: 1 })
  const pen = canvas.getContext('2d') as unknown as Pen // the same calls as a browser's
  const drawing = make(measuring(pen))
  canvas.width = drawing.width
  canvas.height = drawing.height
  drawOnPaper(pen, drawing)
  const { tempFilePath } = await Taro.canvasToTempFilePath({
    canvas: canvas as unknown as Taro.Canvas, // the API takes an off-screen canvas too
    fileType: 'png',
  })
  return Taro.saveImageToPhotosAlbum({ filePath: tempFilePath }).then(() => true, (error) => {
    wasRefused(error, 'album')
    return false
  })
}
