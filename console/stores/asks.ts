/** The list of corrections one is putting together. */
import type { Ask } from '@core/contract/case'
import { useState } from 'react'
import type { ListedAsk } from '../components/ask-list'

export interface Asks {
  asks: readonly ListedAsk[]
  tried: boolean
  /** keys on the list, of fields or of materials */
  marked: (kind: Ask['kind']) => ReadonlySet<string>
  toggle: (part: Pick<ListedAsk, 'kind' | 'key' | 'label'>) => void
  setReason: (ask: ListedAsk, reason: string) => void
  remove: (ask: ListedAsk) => void
  clear: () => void
  /** what to send; undefined while a reason is missing, which is told from now on */
  ready: () => Ask[] | undefined
}

const same = (one: Pick<Ask, 'kind' | 'key'>) => (other: Pick<Ask, 'kind' | 'key'>) =>
  one.kind === other.kind && one.key === other.key

/** @param given  what others have asked already; it stays on the list */
export function useAsks(given: readonly ListedAsk[]): Asks {
  const [own, setOwn] = useState<readonly ListedAsk[]>([])
  const [tried, setTried] = useState(false)
  const asks = [...given.filter((ask) => !own.some(same(ask))), ...own]
  const setReason = (ask: ListedAsk, reason: string) =>
    setOwn([...own.filter((one) => !same(ask)(one)), { ...ask, reason }])
  return {
    asks,
    tried,
    marked: (kind) => new Set(asks.filter((ask) => ask.kind === kind).map(({ key }) => key)),
    toggle: (part) => setOwn(own.some(same(part))
      ? own.filter((one) => !same(part)(one)) : [...own, { ...part, reason: '' }]),
    setReason: (ask, reason) => {
      const place = own.findIndex(same(ask))
      if (place < 0) setReason(ask, reason)
      else setOwn(own.map((one, n) => (n === place ? { ...one, reason } : one)))
    },
    remove: (ask) => setOwn(own.filter((one) => !same(ask)(one))),
    clear: () => {
      setOwn([])
      setTried(false)
    },
    ready: () => {
      setTried(true)
      if (asks.some(({ reason }) => reason.trim() === '')) return undefined
      return asks.map(({ kind, key, reason }) => ({ kind, key, reason: reason.trim() }))
    },
  }
}
