/** The letters of one document, cut from Noto Sans SC: some thousand, not thirty thousand. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import fontkit from '@pdf-lib/fontkit'
import type { PDFDocument, PDFFont } from 'pdf-lib'
import subsetFont from 'subset-font'

export interface Fonts {
  regular: PDFFont
  bold: PDFFont
}

const { resolve } = createRequire(import.meta.url)
const fileOf = (weight: 400 | 700) =>
  resolve(`@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-${weight}-normal.woff2`)

/** Embeds the letters of `text` in both weights. */
export async function embedFonts(doc: PDFDocument, text: string): Promise<Fonts> {
  doc.registerFontkit(fontkit)
  const letters = [...new Set(text)].sort().join('')
  const embed = async (weight: 400 | 700) =>
    // Already a subset; with layout closure or features, copied digits come out as other letters.
    doc.embedFont(await subsetFont(await readFile(fileOf(weight)), letters, {
      targetFormat: 'sfnt', noLayoutClosure: true, keepFeatures: [],
    }), { subset: false })
  return { regular: await embed(400), bold: await embed(700) }
}

/** The font of these letters, to measure and draw them. */
export async function fontOf(letters: string) {
  return fontkit.create(await subsetFont(await readFile(fileOf(400)), letters, {
    targetFormat: 'sfnt', noLayoutClosure: true, keepFeatures: [],
  }))
}

/** The letters of a text that the font does not have: they would be printed as empty boxes. */
export async function missingLetters(text: string): Promise<string[]> {
  const font = await fontOf(text)
  const known = new Set(font.characterSet)
  return [...new Set(text)].filter((letter) => !known.has(letter.codePointAt(0)!) && letter.trim())
}
