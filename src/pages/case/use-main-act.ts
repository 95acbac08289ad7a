/** The one thing the citizen can best do now. */
import type { CaseView } from '@core/contract/case'
import type { Refused } from '@core/refusal'
import { useState } from 'react'
import { asRefused } from '@/api/client'
import { RATEABLE } from '@/components/case-state'
import { goTo } from '@/platform/navigation'
import { act } from '@/stores/cases'

interface MainAct {
  label: string
  run: () => void
  busy: boolean
  refused: Refused | undefined
}

/** @param prompt  false where the topic's tone is quiet: nobody is asked for stars */
export function useMainAct(view: CaseView, { prompt }: { prompt: boolean }): MainAct | undefined {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const own = (label: string, run: () => void): MainAct => ({ label, run, busy, refused })
  const { id, actions, state, rating } = view
  const confirm = () => {
    setBusy(true)
    setRefused(undefined)
    act(id, { do: 'confirm-receipt' })
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => setBusy(false))
  }
  if (actions.includes('resubmit')) return own('去补正', () => goTo('correction', { id }))
  if (actions.includes('confirm-receipt')) return own('确认收到电子结果', confirm)
  if (RATEABLE.has(state) && !rating && prompt) {
    return own('评价这次办理', () => goTo('rating', { id }))
  }
  return undefined
}
