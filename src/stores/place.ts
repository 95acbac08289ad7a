/** Where one acts: the places the server lists, and the one chosen on this phone. */
import type { Region } from '@core/contract/home'
import type { Topic } from '@core/contract/topic'
import type { WorkCalendar } from '@core/clock'
import { useEffect } from 'react'
import { asRefused } from '@/api/client'
import { useSettings } from './settings'
import { refreshPlace, useTopics } from './topics'

export type Audience = Topic['audience']

export interface Places {
  places: readonly Region[]
  calendar: WorkCalendar | undefined
}

let asked = false

/** All places and the working days: the kept ones at once, the newest once a launch. */
export function usePlaces(): Places {
  const places = useTopics(({ regions }) => regions)
  const calendar = useTopics((state) => state.calendar)
  useEffect(() => {
    if (asked) return
    asked = true
    refreshPlace().catch((error: unknown) => {
      asked = false // the next page tries again
      return asRefused(error)
    })
  }, [])
  return { places, calendar }
}

/** The county one acts in, as the server lists it; undefined until the list was ever loaded. */
export function useRegion(): Region | undefined {
  const code = useSettings(({ region }) => region)
  return placeOf(usePlaces().places, code)
}

/**
 * The place a code means. A company that files under the prefecture's own code is in the zone that
 * has none of its own; see docs/decisions/0005.
 */
export function placeOf(
  places: readonly Region[],
  code: string,
  audience: Audience = 'person',
): Region | undefined {
  const mine = places.filter((place) => place.code === code)
  return mine.find(({ zone }) => (zone !== null) === (audience === 'company')) ?? mine[0]
}

/** What one may choose: the counties, and for a company the zones too. */
export function choicesOf(
  places: readonly Region[],
  audience: Audience | undefined,
): readonly Region[] {
  return places.filter(({ code, zone }) =>
    (zone === null ? !code.endsWith('00') : audience === 'company'))
}
