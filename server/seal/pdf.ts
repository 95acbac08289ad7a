/** The signature inside a PDF (ISO 32000-1 §12.8): over every byte but its own. */
import { pdflibAddPlaceholder } from '@signpdf/placeholder-pdf-lib'
// by name: what Node takes for the default of this package is its whole module
import { SignPdf } from '@signpdf/signpdf'
import { SUBFILTER_ETSI_CADES_DETACHED, Signer } from '@signpdf/utils'
import type { PDFDocument } from 'pdf-lib'
import { Certificate, ContentInfo, SignedData } from 'pkijs'
import { type Seal, derOf, readCertificate } from './seal'

/** In digits of the signature: with a chain of three certificates about half of it is used. */
const ROOM = 16_384

/** Makes room for a signature; nothing may be drawn afterwards. */
export async function signDocument(
  doc: PDFDocument,
  seal: Seal,
  { at, reason, name }: { at: Date; reason: string; name: string },
): Promise<Buffer> {
  pdflibAddPlaceholder({
    pdfDoc: doc, reason, name, contactInfo: '', location: '', signingTime: at,
    signatureLength: ROOM, subFilter: SUBFILTER_ETSI_CADES_DETACHED,
    widgetRect: [0, 0, 0, 0],
  })
  const bytes = Buffer.from(await doc.save({ useObjectStreams: false }))
  return new SignPdf().sign(bytes, new SealSigner(seal), at)
}

class SealSigner extends Signer {
  constructor(private readonly seal: Seal) {
    super()
  }

  override sign(bytes: Buffer): Promise<Buffer> {
    return this.seal.sign(bytes)
  }
}

export type SealVerdict = 'whole' | 'changed' | 'foreign'

/**
 * Whether a PDF bears our signature over all of its bytes. A file with a damaged signature may as
 * well be somebody else's: 'foreign'.
 */
export async function checkSeal(bytes: Buffer, seal: Pick<Seal, 'certificates'>):
Promise<SealVerdict> {
  const found = findSignature(bytes)
  if (!found) return 'foreign'
  const signed = readSigned(found.der)
  const ours = seal.certificates.map(readCertificate)
  const theirs = signed?.certificates?.map((one) =>
    (one instanceof Certificate ? derOf(one) : Buffer.alloc(0))) ?? []
  // All of them, as they were sent: what is not signed must not be different either.
  const same = theirs.length === seal.certificates.length
    && seal.certificates.every((one, n) => theirs[n]?.equals(one))
  if (!signed || !same) return 'foreign'
  return await isSignedBy(signed, { bytes: found.signed, trusted: ours }) ? 'whole' : 'changed'
}

async function isSignedBy(
  signed: SignedData,
  { bytes, trusted }: { bytes: Buffer; trusted: Certificate[] },
): Promise<boolean> {
  try {
    return await signed.verify({
      signer: 0, data: new Uint8Array(bytes).buffer, trustedCerts: trusted,
    })
  } catch {
    return false // a signature the library cannot make sense of is none
  }
}

/** The last signature, if it leaves out nothing but itself. */
function findSignature(bytes: Buffer): { der: Buffer; signed: Buffer } | undefined {
  const text = bytes.toString('latin1')
  const ranges = [...text.matchAll(/\/ByteRange\s*\[\s*(\d+) +(\d+) +(\d+) +(\d+)\s*\]/g)].at(-1)
  if (!ranges) return undefined
  const [start = -1, length = 0, from = 0, rest = 0] = ranges.slice(1).map(Number)
  if (start !== 0 || length >= from || from + rest !== bytes.length) return undefined
  const hex = /^<([0-9a-f]+)>$/.exec(text.slice(length, from))?.[1]
  if (!hex) return undefined
  return {
    der: Buffer.from(hex, 'hex'),
    signed: Buffer.concat([bytes.subarray(0, length), bytes.subarray(from)]),
  }
}

function readSigned(padded: Buffer): SignedData | undefined {
  try {
    const info = ContentInfo.fromBER(new Uint8Array(padded))
    const exact = derOf(info)
    const padding = padded.subarray(exact.length)
    // Room that was left is zero: anything else was put there later.
    if (!padded.subarray(0, exact.length).equals(exact) || padding.some(Boolean)) return undefined
    return new SignedData({ schema: info.content })
  } catch {
    return undefined // not a signature at all
  }
}
