/** The home page's content: the list of topics is kept, what waits for a person is not. */
import type { Home, HomeTask, TopicBrief } from '@core/contract/home'
import { type Refused } from '@core/refusal'
import { create } from 'zustand'
import { asRefused } from '@/api/client'
import { getHome } from '@/api/topics'
import { readItem, removeItem, writeItem } from '@/platform/storage'
import { token } from './session'

interface State {
  topics: readonly TopicBrief[] | undefined
  tasks: readonly HomeTask[]
  /** how many tasks there were last time, until this run has heard: their room is kept free */
  expected: number
  unread: number
  refused: Refused | undefined
}

const KEY = 'home-topics'
const COUNT = 'home-waiting'

export const useHome = create<State>()(() => ({
  topics: readItem<TopicBrief[]>(KEY),
  tasks: [],
  expected: readItem<number>(COUNT) ?? 0,
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
    if (asker !== token()) return
    writeItem(COUNT, tasks.length)
    useHome.setState({ tasks, unread, expected: 0 })
  } catch (error) {
    useHome.setState({ refused: asRefused(error), expected: 0 })
  }
}

/** Signing out: what waits for somebody is nobody else's business. */
export function clearTasks() {
  removeItem(COUNT)
  useHome.setState({ tasks: [], expected: 0, unread: 0 })
}
