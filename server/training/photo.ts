/** Drawn pages in place of photographed papers; each says that it is none, and of what it is. */
import sharp from 'sharp'
import { fontOf } from '../print/fonts'

const [WIDTH, HEIGHT, MARGIN] = [900, 600, 50]
const TITLE = '练习用的材料'
const NOTE = '培训环境里画出来的，不是真的证件，不能作为证明使用。'
const LINE_LETTERS = 20

interface Line {
  text: string
  size: number
  y: number
}

/** @param words  all that will be said; their letters are taken out of the font once */
export async function openPen(words: string): Promise<(said: string) => Promise<Buffer>> {
  const font = await fontOf(words + TITLE + NOTE)
  const outline = ({ text, size, y }: Line): string => {
    const scale = size / font.unitsPerEm
    let x = MARGIN + 30
    return [...text].map((letter) => {
      const { path, advanceWidth } = font.glyphForCodePoint(letter.codePointAt(0) ?? 0)
      const at = `translate(${x} ${y}) scale(${scale} ${-scale})`
      x += advanceWidth * scale
      return `<path transform="${at}" d="${path.toSVG()}"/>`
    }).join('')
  }
  return (said) => {
    const lines = said.match(new RegExp(`.{1,${LINE_LETTERS}}`, 'gu')) ?? []
    const all: Line[] = [
      { text: TITLE, size: 26, y: 120 },
      ...lines.map((text, n) => ({ text, size: 36, y: 210 + n * 56 })),
      { text: NOTE, size: 20, y: HEIGHT - 90 },
    ]
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
      <rect width="${WIDTH}" height="${HEIGHT}" fill="#efe9dc"/>
      <rect x="${MARGIN}" y="${MARGIN}" width="${WIDTH - 2 * MARGIN}"
        height="${HEIGHT - 2 * MARGIN}" fill="#fbf8f1" stroke="#8a7f68" stroke-width="4"/>
      <g fill="#2b2a26">${all.map(outline).join('')}</g></svg>`
    return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer()
  }
}
