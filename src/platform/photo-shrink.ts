import type { PhotoQuality } from './photo-quality'

export interface PreparedPhoto {
  /** A JPEG. */
  bytes: ArrayBuffer
  sha256: string
  width: number
  height: number
  /** For <img>; on H5 a blob: address. */
  thumbnail: string
  /** the same, of the whole picture as it is sent */
  picture: string
  quality: PhotoQuality
}

/** A picture to look at. */
export interface Preview extends Size {
  path: string
}

/** The file is no picture this phone can read (HEIC in most browsers, a damaged file). */
export class PhotoUnreadable extends Error {}

const LIMIT_BYTES = 400 * 1024

// Sharpness before size: the long side never falls below 1600 px, however heavy the photo stays.
const TRIES = [
  { side: 2000, quality: 0.85 },
  { side: 2000, quality: 0.75 },
  { side: 2000, quality: 0.65 },
  { side: 1800, quality: 0.65 },
  { side: 1600, quality: 0.6 },
  { side: 1600, quality: 0.5 },
] as const

export interface Size {
  width: number
  height: number
}

/** The size scaled down so that no side exceeds `side` px; never up. */
export function fitWithin({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height))
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}

/** Encodes ever smaller until the JPEG weighs at most 0.4 MB; the last try if none does. */
export async function shrink(
  original: Size, encode: (size: Size, quality: number) => Promise<ArrayBuffer>,
): Promise<Size & { bytes: ArrayBuffer }> {
  let result: (Size & { bytes: ArrayBuffer }) | undefined
  for (const { side, quality } of TRIES) {
    const size = fitWithin(original, side)
    result = { ...size, bytes: await encode(size, quality) }
    if (result.bytes.byteLength <= LIMIT_BYTES) return result
  }
  if (!result) throw new RangeError('no tries')
  return result
}
