/** Going on with another topic: its draft is opened with what was already told. */
import type { Join } from '@core/contract/topic'
import { carriedOver } from '@core/join'
import { fill, openDraft } from './drafts'
import type { Filed } from './filed'
import { refreshTopic } from './topics'

/**
 * Opens the other topic's draft and fills it. Never overwrites what is in it.
 * @throws {Refused} when that topic or its draft can't be had
 */
export async function takeAlong(join: Join, filed: Filed, regionCode: string): Promise<void> {
  const topic = await refreshTopic(join.topic)
  const { body } = await openDraft(topic.id, { topicVersion: topic.version, regionCode })
  const from = { topic: filed.topic, form: filed.content.form }
  const values = carriedOver(join, from, { topic, form: body.form })
  if (Object.keys(values).length > 0) fill(topic.id, values)
}
