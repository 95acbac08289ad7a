import type { FlowBox, FlowPicture } from '@core/flow-layout'
import type { Point } from '@core/flow-lines'
import { Box, Words } from './box'

interface Part {
  from: Point
  to: Point
  any: boolean
}

/**
 * A flow chart: boxes that are read as a list, each with what it follows, and lines for the eye.
 * All of it stands in em of the chart's own text, which grows with the text size chosen.
 */
export function FlowChart({ picture, label }: { picture: FlowPicture; label: string }) {
  const { boxes, routes, width, height } = picture
  const names = new Map(boxes.map(({ id, nameLines }) => [id, nameLines.join('')]))
  const before = (id: string) => routes.filter(({ to }) => to === id)
    .map(({ from }) => names.get(from)).join('、')
  return (
    <Box className="flow" style={{ width: `${width}em`, height: `${height}em` }}>
      <Ways picture={picture} />
      <Box as="ol" className="flow-boxes" label={label}>
        {boxes.map((box) => <Step key={box.id} box={box} after={before(box.id)} />)}
      </Box>
    </Box>
  )
}

/** The lines by the direction they run in: WeChat counts how many children one element has. */
function Ways({ picture }: { picture: FlowPicture }) {
  const parts = partsOf(picture)
  const lines = (some: readonly Part[]) => (
    <Box hidden>{some.map((part) => <Line key={JSON.stringify(part)} {...part} />)}</Box>
  )
  return (
    <>
      {lines(parts.filter(isDown))}
      {lines(parts.filter((part) => !isDown(part)))}
      <Box hidden>
        {picture.dots.map(({ x, y }) => (
          <Box key={`${x} ${y}`} className="flow-dot" style={{ left: em(x), top: em(y) }} />
        ))}
      </Box>
      <Box hidden>
        {picture.routes.map(({ from, to, points }) => {
          const { x, y } = points[points.length - 1]!
          return (
            <Box key={`${from} ${to}`} className="flow-arrow" style={{ left: em(x), top: em(y) }} />
          )
        })}
      </Box>
    </>
  )
}

const isDown = ({ from, to }: Part) => from.x === to.x
const em = (length: number) => `${Math.round(length * 1000) / 1000}em`

/** Edges share parts of their way: each part is drawn once. */
function partsOf({ routes }: FlowPicture): Part[] {
  const parts = new Map<string, Part>()
  for (const { points, any } of routes) {
    points.slice(1).forEach((to, n) => {
      const part = { from: points[n]!, to, any }
      parts.set(JSON.stringify(part), part)
    })
  }
  return [...parts.values()]
}

function Line(part: Part) {
  const { from, to, any } = part
  const down = isDown(part)
  const style = {
    left: em(Math.min(from.x, to.x)),
    top: em(Math.min(from.y, to.y)),
    width: down ? '0' : em(Math.abs(to.x - from.x)),
    height: down ? em(Math.abs(to.y - from.y)) : '0',
  }
  const way = down ? 'flow-down' : 'flow-across'
  return <Box className={`flow-line ${way} ${any ? 'flow-any' : ''}`} style={style} />
}

function Step({ box, after }: { box: FlowBox; after: string }) {
  const { x, y, width, height, kind, maybe, nameLines, noteLines, tag } = box
  const style = { left: em(x), top: em(y), width: em(width), height: em(height) }
  return (
    <Box
      as="li" className={`flow-box flow-${kind} ${maybe ? 'flow-maybe' : ''}`} style={style}
    >
      {nameLines.map((line) => <Words key={line} className="flow-name">{line}</Words>)}
      <Box className="flow-notes">
        {noteLines.map((line) => <Words key={line} className="flow-note">{line}</Words>)}
        {tag && <Words className="flow-tag">{tag}</Words>}
      </Box>
      {after && <Words className="unseen">{`，在${after}之后`}</Words>}
    </Box>
  )
}
