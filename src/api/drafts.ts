import type {
  Draft, DraftBody, DraftSaved, PickUpCode, PickUpState,
} from '@core/contract/draft'
import { Refused } from '@core/refusal'
import { get, send } from './client'

/** The server's copy, or undefined when there is none. */
export async function getDraft(topicId: string): Promise<Draft | undefined> {
  try {
    return await get<Draft>(`/drafts/${topicId}`)
  } catch (error) {
    if (error instanceof Refused && error.code === 'NOT_FOUND') return undefined
    throw error
  }
}

/** As getDraft; out of reach is no reason to stop: then nobody knows (undefined). */
export async function lookForDraft(topicId: string): Promise<Draft | 'none' | undefined> {
  try {
    return await getDraft(topicId) ?? 'none'
  } catch (error) {
    if (error instanceof Refused && (error.code === 'OFFLINE' || error.code === 'TIMEOUT')) {
      return undefined
    }
    throw error
  }
}

export const putDraft = (topicId: string, draft: DraftBody, basedOn: number) =>
  send<DraftSaved>('PUT', `/drafts/${topicId}`, { draft, basedOn })

export const deleteDraft = (topicId: string) => send<unknown>('DELETE', `/drafts/${topicId}`)

/** 接办码: a new one; the one before is dead. */
export const makePickUp = (topicId: string) =>
  send<PickUpCode>('POST', `/drafts/${topicId}/pick-up`)

export const getPickUp = (topicId: string) => get<PickUpState>(`/drafts/${topicId}/pick-up`)

export const dropPickUp = (topicId: string) =>
  send<unknown>('DELETE', `/drafts/${topicId}/pick-up`)
