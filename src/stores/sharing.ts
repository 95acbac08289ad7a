/** What data share filled in for a draft: taken once a run, told to the citizen to check. */
import type { Refused } from '@core/refusal'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { asRefused } from '@/api/client'
import { type Brought, type Filling, broughtTo, takeShared } from './filling'
import { useSession } from './session'

// Once a run and draft: what the citizen emptied or photographed instead must not come back.
const taken = new Set<string>()

const NOTHING: Brought = { certified: {}, likely: {} }

export interface Sharing {
  /** it was asked and has not answered yet */
  asking: boolean
  /** nothing while it has not */
  brought: Brought
  /** fields and materials in use that came by data share; what is only likely is not counted */
  count: number
  refused: Refused | undefined
  retry: () => void
}

/** Takes what data share knows into the open draft and tells how much of it is in use. */
export function useShared(filling: Filling): Sharing {
  const { topic, draft, plan } = filling
  const { shared, me } = useSession()
  const [refused, setRefused] = useState<Refused>()
  const [asking, setAsking] = useState(false)
  const { requestId, form, materials, regionCode: region } = draft.body
  const take = useCallback(() => {
    if (!me?.verified || taken.has(requestId)) return
    taken.add(requestId)
    setRefused(undefined)
    setAsking(true)
    takeShared(topic.id).catch((error: unknown) => {
      taken.delete(requestId)
      setRefused(asRefused(error))
    }).finally(() => setAsking(false))
  }, [topic.id, requestId, me?.verified])
  useEffect(take, [take])
  const answered = Boolean(shared ?? refused ?? !me?.verified)
  const brought = useMemo(
    () => (answered ? broughtTo({ topic, plan, form, region }, shared?.known ?? {}) : NOTHING),
    [answered, topic, plan, shared, form, region],
  )
  const fields = Object.entries(brought.certified)
    .filter(([key, value]) => form[key] === value).length
  const papers = Object.values(materials).filter(({ by }) => by === 'certificate').length
  return { asking, brought, count: fields + papers, refused, retry: take }
}
