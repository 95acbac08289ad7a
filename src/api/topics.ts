import type { WorkCalendar } from '@core/clock'
import type { Home, Region } from '@core/contract/home'
import type { Topic } from '@core/contract/topic'
import { call, get } from './client'

export const getHome = () => get<Home>('/home')

export const getRegions = async () => (await get<{ regions: Region[] }>('/regions')).regions

export const getCalendar = () => get<WorkCalendar>('/calendar')

/** The topic, or undefined when the copy with this etag is still the newest. */
export async function getTopic(id: string, etag?: string) {
  const headers = etag ? { 'if-none-match': etag } : undefined
  const { body, etag: newer = '' } = await call<Topic>(`/topics/${id}`, { headers })
  return body && { topic: body, etag: newer }
}

/** The topic as it was when a draft or case was begun. @throws {Refused} NOT_FOUND */
export const getTopicVersion = (id: string, version: number) =>
  get<Topic>(`/topics/${id}?version=${version}`)
