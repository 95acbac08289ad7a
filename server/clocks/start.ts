import type { Platform } from '../platform'
import { tick } from './tick'

export interface Clocks {
  /** Resolves when a round under way has ended. */
  stop(): Promise<void>
}

const EVERY_MS = 60_000

/** Runs the clock jobs every minute; what failed of a round is logged, and tried in the next. */
export function startClocks(platform: Platform, everyMs = EVERY_MS): Clocks {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const round = async () => {
    try {
      await tick(platform)
    } catch (error) {
      platform.log.error({ error }, 'A round of the clocks failed in part')
    }
    if (!stopped) timer = setTimeout(next, everyMs)
  }
  let running = round()
  function next() {
    running = round()
  }
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
