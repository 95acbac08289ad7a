/** 培训环境: whether everybody here is invented. Kept, so that it is said without a network too. */
import { create } from 'zustand'
import { asRefused } from '@/api/client'
import { getHealth } from '@/api/health'
import { readItem, removeItem, writeItem } from '@/platform/storage'

const KEY = 'training'

export const useTraining = create<{ training: boolean }>()(() => ({
  training: readItem<boolean>(KEY) ?? false,
}))

/** Asks once a launch; out of reach, what was told last time holds. */
export async function askTraining(): Promise<void> {
  try {
    const { training = false } = await getHealth()
    if (training) writeItem(KEY, true)
    else removeItem(KEY)
    useTraining.setState({ training })
  } catch (error) {
    asRefused(error)
  }
}
