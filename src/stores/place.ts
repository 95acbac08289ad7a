import type { Region } from '@core/contract/home'
import { useEffect } from 'react'
import { asRefused } from '@/api/client'
import { useSettings } from './settings'
import { refreshPlace, useTopics } from './topics'

/** The county one acts in, as the server lists it; undefined until the list was ever loaded. */
export function useRegion(): Region | undefined {
  const code = useSettings(({ region }) => region)
  const regions = useTopics((state) => state.regions)
  useEffect(() => {
    // The kept list serves until the next launch reaches the server.
    if (regions.length === 0) refreshPlace().catch(asRefused)
  }, [regions.length])
  return regions.find((region) => region.code === code)
}
