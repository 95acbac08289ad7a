/** Can the photo be read? Pure arithmetic on a small copy, about 45 ms at 720 px on a phone. */

export interface Pixels {
  /** RGBA, four bytes a pixel. */
  data: ArrayLike<number>
  width: number
  height: number
}

export interface PhotoQuality {
  /** Block, with an override. */
  blurred: boolean
  shaken: boolean
  /** Advice only. */
  dark: boolean
  glare: boolean
  small: boolean
}

/** The side, in pixels, of the copy the thresholds were set for. */
export const QUALITY_SIDE_PX = 720

const BLUR_BELOW = 150
const SHAKE_BELOW = 0.3
const DARK_BELOW = 70
const GLARE_SHARE = 0.08
const SMALL_SIDE_PX = 1000

/** Judges a copy of at most 720 px; `longSidePx` is the original's. */
export function judgePhoto(copy: Pixels, longSidePx: number): PhotoQuality {
  const luma = lumaOf(copy)
  const { laplacianVariance, directionRatio } = sharpness(luma, copy.width, copy.height)
  const blurred = laplacianVariance < BLUR_BELOW
  return {
    blurred,
    shaken: directionRatio < SHAKE_BELOW,
    dark: percentile(luma, 0.95) < DARK_BELOW,
    glare: share(luma, (value) => value >= 253) > GLARE_SHARE && !blurred && hasPaperBelow(luma),
    small: longSidePx < SMALL_SIDE_PX,
  }
}

/** Brightness of each pixel, 0 to 255 (ITU-R BT.601). */
export function lumaOf({ data, width, height }: Pixels): Float32Array {
  const luma = new Float32Array(width * height)
  for (let at = 0; at < luma.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = [data[at * 4], data[at * 4 + 1], data[at * 4 + 2]]
    luma[at] = 0.299 * red + 0.587 * green + 0.114 * blue
  }
  return luma
}

/**
 * Variance of the Laplacian, and how evenly edges point every way: the smaller over the larger
 * eigenvalue of the structure tensor, whatever the direction of the movement.
 */
export function sharpness(luma: Float32Array, width: number, height: number) {
  let [sum, squares, xx, yy, xy, count] = [0, 0, 0, 0, 0, 0]
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x
      const [here = 0, left = 0, right = 0] = [luma[at], luma[at - 1], luma[at + 1]]
      const [up = 0, down = 0] = [luma[at - width], luma[at + width]]
      const laplacian = left + right + up + down - 4 * here
      sum += laplacian
      squares += laplacian * laplacian
      xx += (right - left) ** 2
      yy += (down - up) ** 2
      xy += (right - left) * (down - up)
      count += 1
    }
  }
  const middle = (xx + yy) / 2
  const spread = Math.hypot((xx - yy) / 2, xy)
  return {
    laplacianVariance: count ? squares / count - (sum / count) ** 2 : 0,
    directionRatio: middle + spread > 0 ? (middle - spread) / (middle + spread) : 1,
  }
}

function percentile(luma: Float32Array, part: number): number {
  const sorted = Float32Array.from(luma).sort()
  return sorted[Math.floor(part * (sorted.length - 1))] ?? 0
}

function share(luma: Float32Array, test: (value: number) => boolean): number {
  return luma.length ? luma.filter(test).length / luma.length : 0
}

// Scanned white paper is bright all over; glare is a burnt patch over paper that is itself greyer.
function hasPaperBelow(luma: Float32Array): boolean {
  return percentile(luma, 0.5) < 225
}
