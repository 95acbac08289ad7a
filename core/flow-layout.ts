/**
 * Where each box and line of a flow chart stands, in em (the width of one Chinese character of a
 * box's name), so that a phone, a large print and paper draw the same picture at their own size.
 *
 *   rank by longest path ─▶ rows of at most `columns` ─▶ gutters between rows carry the lines
 *
 * Lines that fan out of a box share one way, and so do those that come together before the end.
 * Ways of different origin never lie on each other: each has its own track in a gutter, and its
 * own lane beside the boxes where it passes a row.
 */
import { type Flow, type FlowEdge, type FlowNode, HANDOVER } from './flow'
import { type FlowRoute, type Point, dotsOf, straightened } from './flow-lines'
import { emWidth, wrap } from './wrap'

export interface FlowBox extends Omit<FlowNode, 'name' | 'notes'> {
  x: number
  y: number
  width: number
  height: number
  nameLines: readonly string[]
  /** set in NOTE_SIZE */
  noteLines: readonly string[]
}

export interface FlowPicture {
  width: number
  height: number
  boxes: readonly FlowBox[]
  routes: readonly FlowRoute[]
  /** where ways of one origin part, or several meet before a box */
  dots: readonly Point[]
}

export const NOTE_SIZE = 0.86
export const LINE_HEIGHT = 1.4
export const BOX_PADDING = 0.6
const GAP = 1
const TRACK = 0.7
const LANE = 0.8
const ARROW_ROOM = 0.9
const NARROWEST = 7
const WIDEST = 13

/** A chart for a space `room` em wide: as many columns as fit, at most four. */
export function layOutFlow(flow: Flow, room: number): FlowPicture {
  const most = Math.min(4, Math.max(1, Math.floor((room - LANE * 2) / (NARROWEST + GAP))))
  const rows = rowsOf(flow, most)
  const rowOf = new Map(rows.flatMap((row, n) => row.map(({ id }) => [id, n] as const)))
  const nets = netsOf(flow, rowOf)
  const lanes = { left: laneOut(nets, 'left'), right: laneOut(nets, 'right') }
  const columns = Math.max(...rows.map((row) => row.length))
  const aside = { left: lanes.left * LANE, right: lanes.right * LANE }
  const gaps = GAP * (columns - 1)
  const boxWidth = Math.min(WIDEST, (room - aside.left - aside.right - gaps) / columns)
  const inner = boxWidth * columns + gaps
  const width = aside.left + inner + aside.right
  const boxes = rows.map((row) => boxRow(row, { left: aside.left, inner, width: boxWidth }))
  const laneX = (net: Net) => (net.side === 'left'
    ? aside.left - (net.lane + 0.7) * LANE
    : width - aside.right + (net.lane + 0.7) * LANE)
  const xOf = portsOf(boxes, flow.edges)
  const gutters = guttersOf(nets, { rows: rows.length, rowOf, xOf, laneX })
  const placed = stack(boxes, gutters.map(({ tracks }) => tracks))
  const at = new Map(placed.boxes.map((box) => [box.id, box]))
  const trackY = (gutter: number, net: Net) =>
    placed.bottoms[gutter]! + TRACK * (gutters[gutter]!.of.get(net)! + 1)
  const routes = nets.flatMap((net) =>
    net.edges.map((edge) => route(edge, { net, rowOf, at, xOf, laneX, trackY })))
  return { width, height: placed.height, boxes: placed.boxes, routes, dots: dotsOf(routes) }
}

