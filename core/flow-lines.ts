/** The lines of a flow chart as points, and where they part. */
import type { FlowEdge } from './flow'

export interface Point {
  x: number
  y: number
}

/** An edge as it is drawn: down or across, never up. */
export interface FlowRoute extends FlowEdge {
  points: readonly Point[]
}

/** Without points that lie on the way between their neighbours. */
export function straightened(points: readonly Point[]): Point[] {
  return points.filter((point, n) => {
    const [before, after] = [points[n - 1], points[n + 1]]
    if (!before || !after) return true
    const isSame = point.x === before.x && point.y === before.y
    const isBetween = (point.x === before.x && point.x === after.x) ||
      (point.y === before.y && point.y === after.y)
    return !isSame && !isBetween
  })
}

/** Corners of one way that lie within another that belongs to it. */
export function dotsOf(routes: readonly FlowRoute[]): Point[] {
  const dots = routes.flatMap((one) => one.points.slice(1, -1).filter((corner) =>
    routes.some((other) => other !== one &&
      (other.from === one.from || other.to === one.to) && isWithin(corner, other.points))))
  return dots.filter(({ x, y }, n) => dots.findIndex((dot) => dot.x === x && dot.y === y) === n)
}

function isWithin({ x, y }: Point, points: readonly Point[]): boolean {
  return points.slice(1).some((to, n) => {
    const from = points[n]!
    const inX = Math.min(from.x, to.x) <= x && x <= Math.max(from.x, to.x)
    const inY = Math.min(from.y, to.y) <= y && y <= Math.max(from.y, to.y)
    const isEnd = (x === from.x && y === from.y) || (x === to.x && y === to.y)
    return inX && inY && !isEnd
  })
}
