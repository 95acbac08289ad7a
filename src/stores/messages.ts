/** What I was told: the newest page is kept, sealed, for when there is no network. */
import type { Messages } from '@core/contract/case'
import { listMessages } from '@/api/cases'
import { now } from '@/platform/clock'
import { readSecret, writeSecret } from '@/platform/secret-storage'

const LIST = 'message-list'

/** A page of my messages, the newest first. @throws {Refused} */
export async function fetchMessages(after?: string): Promise<Messages> {
  const page = await listMessages(after)
  if (!after) await writeSecret(LIST, page, now())
  return page
}

/** The first page as last seen. */
export const recallMessages = () => readSecret<Messages>(LIST, now())
