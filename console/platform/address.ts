/** Where one is in the console: the address bar is the only truth of it. */
import { useSyncExternalStore } from 'react'

const BASE = '/desk'
const MOVED = 'desk-moved'

/** `/tasks?state=paused` below /desk. */
export function useAddress(): { path: string; query: URLSearchParams } {
  const whole = useSyncExternalStore(watch, () => location.pathname + location.search)
  const [path = '', search = ''] = whole.split('?')
  const below = path.slice(BASE.length).replace(/\/$/, '') || '/'
  return { path: below, query: new URLSearchParams(search) }
}

function watch(changed: () => void): () => void {
  window.addEventListener('popstate', changed)
  window.addEventListener(MOVED, changed)
  return () => {
    window.removeEventListener('popstate', changed)
    window.removeEventListener(MOVED, changed)
  }
}

export function go(to: string, { instead = false }: { instead?: boolean } = {}): void {
  if (instead) history.replaceState(null, '', BASE + to)
  else history.pushState(null, '', BASE + to)
  window.dispatchEvent(new Event(MOVED))
}

/** A link's click goes on in this window, unless one wants another. */
export const follow = (to: string) => (event: Click) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  go(to)
}

type Click = Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey' | 'preventDefault'>

export const hrefOf = (to: string): string => BASE + to

/** Forgets everything kept in memory: the next person begins with an empty page. */
export function leaveTo(to: string): void {
  location.replace(BASE + to)
}

/**
 * Where the citizen's own pages begin what a token opens. Behind the #, which no server and no log
 * is told.
 */
export const counterHref = (token: string): string => `/pages/counter/index#${token}`
