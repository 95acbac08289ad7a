/**
 * Inviting: one invitation per signer. The same content keeps what was signed; other content voids
 * it, and whoever is asked again keeps the link they were sent.
 */
import type { Insertable } from 'kysely'
import { shanghaiDate } from '../../core/clock'
import type { InviteSigners, Signing } from '../../core/contract/signing'
import type { Topic } from '../../core/contract/topic'
import type { Plan } from '../../core/plan'
import { Refused } from '../../core/refusal'
import type { Signer } from '../../core/signers'
import { type SignedContent, contentToSign } from '../../core/signing'
import type { Citizen } from '../actor'
import { record } from '../audit/store'
import { checkFilled, formProblems } from '../cases/filled'
import { offeredTopic } from '../cases/topic'
import { openText, personIndex, sealText, token, tokenHash } from '../crypto'
import type { Tx } from '../db/pool'
import type { SigningInvitations } from '../db/schema'
import { addMessages } from '../messages/store'
import { openPerson, phoneIndexOf } from '../people/service'
import type { Platform } from '../platform'
import { countTry } from '../session/attempts'
import { queueSms } from '../session/sms'
import { contentHash, openSigned, sealSigned } from './content'
import { signingOf } from './read'
import {
  type InvitationRow, type SigningRow, changeSigning, invitationsOf, lastTold, openSigning,
  replaceInvitations,
} from './store'

const DAY_MS = 86_400_000
export const VALID_DAYS = 30
const MOST_A_DAY = 60

/**
 * @throws {Refused} NOT_FOUND, CATALOGUE_CHANGED, MALFORMED, PLAN_STOPPED, FORM_PROBLEMS,
 * IDENTITY_REQUIRED, TOO_MANY_REQUESTS; ACTION_NOT_ALLOWED once the case is filed
 */
export async function inviteSigners(
  platform: Platform,
  by: Citizen,
  body: InviteSigners,
): Promise<Signing> {
  const { requestId, regionCode } = body
  const topic = await offeredTopic(platform, body.topicId, body.topicVersion)
  if (!platform.catalogue.regions.some(({ code }) => code === regionCode)) {
    throw new Refused('MALFORMED')
  }
  const now = platform.now()
  const { plan, form, problems } = checkFilled(topic, body, shanghaiDate(now.toISOString()))
  if (problems.length > 0) throw formProblems(problems)
  const person = await openPerson(platform.db.db, platform, by.id)
  if (!person.verified) throw new Refused('IDENTITY_REQUIRED')
  await countInvitation(platform, by)
  const content = contentToSign(topic, plan, { regionCode, form })
  const signers = plan.signers.filter(({ idNumber }) => form[idNumber] !== person.idNumber)
  await platform.db.inTx((tx) =>
    renewSigning(tx, platform, { by, requestId, topic, content, signers, reopens: false }))
  return signingOf(platform, { applicantId: by.id, requestId })
}

/** @throws {Refused} TOO_MANY_REQUESTS */
export function countInvitation(platform: Platform, by: Citizen): Promise<void> {
  return countTry(platform.db, {
    key: `invite:${by.id}`, most: MOST_A_DAY, withinMs: DAY_MS, now: platform.now(),
  })
}

interface Inviting {
  by: Citizen
  /** the draft's, also once it is a case */
  requestId: string
  topic: Topic
  content: SignedContent
  /** without the applicant */
  signers: Plan['signers']
  /** whether one that was filed is opened again */
  reopens: boolean
}

/**
 * From now on these people are asked to sign exactly this.
 * @throws {Refused} ACTION_NOT_ALLOWED once it is filed, unless it reopens
 */
export async function renewSigning(
  tx: Tx,
  platform: Platform,
  inviting: Inviting,
): Promise<void> {
  const { by, requestId, topic, content, signers, reopens } = inviting
  const { keys } = platform
  const now = platform.now()
  const keptUntil = new Date(now.getTime() + VALID_DAYS * DAY_MS)
  const newId = platform.newId()
  const signing = await openSigning(tx, {
    id: newId, applicant_id: by.id, request_id: requestId, topic_id: topic.id,
    content_sealed: sealSigned(keys, newId, content), kept_until: keptUntil,
  })
  const { id, content_sealed: sealed } = signing
  if (!sealed && !reopens) throw new Refused('ACTION_NOT_ALLOWED')
  const isSame = sealed !== null &&
    contentHash(openSigned(keys, id, sealed)) === contentHash(content)
  const before = await invitationsOf(tx, id)
  await changeSigning(tx, { id, contentSealed: sealSigned(keys, id, content), keptUntil })
  const asked = await invited(tx, platform, { inviting, signing, before, isSame })
  await replaceInvitations(tx, id, asked.map(({ row }) => row))
  await tell(tx, platform, { topic, asked })
  if (!isSame) await tellVoided(tx, platform, { topic, before })
  await record(tx, {
    at: now, by, personId: by.id, what: `邀请 ${signers.length} 人签名`,
    object: `signing:${id}`, why: `办理“${topic.title}”`,
  })
}

