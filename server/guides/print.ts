/** 办事指南 as a PDF. The same guide always gives the same bytes. */
import { PDFDocument } from 'pdf-lib'
import { layOutFlow } from '../../core/flow-layout'
import type { Guide } from '../../core/guide'
import { type SheetBlock, sheetOf } from '../../core/guide-sheet'
import { printBlock } from '../print/blocks'
import { type Fonts, embedFonts } from '../print/fonts'
import type { Mark } from '../print/mark'
import { CONTENT_WIDTH, INK, PAGE_ROOM, Paper } from '../print/paper'
import { drawChart } from './chart'

const SERVICE = '喀什地区“一件事一次办”'
const CHART_EM = 9
const FIXED = '0123456789 第页，共参考稿办事指南ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const DRAFT = '参考稿：时限、费用和材料还没有经办理部门确认，以窗口答复为准。'

/** The guide on A4, its text selectable, its chart drawn. */
export async function printGuide(guide: Guide, mark: Mark | undefined): Promise<Uint8Array> {
  const doc = await PDFDocument.create({ updateMetadata: false })
  const title = titleOf(guide)
  describe(doc, guide, title)
  const sections = sheetOf(guide)
  const fonts = await embedFonts(
    doc, JSON.stringify([sections, guide.flow, guide.summary, title, SERVICE, DRAFT, mark, FIXED]))
  const paper = new Paper(doc, fonts)
  paper.write(title, { size: 20, bold: true, color: INK.primary })
  paper.write(guide.summary, { size: 11, color: INK.muted, above: 4 })
  if (mark) paper.write(mark.note, { color: INK.warn, above: 4 })
  if (guide.draft) paper.write(DRAFT, { color: INK.warn, above: 4 })
  for (const { title: heading, blocks } of sections) {
    paper.heading(heading)
    for (const block of blocks) print(block, { paper, fonts, guide })
  }
  if (mark) paper.stamp(mark.stamp)
  const version = `第 ${guide.version} 版${guide.draft ? '（参考稿）' : ''}`
  paper.finish(`${SERVICE} · ${title}`, version)
  return doc.save()
}

/** What the document is called, on paper and as a file. */
export function titleOf({ title, scope }: Pick<Guide, 'title' | 'scope'>): string {
  return `${title}办事指南${scope === 'mine' ? '（按所选情况）' : ''}`
}

function describe(doc: PDFDocument, guide: Guide, title: string): void {
  const checked = new Date(`${guide.checkedOn}T00:00:00Z`)
  doc.setTitle(title, { showInWindowTitleBar: true })
  doc.setSubject(guide.summary)
  doc.setAuthor(SERVICE)
  doc.setLanguage('zh-CN')
  doc.setCreationDate(checked)
  doc.setModificationDate(checked)
}

interface Printing {
  paper: Paper
  fonts: Fonts
  guide: Guide
}

function print(block: SheetBlock, printing: Printing): void {
  if (block.is === 'flow') printFlow(printing)
  else printBlock(printing.paper, block)
}

/** On one page, however long the way: what is too high is drawn smaller. */
function printFlow({ paper, fonts, guide }: Printing): void {
  const picture = layOutFlow(guide.flow, CONTENT_WIDTH / CHART_EM)
  const em = Math.min(CHART_EM, (PAGE_ROOM - 12) / picture.height)
  paper.draw(picture.height * em + 12, (page, { x, y }) => {
    const left = x + (CONTENT_WIDTH - picture.width * em) / 2
    drawChart(picture, { page, fonts, em, at: { x: left, y: y - 6 } })
  })
}
