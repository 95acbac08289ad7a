import type { FindReply, Found, LifeGroup, LifeReply } from '@core/contract/find'
import { get } from './client'

/** @param asked  at most 50 characters */
export const findTopics = async (asked: string): Promise<Found[]> =>
  (await get<FindReply>(`/find?q=${encodeURIComponent(asked)}`)).found

export const getLife = async (): Promise<LifeGroup[]> => (await get<LifeReply>('/life')).groups
