import type { CaseContent, CaseView } from '../../core/contract/case'
import { Refused } from '../../core/refusal'
import type { Actor } from '../actor'
import type { Db } from '../db/pool'
import { maskedNames } from '../mandates/view'
import type { Platform } from '../platform'
import { openContent } from './content'
import { readCase, subjectOf, type CaseSubject } from './store'
import { topicOf } from './topic'
import { APPLICANT, type EventRow, planOf, toView } from './view'

/** @throws {Refused} NOT_FOUND */
export async function mustSubject(platform: Platform, caseId: string): Promise<CaseSubject> {
  const subject = await subjectOf(platform.db.db, caseId)
  if (!subject) throw new Refused('NOT_FOUND')
  return subject
}

/** @throws {Refused} NOT_FOUND */
export async function viewCase(
  platform: Platform,
  { caseId, after, reader }: { caseId: string; after: number; reader: Actor },
): Promise<CaseView> {
  const { db } = platform.db
  const rows = await readCase(db, { caseId, after })
  if (!rows) throw new Refused('NOT_FOUND')
  const { row } = rows
  const topic = await topicOf(db, platform, row)
  const agents = await agentsOf(db, platform, rows.events)
  return toView(platform, { topic, plan: planOf(platform, topic, row), reader }, {
    ...rows, agents,
  })
}

/** The masked names of whoever acted for an applicant. */
export async function agentsOf(
  db: Db,
  platform: Platform,
  events: readonly Pick<EventRow, 'by_role' | 'by_id' | 'by_name'>[],
): Promise<ReadonlyMap<string, string>> {
  return maskedNames(db, platform, events.flatMap(({ by_role, by_id, by_name }) =>
    (by_role === 'citizen' && by_name !== APPLICANT ? [by_id] : [])))
}

/**
 * What was handed in, as its owner and the window read it; the window also who took the results.
 * @throws {Refused} NOT_FOUND
 */
export async function contentOf(
  platform: Platform,
  caseId: string,
  reader?: Actor,
): Promise<CaseContent> {
  const row = await platform.db.db.selectFrom('cases').select('content_sealed')
    .where('id', '=', caseId).executeTakeFirst()
  if (!row) throw new Refused('NOT_FOUND')
  const { answers, form, materials, postTo, taking } =
    openContent(platform.keys, caseId, row.content_sealed)
  const shown = { ...(postTo ? { postTo } : {}), ...(reader?.kind === 'window' ? { taking } : {}) }
  // sealed as the schema had checked it
  return { answers, form, materials, ...shown } as CaseContent
}
