import type { Draft, DraftBody, DraftSaved } from '@core/contract/draft'
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

export const putDraft = (topicId: string, draft: DraftBody, basedOn: number) =>
  send<DraftSaved>('PUT', `/drafts/${topicId}`, { draft, basedOn })

export const deleteDraft = (topicId: string) => send<unknown>('DELETE', `/drafts/${topicId}`)
