import { type Problem, tidyForm } from '@core/validate'
import { useState } from 'react'
import { fill, saveNow } from '@/stores/drafts'
import { type Filling, formProblems } from '@/stores/filling'

/** Judging a screen when it is left, never before. @param shown  what is told from the start */
export function useTries(filling: Filling, shown: readonly Problem[] = []) {
  const [problems, setProblems] = useState(shown)
  const [tries, setTries] = useState(0)
  return {
    problems,
    tries,
    forget: () => {
      setProblems([])
      setTries(0)
    },
    /** True if nothing stands against these fields; what was typed is then written tidily. */
    passes: (keys: readonly string[]): boolean => {
      const found = formProblems(filling, keys)
      setProblems(found)
      setTries(tries + 1)
      if (found.length > 0) return false
      const { form } = filling.draft.body
      const tidy = Object.entries(tidyForm(filling.plan, form))
      const changed = tidy.filter(([key, value]) => form[key] !== value)
      if (changed.length > 0) fill(filling.topic.id, Object.fromEntries(changed))
      void saveNow(filling.topic.id)
      return true
    },
  }
}
