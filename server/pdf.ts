import { inflateSync } from 'node:zlib'

/** Names that make a PDF do something (ISO 32000-1 §12.6) or carry another file (§7.11.4). */
const ACTIVE_NAMES = ['JS', 'JavaScript', 'Launch', 'EmbeddedFiles?', 'OpenAction', 'AA']
ACTIVE_NAMES.push('RichMedia', 'XFA', 'SubmitForm', 'ImportData', 'GoToR', 'GoToE')
const ACTIVE = new RegExp(`/(?:${ACTIVE_NAMES.join('|')})(?![A-Za-z0-9])`)
export type PdfProblem = 'PDF_ACTIVE_CONTENT' | 'PDF_LOCKED' | 'BROKEN'

const MOST_INFLATED_BYTES = 32 * 1024 * 1024

/**
 * Why a PDF can't be taken, if so (S40). PDFs are kept as they came, so this looks through the ways
 * of hiding a name: `#4a` escapes, compressed object streams, and bytes around the document.
 */
export function checkPdf(bytes: Buffer): PdfProblem | undefined {
  const text = bytes.toString('latin1')
  const end = text.lastIndexOf('%%EOF')
  const outside = text.slice(end + '%%EOF'.length)
  if (!text.startsWith('%PDF-') || end < 0 || outside.trim() !== '') return 'BROKEN'
  const plain = unescapeNames(text)
  if (/\/Encrypt(?![A-Za-z0-9])/.test(plain)) return 'PDF_LOCKED'
  if (ACTIVE.test(plain)) return 'PDF_ACTIVE_CONTENT'
  return checkObjectStreams(bytes, text)
}

function checkObjectStreams(bytes: Buffer, text: string): PdfProblem | undefined {
  let left = MOST_INFLATED_BYTES
  // The dictionary of an object stream sits between "obj" and "stream".
  for (const match of text.matchAll(/obj\b((?:(?!endobj|stream)[\s\S]){0,4000}?)stream\r?\n/g)) {
    const dictionary = unescapeNames(match[1] ?? '')
    if (!/\/ObjStm(?![A-Za-z0-9])/.test(dictionary)) continue
    if (!dictionary.includes('/Filter')) continue // was read as plain text
    if (!/\/Filter\s*\[?\s*\/(?:FlateDecode|Fl)\s*\]?/.test(dictionary)) return 'BROKEN'
    if (dictionary.includes('/DecodeParms')) return 'BROKEN'
    const inflated = inflate(bytes.subarray(match.index + match[0].length), left)
    if (inflated === undefined) return 'BROKEN'
    left -= inflated.length
    if (ACTIVE.test(unescapeNames(inflated))) return 'PDF_ACTIVE_CONTENT'
  }
  return undefined
}

/** zlib stops by itself at the end of its data; what can't be read whole is not trusted. */
function inflate(from: Buffer, most: number): string | undefined {
  try {
    return inflateSync(from, { maxOutputLength: Math.max(1, most) }).toString('latin1')
  } catch (error) {
    if (error instanceof RangeError) return undefined
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      return undefined
    }
    throw error
  }
}

function unescapeNames(text: string): string {
  return text.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
