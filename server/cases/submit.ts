/** From a filled-in form to a case. The server believes nothing the phone has worked out. */
import { correctionDeadline, shanghaiDate } from '../../core/clock'
import type { CaseView, SubmitCase } from '../../core/contract/case'
import type { Topic } from '../../core/contract/topic'
import { handoverProblems } from '../../core/handover'
import type { Happening } from '../../core/history'
import { caseNumber } from '../../core/number'
import type { Plan } from '../../core/plan'
import { Refused } from '../../core/refusal'
import { type Problem, checkMaterials } from '../../core/validate'
import type { Citizen } from '../actor'
import { ACTING_NAME, actingWhy, counterWhy } from '../audit/store'
import { sameSecret } from '../crypto'
import { isCode } from '../files'
import { maskedNames } from '../mandates/view'
import { messageJob } from '../messages/sms'
import type { Platform } from '../platform'
import { signaturesOf } from '../signings/signatures'
import { type Content, sealContent } from './content'
import { handOfCitizen } from './docket'
import { checkFilled, formProblems } from './filled'
import { viewCase } from './read'
import { refuseOwn } from './own'
import { requestHash } from './request'
import { type NewCase, type Submitter, findByRequest, insertCaseTogether, readSubmitter } from
  './submit-store'
import { certificateProblems, photoIds, photoProblems, photoRows } from './supplies'
import { offeredTopic, officeOf } from './topic'
import { type CaseRow, type TaskRow, toView } from './view'

export interface Submitted {
  view: CaseView
  /** false: a retry of a submission that had arrived */
  isNew: boolean
}

/**
 * One case for one request id, however often it is sent.
 * @throws {Refused} REQUEST_REUSED with the case it became, IDENTITY_REQUIRED, CATALOGUE_CHANGED,
 * PLAN_STOPPED, FORM_PROBLEMS with the list, OUTSIDE_DOWN (the draft is kept); at the window also
 * OWN_CASE, and NOT_ALLOWED for a second case
 */
export async function submitCase(
  platform: Platform,
  by: Citizen,
  body: SubmitCase,
): Promise<Submitted> {
  const hash = requestHash(platform, body)
  const submitter = await readSubmitter(platform.db, {
    personId: by.id, requestId: body.requestId, photoIds: photoIds(body.materials),
  })
  if (!submitter) throw new Refused('NOT_SIGNED_IN')
  // One session of the window, one case: there is one request id it may file under.
  if (by.counter && body.requestId !== by.counter.requestId) throw new Refused('NOT_ALLOWED')
  if (submitter.existing) return again(platform, by, submitter.existing, hash)
  const topic = await offeredTopic(platform, body.topicId, body.topicVersion)
  if (!platform.catalogue.regions.some(({ code }) => code === body.regionCode)) {
    throw new Refused('MALFORMED')
  }
  const { plan, content } = await checked(platform, { topic, body, submitter, by })
  if (by.counter) {
    const { counter: { staffId }, id: applicantId } = by
    await refuseOwn(platform.db.db, platform, { staffId, applicantId, topic, form: content.form })
  }
  const { sequence, begun_in: begunIn } = submitter
  const making = { topic, plan, content, body, by, hash, sequence, begunIn }
  const made = await insertNumbered(platform, making)
  if (!made) {
    const query = { personId: by.id, requestId: body.requestId }
    return again(platform, by, await findByRequest(platform.db.db, query), hash)
  }
  const agents = await maskedNames(platform.db.db, platform, by.acting ? [by.acting.agentId] : [])
  const rows = { ...rowsOf(made), agents }
  return { view: toView(platform, { topic, plan, reader: by }, rows), isNew: true }
}

async function again(
  platform: Platform,
  by: Citizen,
  existing: { id: string; hash: Buffer },
  hash: Buffer,
): Promise<Submitted> {
  if (!sameSecret(existing.hash, hash)) {
    throw new Refused('REQUEST_REUSED', { caseId: existing.id })
  }
  const view = await viewCase(platform, { caseId: existing.id, after: 0, reader: by })
  return { view, isNew: false }
}

interface Checking {
  topic: Topic
  body: SubmitCase
  submitter: Submitter
  by: Citizen
}

/**
 * Recomputes plan and problems instead of taking the phone's: a draft may be weeks old. A differing
 * plan is refused, not repaired: the citizen must see what moved.
 */
async function checked(
  platform: Platform,
  { topic, body, submitter, by }: Checking,
): Promise<{ plan: Plan; content: Content }> {
  const today = shanghaiDate(platform.now().toISOString())
  const filled = checkFilled(topic, body, today)
  const { plan, form } = filled
  const problems = [
    ...filled.problems,
    ...checkMaterials(plan, body.materials),
    ...photoProblems(body.materials, submitter.ready),
    ...guardianConsent(topic, plan, body),
    ...handoverProblems(body.handover, form, body.postTo),
  ]
  if (problems.length > 0) throw formProblems(problems)
  if (!submitter.verified_at) throw new Refused('IDENTITY_REQUIRED')
  const certificates = await certificateProblems(platform, {
    plan, supplies: body.materials, person: { id: by.id, ...submitter }, today,
    purpose: topic.title,
  })
  if (certificates.length > 0) throw formProblems(certificates)
  const { regionCode, requestId, materials, consent, signature } = body
  const postTo = body.handover === 'post' ? body.postTo?.trim() : undefined
  const signed = await signaturesOf(platform.db.db, platform, {
    applicantId: by.id, requestId, topic, plan, regionCode, form,
  })
  if (signed.missing.length > 0) throw formProblems(signed.missing)
  const { signatures } = signed
  return {
    plan,
    content: {
      answers: { ...plan.answers }, form, materials, consent, signature, signatures, postTo,
    },
  }
}

