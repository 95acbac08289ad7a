/** A citizen asks for help. A refusal reported already becomes their ticket, not a second one. */
import { shanghaiDate } from '../../core/clock'
import type { NewTicket, TicketView } from '../../core/contract/ticket'
import type { Topic } from '../../core/contract/topic'
import { Refused } from '../../core/refusal'
import { ticketDueOn } from '../../core/ticket'
import type { Citizen } from '../actor'
import { isFirst } from '../cases/request'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { countTry } from '../session/attempts'
import { moveTicket, writeEntry } from './move'
import { viewTicket } from './read'
import {
  type TicketRow, insertTicket, lockReport, nextNumber, saveTicket, ticketOfRequest,
} from './store'
import { checkVisit, sealVisit } from './visit'

const DAY_MS = 86_400_000
const MOST_A_DAY = 30

interface Matter {
  regionCode: string
  topicId: string | null
  caseId: string | null
  itemId: string | null
  /** whose it is, as far as anybody can tell from the catalogue */
  departmentId: string | null
}

/**
 * @throws {Refused} MALFORMED for a region, topic or item there is not; NOT_FOUND for a case that
 * is not theirs; IDENTITY_REQUIRED (办不成事 is under one's own name); REQUEST_REUSED;
 * TOO_MANY_REQUESTS
 */
export async function createTicket(
  platform: Platform,
  by: Citizen,
  body: NewTicket,
): Promise<{ view: TicketView; isNew: boolean }> {
  const { requestId, kind } = body
  const text = body.text.trim()
  if (text === '') throw new Refused('REASON_REQUIRED')
  checkVisit(platform, body)
  if (kind === 'unresolved' && !by.verified) throw new Refused('IDENTITY_REQUIRED')
  const matter = await matterOf(platform, by, body)
  await countTry(platform.db, {
    key: `ticket:${by.id}`, most: MOST_A_DAY, withinMs: DAY_MS, now: platform.now(),
  })
  const done = await platform.db.inTx(async (tx) => {
    if (!await isFirst(tx, platform, { by, requestId, request: body })) {
      const row = await ticketOfRequest(tx, { personId: by.id, requestId })
      if (!row) throw new Refused('REQUEST_REUSED')
      return { id: row.id, isNew: false }
    }
    const { caseId, itemId } = matter
    const report = kind === 'unresolved' && caseId
      ? await lockReport(tx, { caseId, itemId }) : undefined
    if (report) {
      const { page = null, field = null } = body.about
      const row = { ...report, request_id: requestId, page, field }
      await saveTicket(tx, row)
      await moveTicket(tx, platform, { row, by, doing: { action: 'raise', words: text } })
      return { id: row.id, isNew: true }
    }
    return { id: await open(tx, platform, { by, body, text, matter }), isNew: true }
  })
  return { view: await viewTicket(platform, done.id, by), isNew: done.isNew }
}

async function matterOf(
  platform: Platform,
  by: Citizen,
  { regionCode, about: { caseId, topicId, itemId } }: NewTicket,
): Promise<Matter> {
  const { regions, topics } = platform.catalogue
  if (!regions.some(({ code }) => code === regionCode)) throw new Refused('MALFORMED')
  const filed = caseId ? await platform.db.db.selectFrom('cases')
    .select(['topic_id', 'region_code', 'applicant_id']).where('id', '=', caseId)
    .executeTakeFirst() : undefined
  if (caseId && filed?.applicant_id !== by.id) throw new Refused('NOT_FOUND')
  const wanted = filed?.topic_id ?? topicId
  const topic = topics.find(({ id }) => id === wanted)
  // A topic that is offered no more can still be what a case is about.
  if (wanted && !topic && !filed) throw new Refused('MALFORMED')
  if (itemId && !topic?.items.some(({ id }) => id === itemId)) throw new Refused('MALFORMED')
  return {
    regionCode: filed?.region_code ?? regionCode,
    topicId: wanted ?? null,
    caseId: caseId ?? null,
    itemId: itemId ?? null,
    departmentId: topic ? departmentOf(topic, itemId) : null,
  }
}

/** The topic a ticket is about, for the guard: that of its case, else the one named. */
export async function topicAsked(
  { db }: Platform,
  { about: { caseId, topicId } }: NewTicket,
): Promise<string | undefined> {
  if (!caseId) return topicId
  const filed = await db.db.selectFrom('cases').select('topic_id').where('id', '=', caseId)
    .executeTakeFirst()
  return filed?.topic_id ?? topicId
}

/** Of the item; of a whole topic the one that leads it. */
export function departmentOf(topic: Topic, itemId: string | undefined): string {
  return topic.items.find(({ id }) => id === itemId)?.department ?? topic.lead
}

async function open(
  tx: Tx,
  platform: Platform,
  { by, body, text, matter }: {
    by: Citizen
    body: NewTicket
    text: string
    matter: Matter
  },
): Promise<string> {
  const { calendar, help: rules } = platform.catalogue
  const at = platform.now()
  const today = shanghaiDate(at.toISOString())
  const standing = { kind: body.kind, state: 'open', rung: 'window' } as const
  const id = platform.newId()
  const row: TicketRow = {
    ...standing, id, number: await nextNumber(tx, today), person_id: by.id,
    request_id: body.requestId, region_code: matter.regionCode, page: body.about.page ?? null,
    topic_id: matter.topicId, case_id: matter.caseId, item_id: matter.itemId, refusal: null,
    department_id: matter.departmentId, sent_at: null, version: 1, outcome: null,
    due_on: ticketDueOn(
      standing, { action: 'raise', today, before: null }, { rules, calendar }),
    opened_at: at, moved_at: at, field: body.about.field ?? null,
    visit_sealed: sealVisit(platform.keys, id, body.visit),
  }
  await insertTicket(tx, row)
  await writeEntry(tx, platform, {
    row, by, words: text, from: 'window',
    event: { is: 'create', rung: 'window', dueOn: row.due_on },
  })
  return row.id
}
