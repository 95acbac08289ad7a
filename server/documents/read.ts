/** 文书: listed from the history of a case, printed and signed when first asked for. */
import { shanghaiDate } from '../../core/clock'
import type { CaseDocument, Verification } from '../../core/contract/document'
import type { Topic } from '../../core/contract/topic'
import { Refused } from '../../core/refusal'
import { mask } from '../../core/values'
import { openContent } from '../cases/content'
import { readCase } from '../cases/store'
import { officeOf, topicOf } from '../cases/topic'
import { type CaseRows, type EventRow, happeningOf, planOf } from '../cases/view'
import { openPerson } from '../people/service'
import type { Platform } from '../platform'
import { markOf } from '../print/mark'
import { verifyBy } from '../print/verify'
import { codeOf } from './codes'
import { outcomesOf } from './completion'
import { signedOnce } from './keep'
import { DOCUMENT_KINDS, type DocumentKind } from './kinds'
import { type Told, sheetOf } from './sheets'

interface Listed extends CaseDocument {
  of: EventRow
  kind: DocumentKind
}

interface Notice {
  caseId: string
  name: string
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
      kind,
    }]
  })
}

/** @throws {Refused} NOT_FOUND */
export async function documentsOf(platform: Platform, caseId: string): Promise<CaseDocument[]> {
  const { listed } = await load(platform, caseId)
  return listed.map(({ of: _of, kind: _kind, ...document }) => document)
}

/** @throws {Refused} NOT_FOUND */
export async function printDocument(
  platform: Platform,
  { caseId, name }: Notice,
): Promise<{ bytes: Buffer; name: string }> {
  const { row, tasks, results, topic, listed } = await load(platform, caseId)
  const document = listed.find((one) => one.name === name)
  if (!document) throw new Refused('NOT_FOUND')
  const { of, title, number } = document
  const sheet = async () => {
    const owner = await openPerson(platform.db.db, platform, row.applicant_id)
    const told: Told = {
      event: happeningOf(of), at: of.at, title, number, topic, results,
      caseNumber: row.number,
      applicant: owner.name ?? '申请人',
      office: tellerOf(platform, row, of),
      taking: openContent(platform.keys, caseId, row.content_sealed).taking,
      handover: row.handover as Told['handover'], // checked by the schema when it came in
      outcomes: () =>
        outcomesOf(platform, { row, tasks, results, plan: planOf(platform, topic, row) }),
      mark: markOf(platform.config),
    }
    const code = await codeOf(platform, { caseId, name })
    return { ...sheetOf(told), verify: verifyBy(platform, code) }
  }
  const bytes = await signedOnce(platform, { caseId, name, sheet })
  return { bytes, name: `${title} ${number}.pdf` }
}

function tellerOf(platform: Platform, row: CaseRows['row'], of: EventRow): string {
  return of.by_role === 'department' ? of.by_name : officeOf(platform, row.region_code).office
}

/** What anybody may know of a notice (S47), and whom to write down as asked about. */
export async function verifyNotice(
  platform: Platform,
  { caseId, name }: Notice,
): Promise<{ verification: Verification; personId: string }> {
  const found = await load(platform, caseId)
  const { row, listed } = found
  const document = listed.find((one) => one.name === name)
  if (!document) throw new Error(`document ${name}: its event is not in the history`)
  const owner = await openPerson(platform.db.db, platform, row.applicant_id)
  const { title, number, at, of } = document
  return {
    personId: row.applicant_id,
    verification: {
      kind: 'notice',
      ...standingOf(document, found),
      name: title,
      number,
      holder: mask('name', owner.name ?? '申请人'),
      issuer: tellerOf(platform, row, of),
      issuedAt: at,
      certificate: null,
      sample: !platform.config.production,
    },
  }
}

/** What has become of a notice since: another of its kind about the same, or a withdrawal. */
function standingOf(
  { kind, itemId, of }: Listed,
  { row, listed }: { row: CaseRows['row']; listed: readonly Listed[] },
): Pick<Verification, 'state' | 'since'> {
  const later = listed.find((one) =>
    one.kind === kind && one.itemId === itemId && one.of.seq > of.seq)
  if (later) return { state: 'replaced', since: shanghaiDate(later.at) }
  if (kind.underWay && row.state === 'withdrawn') {
    return { state: 'withdrawn', since: row.ended_at && shanghaiDate(row.ended_at.toISOString()) }
  }
  return { state: 'valid', since: null }
}
