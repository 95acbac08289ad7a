/** A list's file as cells. Nothing of it is kept, and nothing of it is logged. */
import { parse } from 'csv-parse/sync'
import type { Table } from '../../core/contract/table'
import { Refused } from '../../core/refusal'
import { MOST_ROWS } from '../../core/rows'
import { isZip, readSheet } from './sheet'

const MOST_COLUMNS = 100
const MOST_CELL = 1000
const UNREADABLE = /(?![\t\n\v\f\r])\p{Cc}|\p{Surrogate}|\p{Noncharacter_Code_Point}/u
const DELIMITERS = [',', '\t', ';']

/**
 * Takes a CSV (UTF-8, UTF-16 or GB 18030) or XLSX file apart; of a workbook, its first sheet.
 * @throws {Refused} BAD_TABLE for anything else, TABLE_TOO_LONG above MOST_ROWS lines
 */
export async function readTable(bytes: Buffer): Promise<Table> {
  const lines = isZip(bytes) ? await readSheet(bytes) : readCsv(textOf(bytes))
  const [header = [], ...rows] = withoutTail(lines).map((cells) => cells.map(shorter))
  const written = rows.filter((cells) => cells.length > 0)
  if (header.length === 0 && written.length === 0) throw new Refused('BAD_TABLE')
  if (written.length > MOST_ROWS) throw new Refused('TABLE_TOO_LONG', { most: MOST_ROWS })
  if (lines.flat().some((cell) => UNREADABLE.test(cell))) throw new Refused('BAD_TABLE')
  return { header, rows }
}

const shorter = (cell: string) =>
  Array.from(cell.slice(0, MOST_CELL * 2)).slice(0, MOST_CELL).join('')

/** Blank lines read as empty; those at the end, and blank cells at the end of a line, go. */
function withoutTail(lines: readonly (readonly string[])[]): string[][] {
  const tidy = lines.map((cells) => trimEnd(cells.slice(0, MOST_COLUMNS), (cell) => !cell.trim()))
  return trimEnd(tidy, (cells) => cells.length === 0)
}

function trimEnd<T>(list: readonly T[], isBlank: (one: T) => boolean): T[] {
  const last = list.reduce((at, one, n) => (isBlank(one) ? at : n), -1)
  return list.slice(0, last + 1)
}

/** Chinese Excel saves CSV in GB 18030, and "Unicode text" in UTF-16. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode(bytes, 'utf-16le')
  try {
    return decode(bytes, 'utf-8')
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return decode(bytes, 'gb18030')
  }
}

function decode(bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) throw new Refused('BAD_TABLE')
    throw error
  }
}

function readCsv(text: string): string[][] {
  const first = text.slice(0, 2000).split(/\r?\n/).find((line) => line.trim()) ?? ''
  const count = (delimiter: string) => first.split(delimiter).length
  const delimiter = DELIMITERS.reduce((best, one) => (count(one) > count(best) ? one : best))
  try {
    return parse(text, { delimiter, relax_column_count: true, relax_quotes: true })
  } catch (error) {
    // Its message quotes the file.
    if (error instanceof Error) throw new Refused('BAD_TABLE')
    throw error
  }
}
