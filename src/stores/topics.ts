/** Topics kept on the phone, so that guide, questions and form work without a network. */
import type { Region } from '@core/contract/home'
import type { Topic } from '@core/contract/topic'
import type { WorkCalendar } from '@core/clock'
import { Refused } from '@core/refusal'
import { create } from 'zustand'
import { getCalendar, getRegions, getTopic } from '@/api/topics'
import { readItem, writeItem } from '@/platform/storage'

interface Kept {
  topic: Topic
  etag: string
}

interface State {
  byId: Readonly<Record<string, Kept>>
  regions: readonly Region[]
  calendar: WorkCalendar | undefined
}

/** Both named anew when the shape of what is kept changes: an older copy is then not read. */
const keyOf = (id: string) => `topic-2-${id}`
const PLACE = 'places'

export const useTopics = create<State>()(() => ({
  byId: {},
  regions: [],
  calendar: undefined,
  ...readItem<Pick<State, 'regions' | 'calendar'>>(PLACE),
}))

/** The kept copy at once, or undefined. */
export function keptTopic(id: string): Topic | undefined {
  const loaded = useTopics.getState().byId[id] ?? readItem<Kept>(keyOf(id))
  if (loaded && !useTopics.getState().byId[id]) keep(loaded)
  return loaded?.topic
}

/**
 * Asks whether the topic moved and keeps the newer one.
 * @throws {Refused} only when there is no kept copy either
 */
export async function refreshTopic(id: string): Promise<Topic> {
  const kept = keptTopic(id)
  try {
    const newer = await getTopic(id, useTopics.getState().byId[id]?.etag)
    if (newer) {
      keep(newer)
      writeItem(keyOf(id), newer)
      return newer.topic
    }
  } catch (error) {
    if (!kept || !(error instanceof Refused)) throw error
  }
  return kept!
}

/** Regions and working days; the kept ones serve while offline. */
export async function refreshPlace(): Promise<void> {
  const [regions, calendar] = await Promise.all([getRegions(), getCalendar()])
  useTopics.setState({ regions, calendar })
  writeItem(PLACE, { regions, calendar })
}

function keep(loaded: Kept) {
  useTopics.setState(({ byId }) => ({ byId: { ...byId, [loaded.topic.id]: loaded } }))
}
