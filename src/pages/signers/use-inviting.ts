import type { Refused } from '@core/refusal'
import { useState } from 'react'
import { asRefused } from '@/api/client'
import type { Filling } from '@/stores/filling'
import { invite, refreshSigners, useSigners } from '@/stores/signing'
import { showToast } from '@/ui/toast'

/** Who has to sign, asking them, and looking again. */
export function useInviting(filling: Filling) {
  const signers = useSigners(filling)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const refresh = () => {
    refreshSigners(filling).then(
      () => setRefused(undefined),
      (error: unknown) => setRefused(asRefused(error)),
    )
  }
  const send = () => {
    if (busy) return
    setBusy(true)
    setRefused(undefined)
    invite(filling)
      .then(() => showToast('邀请已经发出', 'done'))
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => setBusy(false))
  }
  return { signers, busy, refused, refresh, send }
}
