/**
 * What a photographed material may be (S37–S41): decided by content, never by name or declared
 * type. Pictures are decoded and encoded anew, which leaves behind everything that was not picture:
 * GPS, thumbnails, owner tags, and a web page hidden behind the last pixel.
 */
import { fileTypeFromBuffer } from 'file-type'
import sharp, { type Sharp } from 'sharp'
import { checkPdf } from './pdf'

export type MaterialType = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf'

export interface AcceptedMaterial {
  bytes: Buffer
  type: MaterialType
  /** pixels after turning upright; absent for PDF */
  width?: number
  height?: number
}

export type MaterialRefusal =
  | 'EMPTY'
  | 'TOO_LARGE'
  | 'TYPE_NOT_ALLOWED'
  | 'HEIC_UNSUPPORTED'
  | 'TOO_MANY_PIXELS'
  | 'BROKEN'
  | 'PDF_ACTIVE_CONTENT'
  | 'PDF_LOCKED'

/** Why a file is not taken; the caller has the sentence for the citizen. */
export class MaterialRefused extends Error {
  override name = 'MaterialRefused'
  constructor(
    readonly code: MaterialRefusal,
    options?: ErrorOptions,
  ) {
    super(code, options)
  }
}

export const MOST_BYTES = 10 * 1024 * 1024
export const MOST_PIXELS = 40_000_000
/** A 40-Mpx picture takes some 120 MB while it is decoded; two fit into the 300 MB of S39. */
const MOST_AT_ONCE = 2
const JPEG_QUALITY = 88

sharp.concurrency(1)
sharp.cache(false)

const HEIC = new Set(['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'])
const ENCODERS: Record<string, ((picture: Sharp) => Sharp) | undefined> = {
  'image/jpeg': (picture) => picture.jpeg({ quality: JPEG_QUALITY }),
  'image/png': (picture) => picture.png(),
  'image/webp': (picture) => picture.webp({ quality: JPEG_QUALITY }),
}

/** @throws MaterialRefused */
export async function acceptMaterial(bytes: Uint8Array): Promise<AcceptedMaterial> {
  if (bytes.byteLength === 0) throw new MaterialRefused('EMPTY')
  if (bytes.byteLength > MOST_BYTES) throw new MaterialRefused('TOO_LARGE')
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? 'unknown'
  if (HEIC.has(type)) throw new MaterialRefused('HEIC_UNSUPPORTED')
  if (type === 'application/pdf') {
    const problem = checkPdf(Buffer.from(bytes))
    if (problem) throw new MaterialRefused(problem)
    return { bytes: Buffer.from(bytes), type }
  }
  const encode = ENCODERS[type]
  if (!encode) throw new MaterialRefused('TYPE_NOT_ALLOWED')
  // ENCODERS has only material types.
  return oneOfFew(() => reencode(bytes, { type: type as MaterialType, encode }))
}

async function reencode(
  bytes: Uint8Array,
  { type, encode }: { type: MaterialType; encode: (picture: Sharp) => Sharp },
): Promise<AcceptedMaterial> {
  try {
    const options = { limitInputPixels: MOST_PIXELS, failOn: 'error' } as const
    const { width, height, pages } = await sharp(bytes, options).metadata()
    if (width * height * (pages ?? 1) > MOST_PIXELS) throw new MaterialRefused('TOO_MANY_PIXELS')
    const picture = encode(sharp(bytes, options).autoOrient())
    const { data, info } = await picture.toBuffer({ resolveWithObject: true })
    return { bytes: data, type, width: info.width, height: info.height }
  } catch (cause) {
    if (cause instanceof MaterialRefused) throw cause
    const bomb = cause instanceof Error && cause.message.includes('pixel limit')
    throw new MaterialRefused(bomb ? 'TOO_MANY_PIXELS' : 'BROKEN', { cause })
  }
}

let atWork = 0
const waiting: (() => void)[] = []

async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (atWork >= MOST_AT_ONCE) await new Promise<void>((go) => waiting.push(go))
  else atWork++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // A waiting one takes over our place, so the count stays.
    if (next) next()
    else atWork--
  }
}
