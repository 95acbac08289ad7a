/** 重新申请: what an earlier case was filed with becomes the draft of its topic. */
import type { CaseAgain } from '@core/contract/case'
import { beginAgain } from '@/api/cases'
import { type Draft, discardDraft, openDraft, saveNow, setDraft } from './drafts'
import { useSubmitting } from './submitting'
import { refreshTopic } from './topics'

const isBegun = ({ body: { answers, form, materials } }: Draft) =>
  [answers, form, materials].some((part) => Object.keys(part).length > 0)

export interface Beginning {
  again: CaseAgain
  /** another application to the same topic is half filled in: it would be replaced */
  begun: boolean
}

/** @throws {Refused} NOT_FOUND where the topic is offered no more; OFFLINE and its kin */
export async function askAgain(caseId: string): Promise<Beginning> {
  const again = await beginAgain(caseId)
  const { topicId, topicVersion, regionCode } = again
  await refreshTopic(topicId)
  return { again, begun: isBegun(await openDraft(topicId, { topicVersion, regionCode })) }
}

/** Puts it into a draft with a new request id; what has no place is told where it is checked. */
export async function fillAgain({ again, begun }: Beginning): Promise<void> {
  const { topicId, dropped, topicVersion, regionCode, answers, form, materials } = again
  if (begun) {
    await discardDraft(topicId)
    await openDraft(topicId, { topicVersion, regionCode })
  }
  setDraft(topicId, { topicVersion, regionCode, answers, form, materials, page: 'check' })
  const moved = { added: [], changed: [], removed: dropped }
  useSubmitting.setState(({ byTopic }) => ({
    byTopic: { ...byTopic, [topicId]: dropped.length > 0 ? { moved } : {} },
  }))
  await saveNow(topicId)
}
