/**
 * Nobody at the desk: the session ends a quarter of an hour after the last key or touch, told two
 * minutes before. Lists refresh by themselves, so the platform alone would never notice.
 */
import { useEffect, useState } from 'react'
import { nowMs } from '../platform/now'
import { failureOf } from '../platform/request'

const IDLE_MS = 15 * 60_000
const WARN_MS = 2 * 60_000
const LOOK_MS = 1_000
const SIGNS = ['pointerdown', 'keydown', 'wheel'] as const

/** The platform forgets whoever has not called for a quarter of an hour: often enough for that. */
const CALL_MS = 5 * 60_000

/**
 * Keeps a session alive while somebody reads or writes on a page that calls nothing; whoever is
 * gone is signed out by useIdle.
 * @param call  must stay the same function; what it fails with is told by the banner
 */
export function useStayKnown(call: () => Promise<unknown>): void {
  useEffect(() => {
    const timer = setInterval(() => void call().catch(failureOf), CALL_MS)
    return () => clearInterval(timer)
  }, [call])
}

export interface Idle {
  /** whole seconds left, once it is near */
  left: number | undefined
  stay: () => void
}

export function useIdle(onEnd: () => void): Idle {
  const [touchedAt, setTouchedAt] = useState(nowMs)
  const [left, setLeft] = useState<number>()
  useEffect(() => {
    const touch = () => {
      // Once it is told, only an answer to that keeps one signed in.
      if (left === undefined) setTouchedAt(nowMs())
    }
    for (const sign of SIGNS) window.addEventListener(sign, touch, { passive: true })
    const timer = setInterval(() => {
      const ms = touchedAt + IDLE_MS - nowMs()
      setLeft(ms > WARN_MS ? undefined : Math.max(0, Math.ceil(ms / 1000)))
      if (ms <= 0) onEnd()
    }, LOOK_MS)
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, touch)
      clearInterval(timer)
    }
  }, [touchedAt, left, onEnd])
  const stay = () => {
    setTouchedAt(nowMs())
    setLeft(undefined)
  }
  return { left, stay }
}
