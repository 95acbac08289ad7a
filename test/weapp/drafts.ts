/** Drafts of people in a hurry: everything filled in at once through the API, nothing sent. */
import { shanghaiDate } from '../../core/clock'
import type { Draft, DraftBody } from '../../core/contract/draft'
import type { Topic } from '../../core/contract/topic'
import { fillTopic } from '../../server/training/filling'
import { product } from './phones'
import type { Kept } from './wx'

/** Asks the platform with the session that is on a phone; undefined where it answers 404. */
export async function askAs<Body>(
  { storage }: Kept, path: string, init?: RequestInit,
): Promise<Body | undefined> {
  const authorization = `Bearer ${JSON.parse(storage.get('session-token') ?? '""')}`
  const reply = await fetch(`${product().url}${path}`, {
    ...init, headers: { authorization, 'content-type': 'application/json' },
  })
  if (reply.status === 404) return undefined
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  return reply.json() as Promise<Body> // the server checks its replies
}

interface Wanted {
  topicId: string
  /** of each list, where it may have so many; the least otherwise */
  mostRows?: number
  form?: Record<string, string>
}

/** Puts a whole draft of a topic on the platform, without materials. */
export async function keepDraft(
  kept: Kept, { topicId, mostRows, form: wanted = {} }: Wanted,
): Promise<void> {
  const topic = await askAs<Topic>(kept, `/v1/topics/${topicId}`)
  if (!topic) throw new Error(`no topic ${topicId}`)
  const rows = Object.fromEntries(topic.roles.flatMap(({ id, many }) =>
    (many && mostRows ? [[id, Math.min(many.max, mostRows)]] : [])))
  const today = shanghaiDate(new Date().toISOString())
  const { answers, form } = fillTopic(topic, { today, seed: topic.number, rows, form: wanted })
  const draft: DraftBody = {
    requestId: crypto.randomUUID(), topicVersion: topic.version, regionCode: '653101',
    answers, form, materials: {}, page: '',
  }
  const before = await askAs<Draft>(kept, `/v1/drafts/${topicId}`)
  await askAs(kept, `/v1/drafts/${topicId}`, {
    method: 'PUT', body: JSON.stringify({ draft, basedOn: before?.revision ?? 0 }),
  })
}
