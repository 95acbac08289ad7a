/**
 * 补正后重签: a signature holds for what it was given for. A correction that changes that is signed
 * again by everybody before it is handed in; the signing of the draft is opened once more.
 */
import { shanghaiDate } from '../../core/clock'
import { answerCorrection } from '../../core/correction'
import type { Countersignature, Signing } from '../../core/contract/signing'
import type { Topic } from '../../core/contract/topic'
import { type Plan, makePlan } from '../../core/plan'
import { Refused } from '../../core/refusal'
import { contentToSign } from '../../core/signing'
import type { Citizen } from '../actor'
import { openContent } from '../cases/content'
import { formProblems } from '../cases/filled'
import { topicOf } from '../cases/topic'
import { correctionOf, type CaseRow } from '../cases/view'
import type { Tx } from '../db/pool'
import { openPerson } from '../people/service'
import type { Platform } from '../platform'
import { contentHash } from './content'
import { countInvitation, renewSigning } from './invite'
import { signingOf } from './read'
import { signaturesOf } from './signatures'

type Values = Readonly<Record<string, string>>

interface Filled {
  plan: Plan
  /** tidy */
  form: Values
}

function hashOf({ region_code: regionCode }: CaseRow, topic: Topic, { plan, form }: Filled) {
  return contentHash(contentToSign(topic, plan, { regionCode, form }))
}

/**
 * Asks everybody who signed to sign what the answer to a correction would make of it.
 * @param answer  fields by key, as `resubmit` will bring them
 * @throws {Refused} NOT_FOUND, FORM_PROBLEMS, TOO_MANY_REQUESTS; ACTION_NOT_ALLOWED when nothing is
 * to be corrected, or nothing of it was signed
 */
export async function inviteAgain(
  platform: Platform,
  by: Citizen,
  { caseId, answer }: { caseId: string; answer: Values },
): Promise<Signing> {
  const { db } = platform.db
  const row = await db.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst()
  if (!row) throw new Refused('NOT_FOUND')
  const correction = correctionOf(row)
  if (!correction) throw new Refused('ACTION_NOT_ALLOWED', { state: row.state })
  const topic = await topicOf(db, platform, row)
  const before = openContent(platform.keys, row.id, row.content_sealed)
  const planOf = (form: Values) => makePlan(topic, { answers: before.answers, form })
  const asks = correction.asks.filter(({ kind }) => kind === 'field')
  const { after, problems } = answerCorrection({
    topic, asks, before, given: { form: answer, materials: {} }, planOf,
    today: shanghaiDate(platform.now().toISOString()),
  })
  if (problems.length > 0) throw formProblems(problems)
  const filled = { plan: planOf(after.form), form: after.form }
  const old = { plan: planOf(before.form), form: before.form }
  const { idNumber: own } = await openPerson(db, platform, row.applicant_id)
  const signers = filled.plan.signers.filter(({ idNumber }) => after.form[idNumber] !== own)
  if (signers.length === 0 || hashOf(row, topic, filled) === hashOf(row, topic, old)) {
    throw new Refused('ACTION_NOT_ALLOWED', { state: row.state })
  }
  await countInvitation(platform, by)
  const { request_id: requestId, region_code: regionCode } = row
  const content = contentToSign(topic, filled.plan, { regionCode, form: filled.form })
  await platform.db.inTx((tx) =>
    renewSigning(tx, platform, { by, requestId, topic, content, signers, reopens: true }))
  return signingOf(platform, { applicantId: row.applicant_id, requestId })
}

/** Of a case: who is being asked again, and how far they are; none: nobody is. */
export async function signingAgain(platform: Platform, caseId: string): Promise<Signing> {
  const row = await platform.db.db.selectFrom('cases').select(['applicant_id', 'request_id'])
    .where('id', '=', caseId).executeTakeFirst()
  if (!row) throw new Refused('NOT_FOUND')
  return signingOf(platform, { applicantId: row.applicant_id, requestId: row.request_id })
}

interface Corrected {
  row: CaseRow
  topic: Topic
  before: Filled
  after: Filled
  /** of what the case says now */
  signatures: Record<string, Countersignature>
}

/**
 * The signatures of a corrected case: those it has, if nothing they were given for has changed.
 * @throws {Refused} FORM_PROBLEMS with `sign.<signer>` for everybody who has yet to sign
 */
export async function signaturesAgain(
  tx: Tx,
  platform: Platform,
  { row, topic, before, after, signatures: old }: Corrected,
): Promise<Record<string, Countersignature>> {
  if (hashOf(row, topic, before) === hashOf(row, topic, after)) return old
  const { signatures, missing } = await signaturesOf(tx, platform, {
    applicantId: row.applicant_id, requestId: row.request_id, topic,
    regionCode: row.region_code, ...after,
  })
  if (missing.length > 0) throw formProblems(missing)
  return signatures
}
