import type { Refused } from '@core/refusal'
import { useState } from 'react'
import { asRefused } from '@/api/client'

export interface Running {
  busy: boolean
  /** why the last act did not work */
  refused: Refused | undefined
  run: (act: () => Promise<unknown>) => void
}

/** One act at a time, and why it did not work. */
export function useRunning(): Running {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const run = (act: () => Promise<unknown>) => {
    if (busy) return
    setBusy(true)
    setRefused(undefined)
    act()
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => setBusy(false))
  }
  return { busy, refused, run }
}
