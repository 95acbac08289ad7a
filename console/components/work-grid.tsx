/**
 * A list of any length one walks through by keys. Only the rows in sight are in the document. A
 * grid of our own: the kit's virtual table has no rows and cells for a screen reader.
 */
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react'
import { useKeys } from './keys'
import type { Place } from '../stores/listing'

export interface Column<Row> {
  key: string
  title: string
  /** of CSS grid */
  width: string
  cell: (row: Row) => ReactNode
}

interface WorkGridProps<Row> {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  keyOf: (row: Row) => string
  onOpen: (row: Row) => void
  place: Place
  onPlace: (place: Place) => void
  /** the end came into sight */
  onEnd: () => void
}

const ROW_PX = 44
const HEAD_PX = 36
const BEYOND = 8
const FIRST_HEIGHT_PX = 640

export function WorkGrid<Row>(props: WorkGridProps<Row>) {
  const { label, rows, columns, keyOf, onOpen, onPlace, onEnd } = props
  const grid = useRef<HTMLDivElement>(null)
  const [{ active, top }, setPlace] = useState(props.place)
  const [height, setHeight] = useState(FIRST_HEIGHT_PX)
  const at = Math.min(active, Math.max(0, rows.length - 1))
  const move = (place: Place) => {
    setPlace(place)
    onPlace(place)
  }
  const to = (next: number) => {
    const row = Math.max(0, Math.min(rows.length - 1, next))
    const [above, below] = [row * ROW_PX, (row + 1) * ROW_PX]
    const wanted = above < top ? above : below > top + height ? below - height : top
    if (grid.current) {
      grid.current.scrollTop = wanted
      // Enter, now, means this row and not the button pressed before
      grid.current.focus({ preventScroll: true })
    }
    move({ active: row, top: wanted })
  }
  const inSight = Math.max(1, Math.floor(height / ROW_PX) - 1)
  const open = () => {
    const row = rows[at]
    if (row !== undefined) onOpen(row)
  }
  useKeys({
    j: () => to(at + 1), k: () => to(at - 1),
    ArrowDown: () => to(at + 1), ArrowUp: () => to(at - 1),
    PageDown: () => to(at + inSight), PageUp: () => to(at - inSight),
    Home: () => to(0), End: () => to(rows.length - 1), Enter: open,
  })
  useEffect(() => {
    const box = grid.current
    if (!box) return undefined
    box.scrollTop = props.place.top
    const watch = new ResizeObserver(() => setHeight(box.clientHeight - HEAD_PX))
    watch.observe(box)
    return () => watch.disconnect()
    // only as the list appears
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  const first = Math.max(0, Math.floor(top / ROW_PX) - BEYOND)
  const last = Math.min(rows.length, Math.ceil((top + height) / ROW_PX) + BEYOND)
  useEffect(() => {
    if (last >= rows.length) onEnd()
  }, [last, rows.length, onEnd])
  const gridTemplateColumns = columns.map(({ width }) => width).join(' ')
  const template: CSSProperties = { gridTemplateColumns }
  const rowId = (index: number) => `row-${index}`

  return <div className='grid' role='grid' aria-label={label} aria-rowcount={rows.length + 1}
    ref={grid} tabIndex={0} aria-activedescendant={rows.length > 0 ? rowId(at) : undefined}
    onScroll={({ currentTarget }) => move({ active: at, top: currentTarget.scrollTop })}>
    <div role='row' className='grid-head' style={{ ...template, height: HEAD_PX }}
      aria-rowindex={1}>
      {columns.map(({ key, title }) =>
        <span role='columnheader' key={key}>{title}</span>)}
    </div>
    <div role='rowgroup' style={{ height: rows.length * ROW_PX, position: 'relative' }}>
      {rows.slice(first, last).map((row, offset) => {
        const index = first + offset
        // The grid itself hears the keys.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        return <div role='row' key={keyOf(row)} id={rowId(index)} aria-rowindex={index + 2}
          aria-selected={index === at} tabIndex={-1}
          className={index === at ? 'grid-row active' : 'grid-row'}
          style={{ ...template, top: index * ROW_PX, height: ROW_PX }}
          onClick={() => {
            move({ active: index, top })
            onOpen(row)
          }}>
          {columns.map(({ key, cell }) => <span role='gridcell' key={key}>{cell(row)}</span>)}
        </div>
      })}
    </div>
  </div>
}
