import type { PublicStats } from '@core/contract/stats'
import { get } from './client'

export const getPublicStats = () => get<PublicStats>('/stats/public')
