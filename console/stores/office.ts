/** What every page needs to know of the house: working days, counties, topics. Asked once. */
import type { WorkCalendar } from '@core/clock'
import type { Region, TopicBrief } from '@core/contract/home'
import { create } from 'zustand'
import * as api from '../api/catalogue'
import { type RequestFailed, failureOf } from '../platform/request'

interface Office {
  calendar: WorkCalendar | undefined
  regions: readonly Region[]
  topics: readonly TopicBrief[]
  failure: RequestFailed | undefined
}

export const useOffice = create<Office>()(
  () => ({ calendar: undefined, regions: [], topics: [], failure: undefined }))

export async function loadOffice(): Promise<void> {
  if (useOffice.getState().calendar) return
  try {
    const [calendar, { regions }, { topics }] =
      await Promise.all([api.calendar(), api.regions(), api.topics()])
    useOffice.setState({ calendar, regions, topics, failure: undefined })
  } catch (error) {
    useOffice.setState({ failure: failureOf(error) })
  }
}

/** 喀什市; the code itself for a place the catalogue does not know. */
export function regionName(regions: readonly Region[], code: string): string {
  return regions.find((one) => one.code === code && one.zone === null)?.name ?? code
}
