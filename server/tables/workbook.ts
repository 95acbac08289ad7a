/** XLSX as it is written: one sheet of text and numbers; nothing in it is ever a formula. */
import { strToU8, zipSync } from 'fflate'

export type Cell = string | number | null

export interface Sheet {
  /** at most 31 characters */
  name: string
  /** widths in characters, column by column */
  widths: readonly number[]
  /** the first is the header: bold, and it stays in sight */
  rows: readonly (readonly Cell[])[]
}

const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
/** What XML 1.0 cannot hold. */
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|\p{Surrogate}|\p{Noncharacter_Code_Point}/gu
/** Files of the same content are the same. */
const EPOCH = new Date('2000-01-01T00:00:00Z')

export const XLSX = `${TYPE}.sheet`

export function workbook(sheet: Sheet): Buffer {
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      '<Default Extension="rels" ' +
      'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/>` +
      '</Types>',
    '_rels/.rels': relations({ rId1: ['officeDocument', 'xl/workbook.xml'] }),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets>` +
      `<sheet name="${escaped(sheet.name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations({
      rId1: ['worksheet', 'worksheets/sheet1.xml'], rId2: ['styles', 'styles.xml'],
    }),
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}">` +
      '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>' +
      '<fills count="2"><fill><patternFill patternType="none"/></fill>' +
      '<fill><patternFill patternType="gray125"/></fill></fills>' +
      '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
      '<cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': sheetXml(sheet),
  }
  const files = Object.entries(parts).map(([path, xml]) => [path, strToU8(HEAD + xml)] as const)
  return Buffer.from(zipSync(Object.fromEntries(files), { mtime: EPOCH }))
}

function relations(targets: Readonly<Record<string, readonly [string, string]>>): string {
  const each = Object.entries(targets).map(([id, [type, target]]) =>
    `<Relationship Id="${id}" Type="${REL}/${type}" Target="${target}"/>`)
  return `<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`
}

function sheetXml({ widths, rows }: Sheet): string {
  const columns = widths.map((width, n) =>
    `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`)
  const lines = rows.map((cells, n) => `<row r="${n + 1}">${
    cells.map((cell, k) => cellXml(cell, `${column(k)}${n + 1}`, n === 0 ? 1 : 0)).join('')}</row>`)
  return `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
    `</sheetView></sheetViews><cols>${columns.join('')}</cols>` +
    `<sheetData>${lines.join('')}</sheetData></worksheet>`
}

function cellXml(cell: Cell, at: string, style: number): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${at}" s="${style}"><v>${cell}</v></c>`
  return `<c r="${at}" s="${style}" t="inlineStr">` +
    `<is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

/** @param n  from 0; below 26 */
const column = (n: number) => String.fromCharCode(65 + n)

function escaped(text: string): string {
  return text.replace(UNWRITABLE, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
