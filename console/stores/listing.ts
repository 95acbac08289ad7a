/**
 * A work list of the platform, page by page, kept while one looks at something else: coming back
 * finds the same rows at the same place. `useListing` loads it, refreshes it and never empties it
 * because a call failed.
 */
import { MOST_ROWS } from '@core/counted'
import { useCallback, useEffect } from 'react'
import { create } from 'zustand'
import type { Part } from '../api/part'
import { now } from '../platform/now'
import { type RequestFailed, failureOf } from '../platform/request'

export interface Listed<Row> {
  rows: readonly Row[]
  /** where the next page begins; null: that is all */
  next: string | null
  /** of the rows; undefined: nothing has come yet */
  at: string | undefined
  busy: boolean
  failure: RequestFailed | undefined
}

export interface Page<Row> {
  rows: readonly Row[]
  next: string | null
}

export interface Listing<Row> {
  use: (query: string) => Listed<Row> & { more: () => void; reload: () => void }
  /** where one stood in the list */
  placeOf: (query: string) => Place
  keepPlace: (query: string, place: Place) => void
  /** the row behind this one; undefined at the end, or when it is not in the list */
  after: (query: string, is: (row: Row) => boolean) => Row | undefined
}

export interface Place {
  /** row under the keys */
  active: number
  /** pixels */
  top: number
}

const REFRESH_MS = 30_000
/** So many are seen first. */
const FIRST_ROWS = 100
/** So many are there at once; more come as one scrolls. */
const ROWS_AT_ONCE = 1000
const EMPTY = { rows: [], next: null, at: undefined, busy: false, failure: undefined }

/** @param load  one part of what `query` asks for */
export function listing<Row>(
  load: (query: string, part: Part) => Promise<Page<Row>>,
): Listing<Row> {
  const useStore = create<Record<string, Listed<Row>>>()(() => ({}))
  const places = new Map<string, Place>()
  const read = (query: string): Listed<Row> => useStore.getState()[query] ?? EMPTY
  const write = (query: string, change: Partial<Listed<Row>>) =>
    useStore.setState({ [query]: { ...read(query), ...change } })

  /** Up to `wanted` rows; the first time each part is shown as it comes. */
  async function fill(query: string, wanted: number, from: Page<Row>): Promise<void> {
    if (read(query).busy) return
    write(query, { busy: true })
    try {
      const first = read(query).at === undefined
      let [rows, next]: [readonly Row[], string | null] = [from.rows, from.next]
      do {
        const few = first && rows.length === 0
        const limit = few ? FIRST_ROWS : Math.min(MOST_ROWS, wanted - rows.length)
        const page = await load(query, { after: next ?? undefined, limit })
        rows = [...rows, ...page.rows]
        next = page.next
        if (first || from.rows.length > 0) write(query, { rows, next, at: now() })
      } while (next !== null && rows.length < wanted)
      write(query, { rows, next, at: now(), busy: false, failure: undefined })
    } catch (error) {
      write(query, { busy: false, failure: failureOf(error) })
    }
  }

  return {
    use: (query) => {
      const listed = useStore((state) => state[query] ?? EMPTY)
      const reload = useCallback(() => {
        const wanted = Math.max(ROWS_AT_ONCE, read(query).rows.length)
        void fill(query, wanted, { rows: [], next: null })
      }, [query])
      const more = useCallback(() => {
        const { rows, next } = read(query)
        if (next !== null) void fill(query, rows.length + FIRST_ROWS, { rows, next })
      }, [query])
      useEffect(() => {
        reload()
        const timer = setInterval(reload, REFRESH_MS)
        window.addEventListener('online', reload)
        return () => {
          clearInterval(timer)
          window.removeEventListener('online', reload)
        }
      }, [reload])
      return { ...listed, more, reload }
    },
    placeOf: (query) => places.get(query) ?? { active: 0, top: 0 },
    keepPlace: (query, place) => void places.set(query, place),
    after: (query, is) => {
      const { rows } = read(query)
      const at = rows.findIndex(is)
      return at < 0 ? undefined : rows[at + 1]
    },
  }
}
