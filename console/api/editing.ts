import type {
  CatalogueTopics, DraftActionBody, DraftView, OpenDraft, Rehearsal, SaveDraft, TopicVersions,
} from '@core/contract/editing'
import { request } from '../platform/request'

const DRAFTS = '/v1/catalogue/drafts'

export const catalogueTopics = () => request<CatalogueTopics>('/v1/catalogue/topics')

export const topicVersions = (id: string) => request<TopicVersions>(`/v1/catalogue/topics/${id}`)

export const openDraft = (body: OpenDraft) =>
  request<DraftView>(DRAFTS, { method: 'POST', body })

export const draft = (id: string) => request<DraftView>(`${DRAFTS}/${id}`)

export const saveDraft = (id: string, body: SaveDraft) =>
  request<DraftView>(`${DRAFTS}/${id}/save`, { method: 'POST', body })

export const actOnDraft = (id: string, body: DraftActionBody) =>
  request<DraftView>(`${DRAFTS}/${id}/actions`, { method: 'POST', body })

export const rehearsal = (id: string, after: string | undefined) =>
  request<Rehearsal>(`${DRAFTS}/${id}/rehearsal`, { query: { after } })
