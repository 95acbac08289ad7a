/** What a citizen handed in: sealed as one value, bound to its case. */
import type { SubmitCase, Taking } from '../../core/contract/case'
import type { Countersignature } from '../../core/contract/signing'
import type { Supply } from '../../core/materials'
import { openJson, sealJson, type KeyRing } from '../crypto'

export interface Content {
  answers: Record<string, string>
  form: Record<string, string>
  materials: Record<string, Supply>
  consent: SubmitCase['consent']
  signature: SubmitCase['signature']
  /** where to post the results, if the form holds no address */
  postTo?: string | undefined
  /** by signer; absent from cases filed before anybody else had to sign */
  signatures?: Readonly<Record<string, Countersignature>>
  /** who took the results at the window */
  taking?: Taking
}

const placeOf = (caseId: string) => ({
  table: 'cases', column: 'content_sealed', rowId: caseId,
})

export function sealContent(keys: KeyRing, caseId: string, content: Content): Buffer {
  return sealJson(keys, placeOf(caseId), content)
}

/** @throws SealBroken */
export function openContent(keys: KeyRing, caseId: string, sealed: Uint8Array): Content {
  return openJson(keys, placeOf(caseId), sealed) as Content // only sealContent writes there
}
