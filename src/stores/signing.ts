/** 会签 of a draft: who still has to sign what the draft says now. */
import type { SignerState, Signing } from '@core/contract/signing'
import { Refused } from '@core/refusal'
import type { Signer } from '@core/signers'
import { contentToSign, signingText } from '@core/signing'
import { tidyForm } from '@core/validate'
import { useMemo } from 'react'
import { create } from 'zustand'
import { inviteSigners, listSigners } from '@/api/signings'
import { toUtf8 } from '@/platform/bytes'
import { sha256Hex } from '@/platform/sha256'
import { draftOf, saveNow } from './drafts'
import { type Filling, fillingOf, pruneDraft } from './filling'
import { useSession } from './session'
import { useSettings } from './settings'

const useSignings = create<{ byRequest: Readonly<Record<string, Signing>> }>()(() => ({
  byRequest: {},
}))

export interface ShownSigner extends Omit<SignerState, 'state'> {
  /** as typed in the form */
  name: string
  phone: string
  /** `asked-not`: nobody asked them yet; `changed`: they were asked for what it said before */
  state: SignerState['state'] | 'asked-not' | 'changed'
}

/** The signers of what the draft says now; undefined until the server has told. */
export function useSigners(filling: Filling): ShownSigner[] | undefined {
  const signing = useSignings(({ byRequest }) => byRequest[filling.draft.body.requestId])
  return useMemo(() => signing && signersOf(filling, signing), [filling, signing])
}

function signersOf(filling: Filling, signing: Signing): ShownSigner[] {
  const { plan, draft: { body: { form } } } = filling
  const isSame = signing.contentHash === hashOf(filling)
  return plan.signers.map((signer) => {
    const told = signing.signers.find((one) => one.id === signer.id)
    return shownSigner(signer, { told, form, changed: !isSame && told?.state !== 'self' })
  })
}

/** @param changed  what the platform told of them is of an earlier content */
export function shownSigner(
  { id, label, name, phone }: Signer,
  { told, form, changed }: {
    told: SignerState | undefined
    form: Readonly<Record<string, string>>
    changed: boolean
  },
): ShownSigner {
  const nothing = { code: null, toldAt: null, answeredAt: null, expiresAt: null, reason: null }
  return {
    ...nothing, ...told, id, label, name: form[name] ?? '', phone: form[phone] ?? '',
    state: !told ? 'asked-not' : changed ? 'changed' : told.state,
  }
}

const regionOf = ({ draft }: Filling) => draft.body.regionCode ?? useSettings.getState().region

/** As the server computes it too. */
function hashOf(filling: Filling): string {
  const { topic, plan, draft: { body: { form } } } = filling
  const content = contentToSign(topic, plan, { regionCode: regionOf(filling), form })
  const bytes = toUtf8(signingText(content))
  return sha256Hex(Uint8Array.from(bytes).buffer)
}

/** Whether everybody has signed who has to, so that it may be submitted. */
export const allSigned = (signers: readonly ShownSigner[]): boolean =>
  signers.every(({ state }) => state === 'signed' || state === 'self')

/** Where the check page leads: to the others who must sign, or to one's own signature. */
export const afterCheck = ({ plan }: Filling) => (plan.signers.length > 0 ? 'signers' : 'sign')

/** @throws {Refused} */
export async function refreshSigners({ draft: { body: { requestId } } }: Filling): Promise<void> {
  keep(requestId, await listSigners(requestId))
}

/**
 * Invites everybody for what the draft says now; nobody is written to twice a day.
 * @throws {Refused}
 */
export async function invite(filling: Filling): Promise<void> {
  const topicId = filling.topic.id
  pruneDraft(filling, topicId)
  await saveNow(topicId)
  const draft = draftOf(topicId)
  if (!draft) throw new Refused('NOT_FOUND')
  const { requestId, topicVersion, answers, form } = draft.body
  const now = fillingOf(filling.topic, draft)
  keep(requestId, await inviteSigners({
    requestId, topicId, topicVersion, regionCode: regionOf(now), answers,
    form: tidyForm(now.plan, form),
  }))
}

function keep(requestId: string, signing: Signing) {
  useSignings.setState(({ byRequest }) => ({ byRequest: { ...byRequest, [requestId]: signing } }))
}

// Whom one person asked is not told to the next.
useSession.subscribe(({ token }) => {
  if (!token) useSignings.setState({ byRequest: {} })
})
