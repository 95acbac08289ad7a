/** How many wait in each state; a count that did not come is simply not shown. */
import { useCallback, useEffect, useState } from 'react'
import { failureOf } from '../platform/request'

type Counts = Readonly<Record<string, number>>

/** @param load  must stay the same function */
export function useCounts(
  load: () => Promise<{ counts: Counts }>,
  at: string | undefined,
): Counts | undefined {
  const [counts, setCounts] = useState<Counts>()
  const ask = useCallback(() => {
    load().then((reply) => setCounts(reply.counts), (error: unknown) => {
      failureOf(error)
      setCounts(undefined)
    })
  }, [load])
  useEffect(ask, [ask, at])
  return counts
}
