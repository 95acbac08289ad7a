/** One person's numbered document on A4: the same content always gives the same bytes. */
import { PDFDocument } from 'pdf-lib'
import { type PrintedBlock, printBlock } from './blocks'
import { embedFonts, missingLetters } from './fonts'
import type { Mark } from './mark'
import { INK, Paper } from './paper'
import { drawQr } from './qr'

const SERVICE = '喀什地区“一件事一次办”'
const FIXED = '0123456789 ·编号第页，共'
const MISSING = '个别生僻字没有印出来，以手机上显示的为准。'
const QR_SIZE = 92

export interface Sheet {
  title: string
  number: string
  /** said below the title */
  lead: string
  sections: readonly { title: string; blocks: readonly PrintedBlock[] }[]
  /** of the document itself; not when it is printed */
  at: Date
  /** where anybody may verify it, and what is said beside the code */
  verify?: { address: string; lines: readonly string[] }
  /** of a demonstration or a training room */
  mark: Mark | undefined
}

export async function printSheet(sheet: Sheet): Promise<Buffer> {
  const doc = await drawSheet(sheet)
  return Buffer.from(await doc.save())
}

/** Not yet written out: whoever signs it adds to it first. */
export async function drawSheet(sheet: Sheet): Promise<PDFDocument> {
  const { title, number, lead, sections, verify, mark } = sheet
  const doc = await PDFDocument.create({ updateMetadata: false })
  describe(doc, sheet)
  const text = JSON.stringify(
    [title, number, lead, sections, verify, mark, SERVICE, MISSING, FIXED])
  const paper = new Paper(doc, await embedFonts(doc, text))
  paper.write(title, { size: 20, bold: true, color: INK.primary })
  paper.write(`编号 ${number}`, { size: 11, above: 4 })
  paper.write(lead, { size: 10.5, color: INK.muted, above: 2 })
  if (mark) paper.write(mark.note, { color: INK.warn, above: 4 })
  for (const { title: heading, blocks } of sections) {
    paper.heading(heading, Math.min(150, 40 + blocks.length * 30))
    for (const block of blocks) printBlock(paper, block)
  }
  const missing = await missingLetters(text)
  if (missing.length > 0) paper.write(MISSING, { color: INK.warn, above: 8 })
  if (verify) {
    paper.beside(QR_SIZE, verify.lines, (page, at) =>
      drawQr(verify.address, { page, size: QR_SIZE, ...at }))
  }
  if (mark) paper.stamp(mark.stamp)
  paper.finish(`${SERVICE} · ${title}`, number)
  return doc
}

function describe(doc: PDFDocument, { title, number, at }: Sheet): void {
  doc.setTitle(`${title} ${number}`, { showInWindowTitleBar: true })
  doc.setAuthor(SERVICE)
  doc.setLanguage('zh-CN')
  doc.setCreationDate(at)
  doc.setModificationDate(at)
}
