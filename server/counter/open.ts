/**
 * 窗口代办: a clerk opens what one citizen, there in person, needs at the window: one filing, or the
 * rating of one finished case. The data goes in through the citizen's own forms, under a session
 * that reaches nothing else and is over after two hours.
 */
import { shanghaiDate, shanghaiTime } from '../../core/clock'
import type { CounterSession, OpenFiling } from '../../core/contract/counter'
import { hasDuty } from '../../core/duty'
import { Refused } from '../../core/refusal'
import { asksRating } from '../../core/tone'
import { mask } from '../../core/values'
import type { StaffMember } from '../actor'
import { record } from '../audit/store'
import { isFirst } from '../cases/request'
import { officeOf, topicOf } from '../cases/topic'
import { personIndex } from '../crypto'
import { checkPickUp, takePickUp } from '../drafts/pick-up'
import type { Tx } from '../db/pool'
import { messageJob } from '../messages/sms'
import { addMessages } from '../messages/store'
import { enqueue, hint } from '../outbox/store'
import { openPerson } from '../people/service'
import type { Platform } from '../platform'
import { ratingEnds } from '../ratings/rateable'
import { countTry } from '../session/attempts'
import { openCounterSession } from '../session/service'
import { type Card, applicantOf, personOf, prove, readCard } from './applicant'
import { type CounterRow, insertCounter, openedBy, staffIndexOf } from './store'

const HOUR_MS = 3_600_000
/** Far more than one window serves: whoever wants more is looking people up. */
const MOST_AN_HOUR = 40

/**
 * One filing for one request id; asked again, it opens again under another token.
 * @throws {Refused} NOT_ALLOWED without the duty, NOT_FOUND for no such topic, IDENTITY_MISMATCH,
 * OWN_CASE, PICK_UP_CODE, REQUEST_REUSED, TOO_MANY_REQUESTS
 */
export async function openFiling(
  platform: Platform,
  by: StaffMember,
  given: OpenFiling,
): Promise<CounterSession> {
  if (!hasDuty(by.duties, 'accept')) throw new Refused('NOT_ALLOWED')
  const { requestId, topicId, phone } = given
  const topic = platform.catalogue.topics.find(({ id }) => id === topicId)
  if (!topic) throw new Refused('NOT_FOUND')
  const now = platform.now()
  const limit = { key: `counter:${by.id}`, most: MOST_AN_HOUR, withinMs: HOUR_MS, now }
  await countTry(platform.db, limit)
  const card = readCard(given)
  const own = await staffIndexOf(platform.db.db, by.id)
  if (own?.equals(personIndex(platform, card.idNumber))) throw new Refused('OWN_CASE')
  const proved = await prove(platform, card)
  await checkCode(platform, by, { card, given })
  return platform.db.inTx(async (tx) => {
    const isNew = await isFirst(tx, platform, { by, requestId, request: { filing: given } })
    if (!isNew) return reopened(tx, platform, { by, requestId })
    const personId = await applicantOf(tx, platform, { card, phone })
    const { pickUpCode: code, regionCode, queueTicket } = given
    const draftId = code === undefined ? null
      : await takePickUp(tx, platform, { personId, topicId, code })
    const row = await insertCounter(tx, {
      id: platform.newId(), staff_id: by.id, request_id: requestId, purpose: 'file',
      person_id: personId, topic_id: topicId, region_code: regionCode,
      queue_ticket: queueTicket ?? null, case_id: null, proved, opened_at: now, draft_id: draftId,
    })
    await tellApplicant(tx, platform, { row, title: topic.title })
    await record(tx, {
      at: now, by, personId, object: `counter:${row.id}`,
      what: draftId ? '凭接办码接手草稿，开始窗口代办申报' : '开始窗口代办申报',
      why: `窗口代办：办理“${topic.title}”`,
    })
    return sessionOf(tx, platform, row)
  })
}

/** Before the opening, so that a wrong one counts; a retry of an opening has used its code up. */
async function checkCode(
  platform: Platform,
  by: StaffMember,
  { card, given: { requestId, topicId, pickUpCode: code } }: { card: Card; given: OpenFiling },
): Promise<void> {
  const { db } = platform.db
  if (code === undefined || await openedBy(db, { staffId: by.id, requestId })) return
  await checkPickUp(platform, by, { personId: await personOf(db, platform, card), topicId, code })
}

