/** The home page's content: the list of topics is kept, what waits for a person is not. */
import type { Home, HomeTask, TopicBrief } from '@core/contract/home'
import { type Refused } from '@core/refusal'
import { create } from 'zustand'
import { asRefused } from '@/api/client'
import { getHome } from '@/api/topics'
import { readItem, writeItem } from '@/platform/storage'
import { token } from './session'

interface State {
  topics: readonly TopicBrief[] | undefined
  tasks: readonly HomeTask[]
  unread: number
  refused: Refused | undefined
}

const KEY = 'home-topics'

export const useHome = create<State>()(() => ({
  topics: readItem<TopicBrief[]>(KEY),
  tasks: [],
  unread: 0,
  refused: undefined,
}))

/** Asks again; a refusal is shown beside what is kept. */
export async function refreshHome(): Promise<void> {
  const asker = token()
  try {
    const { topics, tasks, unread }: Home = await getHome()
    writeItem(KEY, topics)
    useHome.setState({ topics, refused: undefined })
    // Who signed out meanwhile must not see what waited for them.
    if (asker === token()) useHome.setState({ tasks, unread })
  } catch (error) {
    useHome.setState({ refused: asRefused(error) })
  }
}

/** Signing out: what waits for somebody is nobody else's business. */
export function clearTasks() {
  useHome.setState({ tasks: [], unread: 0 })
}
