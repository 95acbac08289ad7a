/**
 * 窗口代办: the page a clerk opened for somebody at the window. It lives in one tab under a token of
 * its own; the citizen's drafts, and whoever else uses this computer, are out of its reach. When it
 * ends, nothing of it stays here.
 */
import type { CounterView } from '@core/contract/counter'
import { Refused } from '@core/refusal'
import { asRefused } from '@/api/client'
import { getDraft } from '@/api/drafts'
import { moveToPhone, signOutRemotely } from '@/api/session'
import { dropKey } from '@/platform/key-holder'
import { startOver } from '@/platform/navigation'
import { sealUnder, wipeSecretsOf } from '@/platform/secret-storage'
import { useCases } from './cases'
import { draftOf, dropDraft, openDraft, saveNow, setDraft, useDrafts } from './drafts'
import { clearTasks } from './home'
import { forgetPhotos } from './kept-photos'
import { useRatings } from './ratings'
import { beginCounter, endSession, useSession } from './session'
import { setRegion } from './settings'
import { useSubmitting } from './submitting'
import { clearUploads } from './uploads'

/**
 * Begins what the token opens.
 * @throws {Refused} NOT_SIGNED_IN for one that is over
 */
export async function enterCounter(token: string): Promise<CounterView> {
  const { counter } = useSession.getState()
  if (counter) wipe(counter)
  const view = await beginCounter(token)
  setRegion(view.regionCode)
  if (view.pickedUp && !view.caseId) await takeUp(view)
  return view
}

/**
 * The draft the citizen's code was for, to be filed where they came to; what was typed here since,
 * in this tab or another, stays.
 */
async function takeUp({ topicId, regionCode }: CounterView): Promise<void> {
  const found = await getDraft(topicId)
  if (!found) return
  const { topicVersion } = found.draft
  const here = await openDraft(topicId, { topicVersion, regionCode })
  if (here.changedAt > 0) return
  setDraft(topicId, { ...found.draft, regionCode })
  await saveNow(topicId)
}

/**
 * 转到手机上接着办: what was filled in becomes the citizen's own draft, and this is over.
 * @throws {Refused} DRAFT_OF_THEIR_OWN and its kin; then everything stays as it was
 */
export async function handToPhone(topicId: string): Promise<void> {
  const draft = draftOf(topicId)
  if (!draft) throw new Refused('NOT_FOUND')
  await moveToPhone(draft.body)
  endSession()
}

/** 结束: at the platform too; out of reach it ends there by itself. */
export async function leaveCounter(): Promise<void> {
  await signOutRemotely().catch(asRefused)
  endSession()
}

/** What was typed and photographed for one applicant must not be there for the next. */
function wipe({ id }: CounterView): void {
  Object.keys(useDrafts.getState().byTopic).forEach(dropDraft)
  clearUploads()
  void forgetPhotos()
  clearTasks()
  useCases.setState(useCases.getInitialState(), true)
  useRatings.setState(useRatings.getInitialState(), true)
  useSubmitting.setState(useSubmitting.getInitialState(), true)
  wipeSecretsOf(id)
  dropKey()
  sealUnder(undefined)
}

useSession.subscribe(({ token }, before) => {
  if (token || !before.counter) return
  wipe(before.counter)
  startOver('counter')
})
