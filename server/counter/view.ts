import type { CounterFilings, CounterView } from '../../core/contract/counter'
import { Refused } from '../../core/refusal'
import { mask } from '../../core/values'
import type { Citizen } from '../actor'
import { look } from '../audit/look'
import { maskedName } from '../cases/list'
import { topicTitle } from '../cases/topic'
import { draftKeyOf } from '../people/draft-key'
import { meOf } from '../people/service'
import type { Platform } from '../platform'
import { counterSessionEnd } from '../session/service'
import { findCounter, openedSince } from './store'

/**
 * What a page that was handed such a session knows of it, also after a reload.
 * @throws {Refused} NOT_FOUND for the citizen's own sessions
 */
export async function viewCounter(
  platform: Platform,
  { id: personId, counter }: Citizen,
): Promise<CounterView> {
  const { db } = platform.db
  const row = counter && await findCounter(db, counter.id)
  if (!row) throw new Refused('NOT_FOUND')
  const me = await meOf(db, platform, personId)
  await look(platform, {
    by: { kind: 'citizen', id: personId, verified: me.verified, counter }, personId,
    what: '查看本人资料', object: `counter:${row.id}`,
  })
  return {
    id: row.id, purpose: row.purpose, topicId: row.topic_id,
    topicTitle: topicTitle(platform, row.topic_id), regionCode: row.region_code,
    applicant: me.name ? mask('name', me.name) : '', queueTicket: row.queue_ticket,
    caseId: counter.caseId, requestId: counter.requestId, pickedUp: counter.draftId !== null,
    expiresAt: counterSessionEnd(row.opened_at).toISOString(),
    // Not that of the phone: what the citizen drafts there stays closed to the window.
    draftKey: draftKeyOf(platform, row.id), me,
  }
}

const DAY_MS = 24 * 3_600_000

/** A clerk's own of the last day: what was filed in each, so that its receipt can be printed. */
export async function filingsOf(platform: Platform, staffId: string): Promise<CounterFilings> {
  const since = new Date(platform.now().getTime() - DAY_MS)
  const rows = await openedSince(platform.db.db, { staffId, since })
  return {
    filings: rows.map((row) => ({
      id: row.id,
      openedAt: row.opened_at.toISOString(),
      topicTitle: topicTitle(platform, row.topic_id),
      applicant: maskedName(platform, { id: row.person_id, sealed: row.name_sealed }),
      queueTicket: row.queue_ticket,
      movedAt: row.moved_at?.toISOString() ?? null,
      filed: row.caseId && row.number ? { caseId: row.caseId, number: row.number } : null,
    })),
  }
}
