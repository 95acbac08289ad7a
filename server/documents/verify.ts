/** 核验: what anybody learns who holds a code of ours, or a file. */
import type { FileVerdict, Verification } from '../../core/contract/document'
import { Refused } from '../../core/refusal'
import type { Platform } from '../platform'
import { mustResult, resultByCode, toVerification } from '../results/read'
import { sealOf } from '../seal/open'
import { checkSeal } from '../seal/pdf'
import { noticeByCode } from './codes'
import { findByBytes } from './keep'
import { verifyNotice } from './read'

interface Verified {
  verification: Verification
  /** whom it is about, for the access log alone */
  personId: string
  object: string
}

/** @throws {Refused} NOT_FOUND for a code nobody was given */
export async function verifyCode(platform: Platform, code: string): Promise<Verified> {
  const result = await resultByCode(platform, code)
  if (result) {
    const verification = await toVerification(platform, result)
    return { verification, personId: result.applicant_id, object: `result:${result.id}` }
  }
  const notice = await noticeByCode(platform.db.db, code)
  if (!notice) throw new Refused('NOT_FOUND')
  return { ...await verifyNotice(platform, notice), object: `case:${notice.caseId}` }
}

/** Whether a file is one of ours, letter for letter; never whom it is about (S47). */
export async function verifyFile(platform: Platform, bytes: Buffer): Promise<FileVerdict> {
  const seal = await sealOf(platform)
  const verdict = seal ? await checkSeal(bytes, seal) : 'foreign'
  if (verdict !== 'whole') return { verdict, document: null }
  const kept = await findByBytes(platform, bytes)
  // Ours by its signature, and yet no file we gave out: something was done around the signature.
  if (!kept) return { verdict: 'changed', document: null }
  const document = kept.result_id
    ? await toVerification(platform, await mustResult(platform, kept.result_id))
    : (await verifyNotice(platform, { caseId: kept.case_id, name: kept.name })).verification
  return { verdict: document.state, document }
}
