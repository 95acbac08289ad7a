/**
 * Each step is an entry of the browser's history, in the page's own address (?at=…), so that Back,
 * Forward and reload do what they say. Taro's router would take such an entry for a page of its
 * own: moves between two steps of one page are caught before it hears of them.
 */
import { pageInSight, pagesOpen } from './navigation'
import { onward, type Steps, type StepsOptions } from './step-way'

/** What an entry remembers: whose step it is and the way to it. */
interface Entry {
  owner: string
  way: readonly string[]
}

interface Walker {
  /** how many pages were open with this one on top */
  depth: number
  way: readonly string[]
  tell: (step: string) => void
  /** called instead of `tell` once the entries of the way are behind */
  left?: () => void
}

/** One for each open page with steps, by owner. */
const walkers = new Map<string, Walker>()
let listening = false

function entryOf(state: unknown): Entry | undefined {
  const { steps } = (state ?? {}) as { steps?: Entry } // only write() puts it there
  return steps
}

const isPage = (page: string) => location.pathname === `/pages/${page}/index`

/** The step the address names, where the page was loaded anew or gone forward to. */
export function stepInAddress(page: string): string | undefined {
  const way = entryOf(history.state)?.way ?? []
  if (!isPage(page)) return undefined
  return way[way.length - 1] ?? new URLSearchParams(location.search).get('at') ?? undefined
}

function write(how: 'push' | 'replace', entry: Entry) {
  const address = new URL(location.href)
  address.searchParams.set('at', entry.way[entry.way.length - 1] ?? '')
  // the router's own part of the state stays as it is
  const state: unknown = { ...history.state, steps: entry }
  if (how === 'push') history.pushState(state, '', address)
  else history.replaceState(state, '', address)
}

function moved(event: PopStateEvent) {
  const entry = entryOf(event.state)
  const walker = walkers.get(entry?.owner ?? '')
  if (!entry || !walker || !isPage(pageInSight() ?? '') || walker.depth !== pagesOpen()) return
  event.stopImmediatePropagation()
  walker.way = entry.way
  const { left } = walker
  walker.left = undefined
  if (left) left()
  else walker.tell(entry.way[entry.way.length - 1] ?? '')
}

/** Begins the way through a page that has just opened. */
export function beginSteps({ page, start, before, tell }: StepsOptions): Steps {
  if (!listening) window.addEventListener('popstate', moved, true)
  listening = true
  const there = isPage(page) ? entryOf(history.state) : undefined
  const owner = there?.owner ?? `${page}-${crypto.getRandomValues(new Uint32Array(2)).join('')}`
  const own: Walker = { depth: pagesOpen(), way: there?.way ?? [...before, start], tell }
  walkers.set(owner, own)
  if (!there && isPage(page)) {
    own.way.forEach((_, n) =>
      write(n === 0 ? 'replace' : 'push', { owner, way: own.way.slice(0, n + 1) }))
  }
  return movesOf(owner, own)
}

function movesOf(owner: string, own: Walker): Steps {
  return {
    show: (step) => {
      const way = onward(own.way, step)
      const behind = own.way.length - way.length
      if (behind > 0) {
        history.go(-behind)
        return
      }
      if (behind < 0) {
        own.way = way
        write('push', { owner, way })
      }
      own.tell(step)
    },
    back: () => {
      if (own.way.length < 2) return false
      history.back()
      return true
    },
    leave: (then) => {
      if (own.way.length < 2) {
        then()
        return
      }
      own.left = then
      history.go(1 - own.way.length)
    },
    end: () => {
      if (walkers.get(owner) === own) walkers.delete(owner)
    },
  }
}
