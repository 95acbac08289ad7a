import type { Signature } from '@core/contract/case'
import type { Strokes } from '@/ui/strokes'

const MOST_LINES = 100
const MOST_POINTS = 2000

/** The strokes as they are sent: whole numbers, 1000 = the pad's width. */
export function toSignature({ lines, width, height }: Strokes): Signature {
  const scale = (pixels: number) =>
    Math.min(1000, Math.max(0, Math.round((pixels * 1000) / width)))
  return {
    strokes: lines.slice(0, MOST_LINES).map((line) =>
      line.slice(0, MOST_POINTS).map(([x, y]) => [scale(x), scale(y)])),
    ratio: Math.min(10, Math.max(0.1, width / height)),
  }
}
