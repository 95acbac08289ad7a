import type { Health, PracticeBatch, PracticeBody, TrainingAccounts } from '@core/contract/training'
import { request } from '../platform/request'

export const health = () => request<Health>('/v1/health')

export const trainingAccounts = () => request<TrainingAccounts>('/v1/training/accounts')

/** Some seconds of work; on an old computer many. */
const BATCH_MS = 90_000

export const makePractice = (body: PracticeBody) =>
  request<PracticeBatch>('/v1/training/cases', { method: 'POST', body, timeoutMs: BATCH_MS })
