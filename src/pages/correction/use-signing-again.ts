/** 补正后重签: whoever signed what the answer changes is asked to sign it again. */
import type { Signing } from '@core/contract/signing'
import { makePlan } from '@core/plan'
import type { Refused } from '@core/refusal'
import type { Problem } from '@core/validate'
import { useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { asRefused } from '@/api/client'
import { inviteAgain, listSignersAgain } from '@/api/signings'
import { type ShownSigner, shownSigner } from '@/stores/signing'
import { showToast } from '@/ui/toast'
import type { Correcting } from './use-correcting'

const SIGN = 'sign.'

/** Of what the platform finds wrong: signers still missing, and what the form itself lacks. */
export function partSigners(problems: readonly Problem[]) {
  return {
    missing: problems.filter(({ field }) => field.startsWith(SIGN))
      .map(({ field }) => field.slice(SIGN.length)),
    wrong: problems.filter(({ field }) => !field.startsWith(SIGN)),
  }
}

interface Resigning {
  correcting: Correcting
  /** typed so far, by key */
  form: Readonly<Record<string, string>>
  /** ids of signers without whom the platform did not take the last try */
  missing: readonly string[]
  /** the platform has asked them */
  onAsked: () => void
  onProblems: (problems: readonly Problem[]) => void
}

export function useSigningAgain({ correcting, form, missing, onAsked, onProblems }: Resigning) {
  const { view: { id }, topic, content } = correcting
  const whole = { ...content.form, ...form }
  const plan = makePlan(topic, { answers: content.answers, form: whole })
  const [signing, setSigning] = useState<Signing>()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const signs = plan.signers.length > 0
  const keep = (got: Signing) => {
    setSigning(got)
    setRefused(undefined)
  }
  const refresh = () => {
    if (!signs) return
    listSignersAgain(id).then(keep, (error: unknown) => setRefused(asRefused(error)))
  }
  useDidShow(refresh)
  // once: what is shown again is refreshed by useDidShow
  // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  useEffect(refresh, [id])
  const ask = () => {
    if (busy) return
    setBusy(true)
    setRefused(undefined)
    inviteAgain(id, { ...form })
      .then((got) => {
        keep(got)
        onAsked()
        showToast('邀请已经发出', 'done')
      })
      .catch((error: unknown) => {
        const why = asRefused(error)
        // the detail of this code carries the problems of core/validate
        if (why.code === 'FORM_PROBLEMS') onProblems((why.detail.problems ?? []) as Problem[])
        else setRefused(why)
      })
      .finally(() => setBusy(false))
  }
  const signers = plan.signers.flatMap((signer): ShownSigner[] => {
    const told = signing?.signers.find((one) => one.id === signer.id)
    if (told ? told.state === 'self' : !missing.includes(signer.id)) return []
    const changed = told?.state === 'signed' && missing.includes(signer.id)
    return [shownSigner(signer, { told, form: whole, changed })]
  })
  return { signers, busy, refused, ask, refresh }
}
