/** Leaving for good, and drafts deleted everywhere: what it means for the rest of this phone. */
import { closeMyAccount, eraseMine } from '@/api/me'
import type { Erasable } from '@core/contract/me'
import { forgetPhone } from './account'
import { dropDraft, useDrafts } from './drafts'

/** @returns how many were deleted. @throws {Refused} */
export async function eraseNow(what: Erasable): Promise<number> {
  // Before the call: a save that is due would bring a draft back.
  if (what === 'drafts') Object.keys(useDrafts.getState().byTopic).forEach(dropDraft)
  return (await eraseMine(what)).count
}

/** @throws {Refused} CONFIRM_REQUIRED, CASES_OPEN */
export async function closeForGood(): Promise<void> {
  await closeMyAccount()
  forgetPhone()
}