/** Ranks by the longest way from the start, each cut evenly into rows. */
function rowsOf({ nodes, edges }: Flow, most: number): FlowNode[][] {
  const rank = new Map<string, number>()
  for (const { id } of nodes) {
    const before = edges.filter(({ to }) => to === id).map(({ from }) => rank.get(from) ?? 0)
    rank.set(id, before.length === 0 ? 0 : Math.max(...before) + 1)
  }
  const place = new Map<string, number>()
  return [...new Set(rank.values())].sort((a, b) => a - b).flatMap((level) => {
    const layer = nodes.filter(({ id }) => rank.get(id) === level)
    const middle = ({ id }: FlowNode) => {
      const above = edges.filter(({ to }) => to === id).map(({ from }) => place.get(from) ?? 0)
      return above.reduce((sum, x) => sum + x, 0) / Math.max(1, above.length)
    }
    const ordered = [...layer].sort((a, b) => middle(a) - middle(b))
    ordered.forEach(({ id }, n) => place.set(id, (n + 0.5) / ordered.length))
    const count = Math.ceil(ordered.length / most)
    const size = Math.ceil(ordered.length / count)
    return Array.from({ length: count }, (_, n) => ordered.slice(n * size, (n + 1) * size))
  })
}

/** Edges that share their way: all out of one box, or all into the end. */
interface Net {
  side: 'left' | 'right'
  lane: number
  /** rows the lane passes: from below the first to above the second; undefined: none */
  passes: [number, number] | undefined
  edges: FlowEdge[]
}

function netsOf({ edges }: Flow, rowOf: ReadonlyMap<string, number>): Net[] {
  const nets = new Map<string, Net>()
  for (const edge of edges) {
    const key = edge.to === HANDOVER ? `to ${edge.to}` : `from ${edge.from}`
    const side = edge.to === HANDOVER ? 'left' : 'right'
    const net = nets.get(key) ?? { side, lane: 0, passes: undefined, edges: [] }
    nets.set(key, net)
    net.edges.push(edge)
    const [from, to] = [rowOf.get(edge.from)!, rowOf.get(edge.to)!]
    if (to === from + 1) continue
    net.passes = [Math.min(from, net.passes?.[0] ?? from), Math.max(to, net.passes?.[1] ?? to)]
  }
  return [...nets.values()]
}

/** Gives each net that passes rows a lane free over all of them; how many lanes that takes. */
function laneOut(nets: readonly Net[], side: Net['side']): number {
  const busyUntil: number[] = []
  const passing = nets
    .flatMap((net) => (net.side === side && net.passes ? [{ net, passes: net.passes }] : []))
    .sort((one, other) => one.passes[0] - other.passes[0])
  for (const { net, passes: [first, last] } of passing) {
    const free = busyUntil.findIndex((until) => until <= first)
    net.lane = free < 0 ? busyUntil.length : free
    busyUntil[net.lane] = last
  }
  return busyUntil.length
}

type Unplaced = Omit<FlowBox, 'y'>

function boxRow(
  row: readonly FlowNode[],
  { left, inner, width }: { left: number; inner: number; width: number },
): Unplaced[] {
  const start = left + (inner - row.length * width - (row.length - 1) * GAP) / 2
  const text = width - BOX_PADDING * 2
  const boxes = row.map(({ name, notes, ...node }, n) => {
    const nameLines = wrap(name, emWidth, text)
    const noteLines = linesOf(notes, text / NOTE_SIZE)
    const small = noteLines.length + (node.tag ? 1 : 0)
    const height = (nameLines.length + small * NOTE_SIZE) * LINE_HEIGHT + BOX_PADDING * 1.4
    return { ...node, x: start + n * (width + GAP), width, height, nameLines, noteLines }
  })
  const height = Math.max(...boxes.map((box) => box.height))
  return boxes.map((box) => ({ ...box, height }))
}

/** Side by side where they fit, else one below the other. */
function linesOf(notes: readonly string[], most: number): string[] {
  const joined = notes.join(' · ')
  if (emWidth(joined) <= most) return [joined]
  return notes.flatMap((note) => wrap(note, emWidth, most))
}

type PortX = (id: string, end: 'out' | 'in') => number

/**
 * Lines leave and enter in the middle of a box, unless one stands above another and lines of others
 * would lie on each other between them: then both step aside.
 */
