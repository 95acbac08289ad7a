/** What drawing costs, against limits well under those of WeChat's own audit. */
import { nameOf, roleOf, type ViewNode, walk } from './view'

export const LIMITS = {
  /** setData of the whole app in any second of what one act of a person brings */
  callsInSecond: 10,
  bytes: 64 * 1024,
  /** setData of a page while another lies over it, before it comes back in sight */
  callsBelow: 5,
  nodes: 600,
  depth: 30,
  children: 60,
}

/** What one page has cost so far. */
export interface Cost {
  calls: number
  /** of them since another page came over it */
  below: number
  bytes: number
  largest: number
  nodes: number
  depth: number
  children: number
}

export const noCost = (): Cost =>
  ({ calls: 0, below: 0, bytes: 0, largest: 0, nodes: 0, depth: 0, children: 0 })

/** Counts for all pages of one app; `excesses` says what went over, once each. */
export class Counters {
  readonly excesses: string[] = []
  busiest = 0
  private recent: number[] = []

  /** A person needs about a second from one act to the next; the tests do not. */
  acted(): void {
    this.recent = []
  }

  /** @param bytes  of one setData; `isTop`: of the page in sight */
  sent(route: string, cost: Cost, { bytes, isTop }: { bytes: number; isTop: boolean }): void {
    cost.calls += 1
    cost.below = isTop ? 0 : cost.below + 1
    if (cost.below > LIMITS.callsBelow) this.exceed(route, 'draws though it is out of sight')
    cost.bytes += bytes
    cost.largest = Math.max(cost.largest, bytes)
    const now = Date.now()
    this.recent = [...this.recent.filter((at) => now - at < 1000), now]
    this.busiest = Math.max(this.busiest, this.recent.length)
    if (bytes > LIMITS.bytes) this.exceed(route, `setData of ${bytes} bytes`)
    if (this.recent.length > LIMITS.callsInSecond) {
      this.exceed(route, `more than ${LIMITS.callsInSecond} setData in a second`)
    }
  }

  drawn(route: string, cost: Cost, root: ViewNode): void {
    const most = widest(root)
    const [nodes, depth, children] = [count(root), depthOf(root), most.children.length]
    cost.nodes = Math.max(cost.nodes, nodes)
    cost.depth = Math.max(cost.depth, depth)
    cost.children = Math.max(cost.children, children)
    this.named(route, root)
    if (nodes > LIMITS.nodes) this.exceed(route, 'too many nodes', nodes)
    if (depth > LIMITS.depth) this.exceed(route, 'too deep', depth)
    if (children > LIMITS.children) {
      this.exceed(route, `too many children of .${String(most.attr.class)}`, children)
    }
  }

  private named(route: string, root: ViewNode): void {
    for (const node of walk(root)) {
      if (!isControl(node) || nameOf(node).trim() !== '') continue
      this.exceed(route, `a ${roleOf(node) || node.tag} without a name`)
    }
  }

  private exceed(route: string, what: string, size?: number): void {
    if (this.excesses.some((one) => one.startsWith(`${route}: ${what}`))) return
    this.excesses.push(`${route}: ${what}${size === undefined ? '' : ` (${size})`}`)
  }
}

const CONTROLS = /^(button|input|textarea|picker|radio|checkbox|switch|slider)$/

/** What a screen reader stops at: it has to be called something. */
const isControl = (node: ViewNode) => CONTROLS.test(roleOf(node) || node.tag)

const count = (root: ViewNode) => [...walk(root)].length
const widest = (root: ViewNode) => [...walk(root)]
  .reduce((most, one) => (one.children.length > most.children.length ? one : most), root)
const depthOf = ({ children }: ViewNode): number =>
  1 + Math.max(0, ...children.map(depthOf))

/** A line of the report. */
export function costLine(route: string, cost: Cost): string {
  const { calls, bytes, largest, nodes, depth, children } = cost
  return [
    route.padEnd(28), `${nodes} nodes`.padStart(10), `${depth} deep`.padStart(8),
    `${children} wide`.padStart(8), `${calls} setData`.padStart(12), `${bytes} B`.padStart(9),
    `largest ${largest} B`.padStart(16),
  ].join(' ')
}
