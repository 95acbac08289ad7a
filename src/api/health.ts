import type { Health } from '@core/contract/training'
import { get } from './client'

export const getHealth = () => get<Health>('/health')
