import type {
  CaseActionBody, CaseContent, CasePage, CaseView, NoticeView,
} from '@core/contract/case'
import type { CaseDocuments } from '@core/contract/document'
import type { StateCounts } from '@core/contract/task'
import { request, requestFile, requestNewer } from '../platform/request'
import type { Part } from './part'

export interface Asked extends Part {
  state: string | undefined
  /** the one with this number, whatever its state */
  number: string | undefined
}

export const deskCases = (asked: Asked) =>
  request<CasePage>('/v1/desk/cases', { query: { ...asked } })

export const deskCounts = () => request<StateCounts>('/v1/desk/counts')

export const newerCase = (id: string, etag: string | undefined) =>
  requestNewer<CaseView>(`/v1/cases/${id}`, etag)

export const caseContent = (id: string) => request<CaseContent>(`/v1/cases/${id}/content`)

export const caseNotice = (id: string) => request<NoticeView>(`/v1/cases/${id}/notice`)

export const actOnCase = (id: string, body: CaseActionBody) =>
  request<CaseView>(`/v1/cases/${id}/actions`, { method: 'POST', body })

export const receiptFile = (id: string) => requestFile(`/v1/cases/${id}/receipt.pdf`)

export const resultFile = (id: string) => requestFile(`/v1/results/${id}/result.pdf`)

export const caseDocuments = (id: string) => request<CaseDocuments>(`/v1/cases/${id}/documents`)

export const documentFile = (id: string, name: string) =>
  requestFile(`/v1/cases/${id}/documents/${name}.pdf`)
