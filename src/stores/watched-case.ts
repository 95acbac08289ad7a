/** A case on screen: the kept copy at once, then news every 5 s, ever more rarely, while shown. */
import { CASE_ENDED } from '@core/case'
import type { Refused, RefusalCode } from '@core/refusal'
import { useDidHide, useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import { asRefused } from '@/api/client'
import { type Kept, recallCase, refreshCase, useCases } from './cases'

export const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 60_000
const GIVE_UP: ReadonlySet<RefusalCode> = new Set(['NOT_FOUND', 'NOT_SIGNED_IN', 'NOT_ALLOWED'])

/** The wait after a look: short again when the case moved, else half as long again, to 60 s. */
export const nextWait = (waitMs: number, moved: boolean) =>
  (moved ? FIRST_WAIT_MS : Math.min(LONGEST_WAIT_MS, Math.round(waitMs * 1.5)))

export interface WatchedCase {
  kept: Kept | undefined
  /** why the last look brought nothing */
  refused: Refused | undefined
  /** looks now */
  refresh: () => void
}

export function useWatchedCase(id: string): WatchedCase {
  const kept = useCases(({ byId }) => byId[id])
  const [refused, setRefused] = useState<Refused>()
  const watch = useRef({ shown: false, waitMs: FIRST_WAIT_MS, round: 0, timer: noTimer })

  const stop = useCallback(() => {
    watch.current.shown = false
    watch.current.round += 1
    clearTimeout(watch.current.timer)
  }, [])

  const look = useCallback(async () => {
    const state = watch.current
    const round = state.round += 1
    clearTimeout(state.timer)
    const { moved, refused } = await ask(id)
    if (round !== state.round) return
    setRefused(refused)
    const view = recallCase(id)?.view
    const over = view ? CASE_ENDED.has(view.state) : refused && GIVE_UP.has(refused.code)
    if (!state.shown || over) return
    state.waitMs = nextWait(state.waitMs, moved)
    state.timer = setTimeout(() => void look(), state.waitMs)
  }, [id])

  const begin = useCallback(() => {
    recallCase(id)
    watch.current.shown = true
    watch.current.waitMs = FIRST_WAIT_MS / 1.5
    void look()
  }, [id, look])

  useDidShow(begin)
  useDidHide(stop)
  useEffect(() => stop, [stop])
  return { kept, refused, refresh: begin }
}

const noTimer: ReturnType<typeof setTimeout> | undefined = undefined

async function ask(id: string): Promise<{ moved: boolean; refused?: Refused }> {
  try {
    return { moved: await refreshCase(id) }
  } catch (error) {
    return { moved: false, refused: asRefused(error) }
  }
}
