import type { PDFPage } from 'pdf-lib'
import qrcode from 'qrcode-generator'
import { INK } from './paper'

interface Place {
  page: PDFPage
  /** of the top left corner */
  x: number
  y: number
  /** in points */
  size: number
}

/** A text as a QR code of black squares: sharp on any printer. */
export function drawQr(text: string, { page, x, y, size }: Place): void {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const count = code.getModuleCount()
  const cell = size / count
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (!code.isDark(row, column)) continue
      const at = { x: x + column * cell, y: y - (row + 1) * cell }
      // A hair wider than the cell, or viewers show white seams between two.
      page.drawRectangle({ ...at, width: cell * 1.02, height: cell * 1.02, color: INK.text })
    }
  }
}
