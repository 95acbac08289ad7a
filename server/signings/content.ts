/** What is signed, and the answers to it: sealed, and known by its hash. */
import type { Countersignature } from '../../core/contract/signing'
import { type SignedContent, signingText } from '../../core/signing'
import { type KeyRing, openJson, sealJson, sha256 } from '../crypto'

export interface Answered {
  signature?: Countersignature
  /** why declined */
  reason?: string
}

/** As a phone computes it too. */
export function contentHash(content: SignedContent): string {
  return sha256(signingText(content)).toString('hex')
}

const contentPlace = (signingId: string) =>
  ({ table: 'signings', column: 'content_sealed', rowId: signingId })
const answerPlace = (invitationId: string) =>
  ({ table: 'signing_invitations', column: 'answer_sealed', rowId: invitationId })

export function sealSigned(keys: KeyRing, signingId: string, content: SignedContent): Buffer {
  return sealJson(keys, contentPlace(signingId), content)
}

/** @throws SealBroken */
export function openSigned(keys: KeyRing, signingId: string, sealed: Uint8Array): SignedContent {
  return openJson(keys, contentPlace(signingId), sealed) as SignedContent // only sealSigned writes
}

export function sealAnswer(keys: KeyRing, invitationId: string, answer: Answered): Buffer {
  return sealJson(keys, answerPlace(invitationId), answer)
}

/** @throws SealBroken */
export function openAnswer(
  keys: KeyRing,
  row: { id: string; answer_sealed: Uint8Array | null },
): Answered {
  if (!row.answer_sealed) return {}
  return openJson(keys, answerPlace(row.id), row.answer_sealed) as Answered // of sealAnswer
}