/** PIPL §31: a minor's data needs the separate consent of a guardian. */
function guardianConsent(topic: Topic, plan: Plan, { consent }: SubmitCase): Problem[] {
  const roles = new Set([...plan.form, ...plan.materials].map(({ role }) => role))
  const minor = topic.roles.some(({ id, minor }) => minor && roles.has(id))
  return minor && !consent.minor
    ? [{ field: 'consent.minor', code: 'EMPTY', text: '请以监护人身份同意处理未成年人的信息。' }]
    : []
}

interface Making {
  topic: Topic
  plan: Plan
  content: Content
  body: SubmitCase
  by: Citizen
  hash: Buffer
  sequence: number
  begunIn: string | null
}

function newCase(
  platform: Platform,
  { topic, plan, content, body, by, hash, sequence, begunIn }: Making,
): NewCase {
  const at = platform.now()
  const [id, messageId] = [platform.newId(), platform.newId()]
  const day = shanghaiDate(at.toISOString())
  const { regionCode } = body
  const number = caseNumber({ regionCode, topicNumber: topic.number, day, sequence })
  const acceptBy = correctionDeadline(day, platform.catalogue.calendar)
  const done = by.counter ? '已由窗口代办提交' : '已提交'
  const text = `您的“${topic.title}”${done}，办件编号 ${number}。`
  const event: Happening = {
    is: 'submit', items: plan.items.map(({ item }) => item.id), acceptBy,
    ...(by.counter ? { atWindow: true } : {}),
    ...(by.counter?.draftId ? { pickedUp: true } : {}),
    ...(begunIn && !by.counter ? { begunAt: officeOf(platform, begunIn).office } : {}),
  }
  return {
    id, number, personId: by.id, requestId: body.requestId, requestHash: hash,
    topicId: topic.id, topicVersion: topic.version, regionCode,
    handover: body.handover, contentSealed: sealContent(platform.keys, id, content), acceptBy, at,
    event,
    tasks: plan.items.map(({ item }, index) => ({
      n: index + 1, itemId: item.id, departmentId: item.department,
    })),
    photos: photoRows(content.materials),
    message: { id: messageId, title: '已提交', text },
    job: messageJob(platform, { messageId, personId: by.id, text, at, kind: 'progress' }),
    hand: handOfCitizen(platform, by),
    audit: auditOf(by, `办理“${topic.title}”`),
  }
}

function auditOf({ id, acting, counter }: Citizen, why: string): NewCase['audit'] {
  const what = '提交申请'
  if (counter) {
    const { staffId: actorId, staffName: actorName } = counter
    return { kind: 'window', actorId, actorName, what, why: counterWhy(why) }
  }
  const kind = 'citizen'
  return acting
    ? { kind, actorId: acting.agentId, actorName: ACTING_NAME, what, why: actingWhy(why) }
    : { kind, actorId: id, actorName: '本人', what, why }
}

const NUMBER_TRIES = 5
const NEXT_TRY = 7919

/**
 * The sequence comes round after 100 000 cases: a number of the same day may then be taken.
 * @returns undefined if this request id has made a case already
 */
async function insertNumbered(platform: Platform, making: Making): Promise<NewCase | undefined> {
  for (let tries = 0; ; tries += 1) {
    const sequence = making.sequence + tries * NEXT_TRY
    const made = newCase(platform, { ...making, sequence })
    try {
      return await insertCaseTogether(platform.db, made) ? made : undefined
    } catch (error) {
      if (!isCode(error, '23505') || tries === NUMBER_TRIES) throw error
    }
  }
}

/** The rows as written, so that the reply needs no reading back. */
function rowsOf(made: NewCase): Omit<Parameters<typeof toView>[2], 'agents'> {
  const row: CaseRow = {
    id: made.id, number: made.number, applicant_id: made.personId, request_id: made.requestId,
    request_hash: made.requestHash, topic_id: made.topicId, topic_version: made.topicVersion,
    region_code: made.regionCode, state: 'submitted', version: 1, handover: made.handover,
    content_sealed: made.contentSealed, rounds: 0, overrides: 0, correction: null,
    submitted_at: made.at, accept_by: made.acceptBy, accepted_at: null, due_on: null,
    ended_at: null,
  }
  const tasks = made.tasks.map(({ n, itemId, departmentId }): TaskRow => ({
    case_id: made.id, n, item_id: itemId, department_id: departmentId,
    region_code: made.regionCode, state: 'waiting', started_at: null, due_on: null, pauses: [],
    asks: null, extension: null, reason: null, handler_id: null, ended_at: null, signal: 'none',
    wake_on: null, proposal_sealed: null, reviewer_id: null, handled_at: null,
  }))
  const events = [{
    seq: 1, at: made.at, by_role: made.hand.role, by_id: made.hand.id, by_name: made.hand.name,
    event: made.event,
  }]
  return { row, tasks, events, results: [], rating: undefined }
}
