import type { CounterFilings, CounterSession, OpenFiling } from '@core/contract/counter'
import { request } from '../platform/request'

export const openFiling = (body: OpenFiling) =>
  request<CounterSession>('/v1/desk/filings', { method: 'POST', body })

export const filings = () => request<CounterFilings>('/v1/desk/filings')

export const openRating = (caseId: string, body: { requestId: string }) =>
  request<CounterSession>(`/v1/desk/cases/${caseId}/rating`, { method: 'POST', body })
