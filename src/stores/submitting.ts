/** Sending a draft: one request id from its birth to the case, whatever taps and networks do. */
import type { CaseView, Handover, Signature, SubmitCase } from '@core/contract/case'
import { type Moved, movedBetween } from '@core/moved'
import { Refused } from '@core/refusal'
import { type Problem, tidyForm } from '@core/validate'
import { create } from 'zustand'
import { submitCase } from '@/api/cases'
import { getDraft } from '@/api/drafts'
import { keepCase, useCases } from './cases'
import { draftOf, dropDraft, noteTry, saveNow } from './drafts'
import { type Filling, pruneDraft } from './filling'
import { useSession } from './session'
import { useSettings } from './settings'
import { keptTopic, refreshTopic } from './topics'
import { dropShots } from './uploads'

interface Outcome {
  /** the case this topic's draft became, so that 返回 explains instead of sending again (U7) */
  caseId?: string
  /** what the server found wrong */
  problems?: readonly Problem[]
  /** the draft's changedAt when it was refused: once it is changed, they are out of date */
  draftAt?: number
  /** what the version published meanwhile asks differently */
  moved?: Moved
}

export const useSubmitting = create<{ byTopic: Readonly<Record<string, Outcome>> }>()(() => ({
  byTopic: {},
}))

export interface Signed {
  consent: SubmitCase['consent']
  signature: Signature
  handover: Handover
  postTo?: string
}

const running = new Map<string, Promise<CaseView>>()

/**
 * Submits the draft of a topic. While one submission runs, another tap joins it.
 * @throws {Refused} with the draft kept, and what to mend remembered for the check page
 */
export function submit(filling: Filling, signed: Signed): Promise<CaseView> {
  const topicId = filling.topic.id
  const sent = running.get(topicId) ?? send(filling, signed)
    .finally(() => running.delete(topicId))
  running.set(topicId, sent)
  return sent
}

/** The case the topic's last draft became in this run of the app. */
export function useSent(topicId: string): { caseId: string; number?: string } | undefined {
  const caseId = useSubmitting(({ byTopic }) => byTopic[topicId]?.caseId)
  const number = useCases(({ byId }) => byId[caseId ?? '']?.view.number)
  return caseId ? { caseId, number } : undefined
}

async function send(filling: Filling, signed: Signed): Promise<CaseView> {
  const topicId = filling.topic.id
  pruneDraft(filling, topicId)
  await saveNow(topicId)
  const draft = draftOf(topicId)
  if (!draft) throw new Refused('NOT_FOUND')
  // No copy of another device: sending this one took it away, and the answer was lost on the way.
  if (draft.saved === 'conflict' && await getDraft(topicId)) throw new Refused('DRAFT_CONFLICT')
  const { page: _page, form, regionCode, ...body } = draft.body
  await noteTry(topicId)
  try {
    const view = await submitCase({
      ...body,
      ...signed,
      topicId,
      form: tidyForm(filling.plan, form),
      regionCode: regionCode ?? useSettings.getState().region,
    })
    await keepCase(view)
    close(topicId, view.id)
    return view
  } catch (error) {
    if (error instanceof Refused) await learn(filling, error)
    throw error
  }
}

/** The draft has become a case. */
function close(topicId: string, caseId: string) {
  remember(topicId, { caseId })
  dropDraft(topicId)
  dropShots(topicId)
}

/** Remembers what a refusal says is to be mended, or that the draft had arrived before. */
async function learn(filling: Filling, { code, detail }: Refused): Promise<void> {
  const topicId = filling.topic.id
  if (code === 'REQUEST_REUSED' && typeof detail.caseId === 'string') close(topicId, detail.caseId)
  if (code === 'FORM_PROBLEMS') {
    // the detail of this code carries the problems of core/validate
    const problems = (detail.problems ?? []) as Problem[]
    remember(topicId, { problems, draftAt: draftOf(topicId)?.changedAt })
  }
  if (code === 'CATALOGUE_CHANGED') {
    await refreshTopic(topicId)
    remember(topicId, { moved: movedSince(filling) })
  }
}

function movedSince({ topic: before }: Filling): Moved {
  const topic = keptTopic(before.id)
  const draft = draftOf(before.id)
  if (!topic || !draft) return { added: [], changed: [], removed: [] }
  return movedBetween(before, topic, draft.body)
}

function remember(topicId: string, outcome: Outcome) {
  useSubmitting.setState(({ byTopic }) => ({ byTopic: { ...byTopic, [topicId]: outcome } }))
}

// What one person sent is not told to the next.
useSession.subscribe(({ token }) => {
  if (!token) useSubmitting.setState({ byTopic: {} })
})
