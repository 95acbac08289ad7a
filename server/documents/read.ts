/** 文书: listed from the history of a case, printed and signed when first asked for. */
import type { CaseDocument, FileVerdict } from '../../core/contract/document'
import type { Topic } from '../../core/contract/topic'
import { Refused } from '../../core/refusal'
import { openContent } from '../cases/content'
import { readCase } from '../cases/store'
import { officeOf, topicOf } from '../cases/topic'
import { type CaseRows, type EventRow, happeningOf } from '../cases/view'
import { openPerson } from '../people/service'
import type { Platform } from '../platform'
import { markOf } from '../print/mark'
import { mustResult, toVerification } from '../results/read'
import { sealOf } from '../seal/open'
import { checkSeal } from '../seal/pdf'
import { findByBytes, signedOnce } from './keep'
import { DOCUMENT_KINDS } from './kinds'
import { type Told, sheetOf } from './sheets'

interface Listed extends CaseDocument {
  of: EventRow
}

/** @throws {Refused} NOT_FOUND */
async function load(platform: Platform, caseId: string) {
  const found = await readCase(platform.db.db, { caseId, after: 0 })
  if (!found) throw new Refused('NOT_FOUND')
  const topic = await topicOf(platform.db.db, platform, found.row)
  return { ...found, topic, listed: listOf(found, topic) }
}

function listOf({ row, events }: Pick<CaseRows, 'row' | 'events'>, topic: Topic): Listed[] {
  return events.flatMap((of): Listed[] => {
    const { is, itemId } = happeningOf(of)
    const kind = DOCUMENT_KINDS[is]
    if (!kind) return []
    return [{
      name: `${kind.name}-${of.seq}`,
      title: kind.title(topic.items.find(({ id }) => id === itemId)),
      number: `${row.number}-${kind.code}${of.seq}`,
      at: of.at.toISOString(),
      itemId: itemId ?? null,
      of,
    }]
  })
}

/** @throws {Refused} NOT_FOUND */
export async function documentsOf(platform: Platform, caseId: string): Promise<CaseDocument[]> {
  const { listed } = await load(platform, caseId)
  return listed.map(({ of: _, ...document }) => document)
}

/** @throws {Refused} NOT_FOUND */
export async function printDocument(
  platform: Platform,
  { caseId, name }: { caseId: string; name: string },
): Promise<{ bytes: Buffer; name: string }> {
  const { row, results, topic, listed } = await load(platform, caseId)
  const document = listed.find((one) => one.name === name)
  if (!document) throw new Refused('NOT_FOUND')
  const { of, title, number } = document
  const sheet = async () => {
    const owner = await openPerson(platform.db.db, platform, row.applicant_id)
    return sheetOf({
      event: happeningOf(of), at: of.at, title, number, topic, results,
      caseNumber: row.number,
      applicant: owner.name ?? '申请人',
      office: of.by_role === 'department' ? of.by_name : officeOf(platform, row.region_code).office,
      taking: openContent(platform.keys, caseId, row.content_sealed).taking,
      handover: row.handover as Told['handover'], // checked by the schema when it came in
      mark: markOf(platform.config),
    })
  }
  const bytes = await signedOnce(platform, { caseId, name, sheet })
  return { bytes, name: `${title} ${number}.pdf` }
}

/** Whether a file is one of ours, letter for letter; never whom it is about (S47). */
export async function verifyFile(platform: Platform, bytes: Buffer): Promise<FileVerdict> {
  const seal = await sealOf(platform)
  const verdict = seal ? await checkSeal(bytes, seal) : 'foreign'
  if (verdict !== 'whole') return { verdict, document: null }
  const kept = await findByBytes(platform, bytes)
  // Ours by its signature, and yet no file we gave out: something was done around the signature.
  if (!kept) return { verdict: 'changed', document: null }
  if (kept.result_id) {
    const { name, number, issuer, issuedAt, revokedAt, sample } =
      await toVerification(platform, await mustResult(platform, kept.result_id))
    return {
      verdict: revokedAt ? 'revoked' : 'valid',
      document: { name, number, issuer, issuedAt, revokedAt, sample },
    }
  }
  const { row, listed } = await load(platform, kept.case_id)
  const document = listed.find(({ name }) => name === kept.name)
  if (!document) throw new Error(`document ${kept.name}: its event is not in the history`)
  const { title, number, at, of } = document
  return {
    verdict: 'valid',
    document: {
      name: title, number, issuedAt: at, revokedAt: null, sample: !platform.config.production,
      issuer: of.by_role === 'department' ? of.by_name : officeOf(platform, row.region_code).office,
    },
  }
}
