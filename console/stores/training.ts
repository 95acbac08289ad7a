/** 培训环境: whether everybody here is invented, for whoever sits here to see at any time. */
import { create } from 'zustand'
import { health } from '../api/training'
import { keepTraining, keptTraining } from '../platform/training'
import { type RequestFailed, failureOf } from '../platform/request'

export const useTraining = create<{ training: boolean }>()(() => ({ training: keptTraining() }))

/** Out of reach, what was told last holds. */
export async function askTraining(): Promise<void> {
  const told = await health().catch((error: unknown): RequestFailed => failureOf(error))
  if (!('ok' in told)) return
  const { training = false } = told
  keepTraining(training)
  useTraining.setState({ training })
}