interface Asked {
  row: Insertable<SigningInvitations>
  code: string
  phone: string
  /** an SMS is due */
  due: boolean
}

interface Renewing {
  inviting: Inviting
  signing: SigningRow
  before: readonly InvitationRow[]
  isSame: boolean
}

async function invited(tx: Tx, platform: Platform, renewing: Renewing): Promise<Asked[]> {
  const { inviting: { by, topic, content, signers } } = renewing
  const now = platform.now()
  const told = await lastTold(tx, {
    applicantId: by.id, topicId: topic.id,
    phones: signers.map(({ phone }) => phoneIndexOf(platform, content.form[phone] ?? '')),
  })
  return signers.map((signer): Asked => {
    const kept = asBefore(platform, renewing, signer)
    const phone = content.form[signer.phone] ?? ''
    const phoneName = phoneIndexOf(platform, phone).toString('hex')
    const last = told.get(phoneName)
    const due = kept.row.state !== 'signed' &&
      (last === undefined || now.getTime() - last.getTime() >= DAY_MS)
    // Two places of one person are one message.
    if (due) told.set(phoneName, now)
    return { ...kept, phone, due, row: { ...kept.row, told_at: due ? now : last ?? now } }
  })
}

/** The invitation this signer has, brought up to date; a new one for a new person or phone. */
function asBefore(
  platform: Platform,
  { inviting: { content }, signing, before, isSame }: Renewing,
  signer: Signer,
): { row: Insertable<SigningInvitations>; code: string } {
  const { keys } = platform
  const now = platform.now()
  const idIndex = personIndex(platform, content.form[signer.idNumber] ?? '')
  const phoneIndex = phoneIndexOf(platform, content.form[signer.phone] ?? '')
  const old = before.find((one) => one.signer_id === signer.id &&
    one.id_index.equals(idIndex) && one.phone_index.equals(phoneIndex) &&
    (one.expires_at > now || (isSame && one.state === 'signed')))
  if (old && isSame) return { row: old, code: openCode(platform, old) }
  const id = old?.id ?? platform.newId()
  const code = old ? openCode(platform, old) : token()
  return {
    code,
    row: {
      id, signing_id: signing.id, signer_id: signer.id, code_hash: tokenHash(code),
      code_sealed: sealText(keys, codePlace(id), code), id_index: idIndex,
      phone_index: phoneIndex, state: 'waiting', told_at: now,
      expires_at: new Date(now.getTime() + VALID_DAYS * DAY_MS),
      answered_by: null, answered_at: null, answer_sealed: null,
    },
  }
}

const codePlace = (id: string) =>
  ({ table: 'signing_invitations', column: 'code_sealed', rowId: id })

/** @throws SealBroken */
export function openCode({ keys }: Pick<Platform, 'keys'>, row: InvitationRow): string {
  return openText(keys, codePlace(row.id), row.code_sealed)
}

async function tell(
  tx: Tx,
  platform: Platform,
  { topic, asked }: { topic: Topic; asked: readonly Asked[] },
): Promise<void> {
  const now = platform.now()
  for (const { row, code, phone, due } of asked) {
    if (!due) continue
    const link = `${platform.config.publicUrl}/pages/countersign/index?code=${code}`
    await queueSms(tx, platform, {
      key: `signing/${row.id}/${now.getTime()}`, phone, until: new Date(row.expires_at),
      text: `有人请您在“${topic.title}”的申请上签名。请打开 ${link} ，登录并实名核验后查看、签名，` +
        `${VALID_DAYS} 天内有效。不知道这件事的，请不要签。`,
    })
  }
}

/** Whoever had signed what is now changed learns it in the app, SMS of the day or not. */
async function tellVoided(
  tx: Tx,
  platform: Platform,
  { topic, before }: { topic: Topic; before: readonly InvitationRow[] },
): Promise<void> {
  const people = new Set(before.flatMap(({ state, answered_by: id }) =>
    (state === 'signed' && id ? [id] : [])))
  await addMessages(tx, [...people].map((personId) => ({
    id: platform.newId(), personId, caseId: null, at: platform.now(), title: '签名要重签',
    text: `“${topic.title}”的申请改过内容，您的签名已作废。请从邀请短信里的链接进去，重新查看、签名。`,
  })))
}
