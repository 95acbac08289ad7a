import { useEffect } from 'react'
import { findTyped, type, useFind } from '@/stores/find'

const PAUSE_MS = 300

/** What is typed and what it finds: asked after a pause in the typing, or at once. */
export function useFinding() {
  const { typed, asked, found, refused } = useFind()
  useEffect(() => {
    if (!typed.trim() || typed.trim() === asked) return undefined
    const pause = setTimeout(() => void findTyped(), PAUSE_MS)
    return () => clearTimeout(pause)
  }, [typed, asked])
  return { typed, asked, found, refused, type, search: () => void findTyped() }
}
