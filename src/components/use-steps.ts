/** The step of a flow that a page shows; 返回 of page, browser and phone go one step back (U7). */
import { useEffect, useRef, useState } from 'react'
import { goBack } from '@/platform/navigation'
import type { Steps } from '@/platform/step-way'
import { beginSteps, stepInAddress } from '@/platform/steps'

export interface Walk {
  at: string
  show: (step: string) => void
  /** One step back; out of the page from the first one. */
  back: () => void
  /** Out of the page, however far one has come in it. */
  leave: () => void
}

/**
 * @param first  called once: where to begin, and the steps one would have come through to it
 * @param onShow  called after every move
 */
export function useSteps(
  page: string,
  first: () => { start: string; before: readonly string[] },
  onShow: () => void,
): Walk {
  const [{ start, before }] = useState(first)
  const [at, setAt] = useState(() => stepInAddress(page) ?? start)
  const steps = useRef<Steps>()
  const shown = useRef(onShow)
  shown.current = onShow
  useEffect(() => {
    const tell = (step: string) => {
      setAt(step)
      shown.current()
    }
    const begun = beginSteps({ page, start, before, tell })
    steps.current = begun
    return begun.end
  }, [page, start, before])
  return {
    at,
    show: (step) => steps.current?.show(step),
    back: () => {
      if (!steps.current?.back()) goBack()
    },
    leave: () => steps.current?.leave(goBack),
  }
}
