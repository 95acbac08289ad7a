import type { Refused } from '@core/refusal'
import { useCallback, useEffect, useState } from 'react'
import { asRefused } from '@/api/client'

export interface Loaded<Value> {
  value: Value | undefined
  refused: Refused | undefined
  again: () => void
}

/** What a call brings, or why it did not; asked anew when `load` changes. */
export function useLoaded<Value>(load: () => Promise<Value>): Loaded<Value> {
  const [state, setState] = useState<{ value?: Value; refused?: Refused }>({})
  const [round, setRound] = useState(0)
  useEffect(() => {
    let left = false
    load().then(
      (value) => !left && setState({ value }),
      (error: unknown) => !left && setState(({ value }) => ({ value, refused: asRefused(error) })),
    )
    return () => {
      left = true
    }
  }, [load, round])
  const again = useCallback(() => setRound((n) => n + 1), [])
  return { value: state.value, refused: state.refused, again }
}
