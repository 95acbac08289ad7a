/** Signing and declining. Until the case is filed a signer may change their mind. */
import type { Countersigning, DeclineBody, SignBody } from '../../core/contract/signing'
import { makePlan } from '../../core/plan'
import { Refused } from '../../core/refusal'
import type { Citizen } from '../actor'
import { record } from '../audit/store'
import { isFirst } from '../cases/request'
import type { Tx } from '../db/pool'
import { messageJob } from '../messages/sms'
import { addMessages } from '../messages/store'
import { enqueue } from '../outbox/store'
import type { Platform } from '../platform'
import { loadTopic } from '../topics/service'
import { type Answered, contentHash, openSigned, sealAnswer } from './content'
import { countersigningOf, isLate, sameSigner } from './read'
import {
  type Found, type InvitationRow, type SigningRow, answerInvitation, invitationsOf, lockSigning,
} from './store'

type Answer =
  | { do: 'sign'; by: Citizen; body: SignBody }
  | { do: 'decline'; by: Citizen; body: DeclineBody }

/**
 * The caller has made sure that it is the person invited.
 * @throws {Refused} ACTION_NOT_ALLOWED if it was changed since it was read, is too late, filed, or
 * answered so already; REQUEST_REUSED
 */
export async function answerSigning(
  platform: Platform,
  { invitation: { id, signing_id: signingId } }: Found,
  answer: Answer,
): Promise<Countersigning> {
  const found = await platform.db.inTx(async (tx) => {
    const signing = await lockSigning(tx, signingId)
    const rows = await invitationsOf(tx, signingId)
    const invitation = rows.find((row) => row.id === id)
    if (!signing || !invitation) throw new Refused('NOT_FOUND')
    const { by, body } = answer
    const request = { on: id, do: answer.do, body }
    if (await isFirst(tx, platform, { by, requestId: body.requestId, request })) {
      await keep(tx, platform, { signing, rows, invitation, answer })
    }
    const now = await invitationsOf(tx, signingId)
    return { signing, invitation: now.find((row) => row.id === id) ?? invitation }
  })
  return countersigningOf(platform, found)
}

interface Keeping {
  signing: SigningRow
  rows: readonly InvitationRow[]
  invitation: InvitationRow
  answer: Answer
}

async function keep(tx: Tx, platform: Platform, keeping: Keeping): Promise<void> {
  const { signing, rows, invitation, answer } = keeping
  const { by } = answer
  const at = platform.now()
  const state = answer.do === 'sign' ? 'signed' : 'declined'
  if (!signing.content_sealed || isLate(platform, invitation) || invitation.state === state) {
    throw new Refused('ACTION_NOT_ALLOWED')
  }
  const content = openSigned(platform.keys, signing.id, signing.content_sealed)
  const given = answered(answer, { hash: contentHash(content), at })
  const places = sameSigner(rows, invitation)
  for (const { id } of places) {
    await answerInvitation(tx, {
      id, state, by: by.id, at, sealed: sealAnswer(platform.keys, id, given),
    })
  }
  const topic = await loadTopic(platform, {
    id: content.topicId, version: content.version, db: tx,
  })
  const names = makePlan(topic, { ...content }).signers
    .filter((one) => places.some((row) => row.signer_id === one.id)).map(({ label }) => label)
  const left = rows.filter((row) => row.state !== 'signed' && !places.includes(row)).length
  await tellApplicant(tx, platform, {
    personId: signing.applicant_id,
    text: wordsOf({ state, title: topic.title, names: names.join('、'), left }),
  })
  const why = `办理“${topic.title}”`
  const what = state === 'signed' ? '签名确认' : '不同意签名'
  const object = `signing:${signing.id}`
  await record(tx, { at, by, personId: by.id, what, object, why })
  await record(tx, { at, by, personId: signing.applicant_id, what, object, why })
}

function answered(answer: Answer, { hash, at }: { hash: string; at: Date }): Answered {
  if (answer.do === 'decline') return { reason: answer.body.reason }
  const { seen, consent, signature } = answer.body
  if (seen !== hash) throw new Refused('ACTION_NOT_ALLOWED')
  return {
    signature: { personId: answer.by.id, at: at.toISOString(), hash, consent, signature },
  }
}

function wordsOf({ state, title, names, left }: {
  state: 'signed' | 'declined'
  title: string
  names: string
  left: number
}): string {
  if (state === 'declined') return `“${title}”的申请：${names}不同意签名，请打开申请看原因。`
  const rest = left === 0 ? '都签好了，可以提交' : `还差 ${left} 人`
  return `“${title}”的申请：${names}已签名，${rest}。`
}

async function tellApplicant(
  tx: Tx,
  platform: Platform,
  { personId, text }: { personId: string; text: string },
): Promise<void> {
  const at = platform.now()
  const id = platform.newId()
  await addMessages(tx, [{ id, personId, caseId: null, at, title: '签名进展', text }])
  const sms = { messageId: id, personId, text, at, kind: 'signing' } as const
  await enqueue(tx, [messageJob(platform, sms)])
}
