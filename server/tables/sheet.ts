/**
 * XLSX in a thread of its own: a megabyte of it can be made to unpack to a gigabyte, or to name a
 * cell a million lines down, so memory and time are bounded from outside.
 */
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { inflateRawSync } from 'node:zlib'
import { Refused } from '../../core/refusal'

const MOST_UNPACKED_BYTES = 16 * 1024 * 1024
const MOST_HEAP_MB = 192
const MOST_MS = 10_000
const ENTRY = Buffer.from('PK\u0003\u0004')
const ENTRY_BYTES = 30
const STORED = 0

export function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, ENTRY.length).equals(ENTRY)
}

/** Runs in the thread. Dates become days as they stand in the sheet, a time of day only if set. */
const READER = `
const { parentPort, workerData } = require('node:worker_threads')
const { readSheet } = require(workerData.library)
const cellText = (cell) => {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  if (!(cell instanceof Date)) return String(cell)
  const text = cell.toISOString()
  return text.slice(11, 16) === '00:00' ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ')
}
readSheet(Buffer.from(workerData.bytes))
  .then((rows) => parentPort.postMessage(rows.map((cells) => cells.map(cellText))))
`

/**
 * The cells of a workbook's first sheet.
 * @throws {Refused} BAD_TABLE for what is no workbook, or one larger than a list could be
 */
export async function readSheet(bytes: Buffer): Promise<string[][]> {
  refuseBombs(bytes)
  const library = createRequire(import.meta.url).resolve('read-excel-file/node')
  const worker = new Worker(READER, {
    eval: true,
    workerData: { bytes, library },
    env: {},
    stderr: true,
    stdout: true,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  })
  const late = setTimeout(() => void worker.terminate(), MOST_MS)
  try {
    return await new Promise<string[][]>((resolve, reject) => {
      const refuse = () => reject(new Refused('BAD_TABLE'))
      worker.once('message', resolve)
      // A rejection in the thread, too little memory, or the end of its time: no usable file.
      worker.once('error', refuse)
      worker.once('exit', refuse)
    })
  } finally {
    clearTimeout(late)
    await worker.terminate()
  }
}

/** Unpacks every entry once, up to a bound: sizes that the file itself tells may be a lie. */
function refuseBombs(bytes: Buffer): void {
  let left = MOST_UNPACKED_BYTES
  for (let at = 0; at >= 0; at = bytes.indexOf(ENTRY, at + ENTRY.length)) {
    const head = bytes.subarray(at, at + ENTRY_BYTES)
    if (head.length < ENTRY_BYTES) throw new Refused('BAD_TABLE')
    if (head.readUInt16LE(8) === STORED) continue
    const from = at + ENTRY_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28)
    left -= unpackedBytes(bytes.subarray(from), left)
  }
}

function unpackedBytes(packed: Buffer, most: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) }).length
  } catch (error) {
    // Whether too large or not readable at all: its message says nothing a citizen needs.
    if (error instanceof Error) throw new Refused('BAD_TABLE')
    throw error
  }
}
