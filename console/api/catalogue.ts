import type { WorkCalendar } from '@core/clock'
import type { Region, TopicBrief } from '@core/contract/home'
import type { Topic } from '@core/contract/topic'
import { request } from '../platform/request'

export const topics = () => request<{ topics: TopicBrief[] }>('/v1/topics')

export const topic = (id: string, version: number) =>
  request<Topic>(`/v1/topics/${id}`, { query: { version } })

export const regions = () => request<{ regions: Region[] }>('/v1/regions')

export const calendar = () => request<WorkCalendar>('/v1/calendar')