/**
 * The second screen: the applicant rates the case that was just handed over, the clerk does not
 * see what. Nobody is asked around a death (core/tone.ts).
 * @throws {Refused} NOT_ALLOWED without the duty, NOT_FOUND, ACTION_NOT_ALLOWED where nothing is
 * to be rated, ALREADY_RATED, RATING_OVER
 */
export async function openRating(
  platform: Platform,
  by: StaffMember,
  { caseId, requestId }: { caseId: string; requestId: string },
): Promise<CounterSession> {
  if (!hasDuty(by.duties, 'hand-over')) throw new Refused('NOT_ALLOWED')
  const { db } = platform.db
  const now = platform.now()
  const found = await db.selectFrom('cases').selectAll().where('id', '=', caseId)
    .executeTakeFirst()
  if (!found) throw new Refused('NOT_FOUND')
  const topic = await topicOf(db, platform, found)
  const until = ratingEnds(platform.catalogue, found)
  if (!until || !asksRating(topic)) throw new Refused('ACTION_NOT_ALLOWED', { state: found.state })
  if (shanghaiDate(now.toISOString()) > until) {
    throw new Refused('RATING_OVER', { days: platform.catalogue.rating.withinDays })
  }
  const rated = await db.selectFrom('ratings').select('stars').where('case_id', '=', caseId)
    .executeTakeFirst()
  if (rated) throw new Refused('ALREADY_RATED')
  return platform.db.inTx(async (tx) => {
    const isNew = await isFirst(tx, platform, { by, requestId, request: { rating: caseId } })
    if (!isNew) return reopened(tx, platform, { by, requestId })
    const row = await insertCounter(tx, {
      id: platform.newId(), staff_id: by.id, request_id: requestId, purpose: 'rate',
      person_id: found.applicant_id, topic_id: found.topic_id, region_code: found.region_code,
      queue_ticket: null, case_id: caseId, proved: null, opened_at: now,
    })
    await record(tx, {
      at: now, by, personId: row.person_id, what: '在窗口请您评价', object: `case:${caseId}`,
      why: '好差评',
    })
    return sessionOf(tx, platform, row)
  })
}

async function reopened(
  tx: Tx,
  platform: Platform,
  { by, requestId }: { by: StaffMember; requestId: string },
): Promise<CounterSession> {
  const row = await openedBy(tx, { staffId: by.id, requestId })
  // What went on on the citizen's phone is theirs alone.
  if (!row || row.moved_at) throw new Refused('NOT_FOUND')
  return sessionOf(tx, platform, row)
}

async function sessionOf(tx: Tx, platform: Platform, row: CounterRow): Promise<CounterSession> {
  const { id: counterId, person_id: personId, opened_at: openedAt } = row
  const session = await openCounterSession(tx, platform, { counterId, personId, openedAt })
  const { name, phone } = await openPerson(tx, platform, personId)
  return {
    ...session, applicant: name ? mask('name', name) : '', phone: phone && mask('phone', phone),
  }
}

/** Whoever is not at the window learns that somebody says they are. */
async function tellApplicant(
  tx: Tx,
  platform: Platform,
  { row, title: topic }: { row: CounterRow; title: string },
): Promise<void> {
  const { person_id: personId, region_code: region, opened_at: at } = row
  const messageId = platform.newId()
  const { office, phone } = officeOf(platform, region)
  const time = shanghaiTime(at.toISOString())
  const begun = row.draft_id
    ? `${office} ${time} 已接手您填了一半的“${topic}”，接着办。`
    : `${office} ${time} 开始为您代办“${topic}”的申报。`
  const text = `${begun}您本人没有到窗口的，请拨打 ${phone}。`
  await addMessages(tx, [{ id: messageId, personId, caseId: null, at, title: '窗口代办', text }])
  await enqueue(tx, [messageJob(platform, { messageId, personId, text, at, kind: 'legal' })])
  await hint(tx)
}
