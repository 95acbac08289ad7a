import type {
  FiguresBy, Overdue, SignalActionBody, SignalDetail, SignalPage, SupervisionFigures,
} from '@core/contract/supervision'
import { request, requestFile } from '../platform/request'
import type { Part } from './part'

export const signals = (asked: Part & { state: string; level: string | undefined }) =>
  request<SignalPage>('/v1/supervision/signals', { query: { ...asked } })

export const signal = (id: string) => request<SignalDetail>(`/v1/supervision/signals/${id}`)

export const actOnSignal = (id: string, body: SignalActionBody) =>
  request<SignalDetail>(`/v1/supervision/signals/${id}/actions`, { method: 'POST', body })

export const overdue = () => request<Overdue>('/v1/supervision/overdue')

export const overdueFile = () => requestFile('/v1/supervision/overdue.xlsx')

/** Days, both included. */
export interface Period {
  from: string
  to: string
}

export const figures = (period: Period, by: FiguresBy) =>
  request<SupervisionFigures>('/v1/supervision/figures', { query: { ...period, by } })

export const figuresFile = (period: Period, by: FiguresBy) =>
  requestFile(`/v1/supervision/figures.xlsx?${new URLSearchParams({ ...period, by }).toString()}`)
