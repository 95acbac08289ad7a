import type { Countersigning, SignerState, Signing } from '../../core/contract/signing'
import { makePlan } from '../../core/plan'
import { sheetFor } from '../../core/signing'
import { mask } from '../../core/values'
import { openPerson } from '../people/service'
import type { Platform } from '../platform'
import { loadTopic } from '../topics/service'
import { contentHash, openAnswer, openSigned } from './content'
import { openCode } from './invite'
import {
  type Found, type InvitationRow, type Of, type SigningRow, findSigning, invitationsOf,
} from './store'

/** How far it is, as the applicant sees it; nobody invited yet: no signers. */
export async function signingOf(platform: Platform, of: Of): Promise<Signing> {
  const { db } = platform.db
  const signing = await findSigning(db, of)
  if (!signing?.content_sealed) return { contentHash: null, signers: [] }
  const { plan, content } = await planOf(platform, signing, signing.content_sealed)
  const rows = await invitationsOf(db, signing.id)
  return {
    contentHash: contentHash(content),
    signers: plan.signers.map(({ id, label }) =>
      stateOf(platform, { id, label, row: rows.find((one) => one.signer_id === id) })),
  }
}

async function planOf(platform: Platform, { id }: SigningRow, sealed: Buffer) {
  const content = openSigned(platform.keys, id, sealed)
  const topic = await loadTopic(platform, {
    id: content.topicId, version: content.version, db: platform.db.db,
  })
  return { topic, content, plan: makePlan(topic, { ...content }) }
}

/** Who has no invitation is the applicant: they sign when they submit. */
function stateOf(
  platform: Platform,
  { id, label, row }: { id: string; label: string; row: InvitationRow | undefined },
): SignerState {
  if (!row) {
    const nothing = { code: null, toldAt: null, answeredAt: null, expiresAt: null, reason: null }
    return { id, label, state: 'self', ...nothing }
  }
  return {
    id, label, state: isLate(platform, row) ? 'expired' : row.state,
    code: openCode(platform, row),
    toldAt: row.told_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
    reason: openAnswer(platform.keys, row).reason ?? null,
  }
}

/** A signature given in time stays; an invitation unanswered ends. */
export function isLate({ now }: Pick<Platform, 'now'>, row: InvitationRow): boolean {
  return row.state !== 'signed' && row.expires_at <= now()
}

/** What the person invited reads; the caller has made sure that it is them. */
export async function countersigningOf(
  platform: Platform,
  { invitation, signing }: Pick<Found, 'invitation' | 'signing'>,
): Promise<Countersigning> {
  const { catalogue } = platform
  const applicant = await openPerson(platform.db.db, platform, signing.applicant_id)
  const title = catalogue.topics.find(({ id }) => id === signing.topic_id)?.title ?? ''
  const about = {
    topicId: signing.topic_id,
    expiresAt: invitation.expires_at.toISOString(),
    answeredAt: invitation.answered_at?.toISOString() ?? null,
    applicant: mask('name', applicant.name ?? ''),
  }
  const sealed = signing.content_sealed
  if (!sealed || isLate(platform, invitation)) {
    return {
      ...about, topicTitle: title, state: sealed ? 'expired' : 'filed', labels: [], region: '',
      seen: null, sheet: null,
    }
  }
  const { topic, plan, content } = await planOf(platform, signing, sealed)
  const rows = await invitationsOf(platform.db.db, signing.id)
  const as = sameSigner(rows, invitation).map((row) => row.signer_id)
  const sheet = sheetFor(topic, plan, { form: content.form, as, regions: catalogue.regions })
  return {
    ...about, topicTitle: topic.title, state: invitation.state,
    labels: plan.signers.filter(({ id }) => as.includes(id)).map(({ label }) => label),
    region: catalogue.regions.find(({ code }) => code === content.regionCode)?.name ?? '',
    seen: contentHash(content),
    // the same shape, writable
    sheet: sheet as Countersigning['sheet'],
  }
}

/** All the places in which the person of this invitation signs: one signature serves them all. */
export function sameSigner(
  rows: readonly InvitationRow[],
  { id_index: person }: InvitationRow,
): InvitationRow[] {
  return rows.filter((row) => row.id_index.equals(person))
}