function portsOf(rows: readonly (readonly Unplaced[])[], edges: readonly FlowEdge[]): PortX {
  const middle = new Map(rows.flat().map(({ id, x, width }) => [id, x + width / 2]))
  const aside = new Set<string>()
  const isClear = (above: string, below: string) => {
    const out = edges.filter(({ from }) => from === above)
    const into = edges.filter(({ to }) => to === below)
    return out.some(({ to }) => to === below) && (out.length === 1 || into.length === 1)
  }
  rows.forEach((row, n) => row.forEach(({ id }) => (rows[n + 1] ?? []).forEach((below) => {
    const isAbove = Math.abs(middle.get(id)! - middle.get(below.id)!) < GAP
    if (isAbove && !isClear(id, below.id)) aside.add(`${id} out`).add(`${below.id} in`)
  })))
  return (id, end) => {
    const step = aside.has(`${id} ${end}`) ? GAP * 0.6 : 0
    return middle.get(id)! + (end === 'out' ? -step : step)
  }
}

interface Gutter {
  /** how many tracks it has */
  tracks: number
  of: Map<Net, number>
}

/** The tracks of each gutter: ways that would touch get different ones. */
function guttersOf(
  nets: readonly Net[],
  { rows, xOf, laneX, rowOf }: {
    rows: number
    xOf: PortX
    laneX: (net: Net) => number
    rowOf: ReadonlyMap<string, number>
  },
): Gutter[] {
  const runs = Array.from({ length: Math.max(0, rows - 1) }, () => new Map<Net, number[]>())
  const add = (gutter: number, net: Net, x: number) => {
    const known = runs[gutter]!.get(net)
    if (known) known.push(x)
    else runs[gutter]!.set(net, [x])
  }
  for (const net of nets) {
    for (const { from, to } of net.edges) {
      const [below, above] = [rowOf.get(from)!, rowOf.get(to)! - 1]
      add(below, net, xOf(from, 'out'))
      add(above, net, xOf(to, 'in'))
      if (below !== above) [below, above].forEach((gutter) => add(gutter, net, laneX(net)))
    }
  }
  return runs.map(colour)
}

function colour(runs: ReadonlyMap<Net, readonly number[]>): Gutter {
  const ends: number[] = []
  const of = new Map<Net, number>()
  const spans = [...runs].map(([net, xs]) => ({ net, from: Math.min(...xs), to: Math.max(...xs) }))
  for (const { net, from, to } of spans.sort((a, b) => a.from - b.from || a.to - b.to)) {
    const free = ends.findIndex((end) => end + GAP / 4 < from)
    const track = free < 0 ? ends.length : free
    ends[track] = to
    of.set(net, track)
  }
  return { tracks: ends.length, of }
}

/** Rows one below the other, with a gutter as high as its tracks between two. */
function stack(rows: readonly (readonly Unplaced[])[], tracks: readonly number[]) {
  let y = 0
  const bottoms: number[] = []
  const boxes = rows.flatMap((row, n) => {
    const here = row.map((box): FlowBox => ({ ...box, y }))
    y += row[0]?.height ?? 0
    bottoms.push(y)
    if (n < rows.length - 1) y += TRACK * ((tracks[n] ?? 0) + 0.2) + ARROW_ROOM
    return here
  })
  return { boxes, bottoms, height: y }
}

interface Way {
  net: Net
  rowOf: ReadonlyMap<string, number>
  at: ReadonlyMap<string, FlowBox>
  xOf: PortX
  laneX: (net: Net) => number
  trackY: (gutter: number, net: Net) => number
}

function route(edge: FlowEdge, { net, rowOf, at, xOf, laneX, trackY }: Way): FlowRoute {
  const [source, target] = [at.get(edge.from)!, at.get(edge.to)!]
  const [below, above] = [rowOf.get(edge.from)!, rowOf.get(edge.to)! - 1]
  const [out, into] = [xOf(edge.from, 'out'), xOf(edge.to, 'in')]
  const [first, last] = [trackY(below, net), trackY(above, net)]
  const lane = below === above
    ? [] : [{ x: laneX(net), y: first }, { x: laneX(net), y: last }]
  const points = [
    { x: out, y: source.y + source.height },
    { x: out, y: first },
    ...lane,
    { x: into, y: last },
    { x: into, y: target.y },
  ]
  return { ...edge, points: straightened(points) }
}
