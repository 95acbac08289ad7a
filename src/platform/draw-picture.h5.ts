import { drawOnPaper, measuring, type MakeDrawing } from './draw-picture-pen'

/** Draws a picture and saves it as a file; false when the browser cannot. */
export async function savePicture(make: MakeDrawing, name: string): Promise<boolean> {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (!pen) return false
  const drawing = make(measuring(pen))
  canvas.width = drawing.width
  canvas.height = drawing.height
  drawOnPaper(pen, drawing)
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!picture) return false
  const url = URL.createObjectURL(picture)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return true
}
