import type { Insertable, Selectable } from 'kysely'
import type { Db, Tx } from '../db/pool'
import type { SigningInvitations, Signings } from '../db/schema'

export type SigningRow = Selectable<Signings>
export type InvitationRow = Selectable<SigningInvitations>

export interface Of {
  applicantId: string
  requestId: string
}

export function findSigning(db: Db, { applicantId, requestId }: Of) {
  return db.selectFrom('signings').selectAll()
    .where('applicant_id', '=', applicantId).where('request_id', '=', requestId)
    .executeTakeFirst()
}

/** The signing of a draft, made if it is new, locked until the transaction ends. */
export async function openSigning(
  tx: Tx,
  row: Omit<SigningRow, 'closed_at'>,
): Promise<SigningRow> {
  await tx.insertInto('signings').values(row)
    .onConflict((conflict) => conflict.columns(['applicant_id', 'request_id']).doNothing())
    .execute()
  return tx.selectFrom('signings').selectAll()
    .where('applicant_id', '=', row.applicant_id).where('request_id', '=', row.request_id)
    .forUpdate().executeTakeFirstOrThrow()
}

/** Locked, so that invitations and answers of one signing happen one after the other. */
export function lockSigning(tx: Tx, id: string): Promise<SigningRow | undefined> {
  return tx.selectFrom('signings').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function changeSigning(
  tx: Tx,
  { id, contentSealed, keptUntil }: { id: string; contentSealed: Buffer; keptUntil: Date },
): Promise<void> {
  await tx.updateTable('signings')
    .set({ content_sealed: contentSealed, kept_until: keptUntil, closed_at: null })
    .where('id', '=', id).execute()
}

/** The case has what was signed, or is no more: nothing of it is kept here. */
export async function closeSigning(
  tx: Tx,
  { applicantId, requestId, at }: Of & { at: Date },
): Promise<void> {
  await tx.updateTable('signings').set({ closed_at: at, content_sealed: null })
    .where('applicant_id', '=', applicantId).where('request_id', '=', requestId)
    .where('closed_at', 'is', null).execute()
}

export function invitationsOf(db: Db, signingId: string): Promise<InvitationRow[]> {
  return db.selectFrom('signing_invitations').selectAll().where('signing_id', '=', signingId)
    .execute()
}

/** Exactly these from now on. */
export async function replaceInvitations(
  tx: Tx,
  signingId: string,
  rows: readonly Insertable<SigningInvitations>[],
): Promise<void> {
  await tx.deleteFrom('signing_invitations').where('signing_id', '=', signingId).execute()
  if (rows.length > 0) await tx.insertInto('signing_invitations').values(rows).execute()
}

/** When an applicant last had us write to these phones for a topic; by phone index in hex. */
export async function lastTold(
  db: Db,
  q: { applicantId: string; topicId: string; phones: readonly Buffer[] },
): Promise<Map<string, Date>> {
  if (q.phones.length === 0) return new Map()
  const rows = await db.selectFrom('signing_invitations as i')
    .innerJoin('signings as s', 's.id', 'i.signing_id')
    .where('s.applicant_id', '=', q.applicantId).where('s.topic_id', '=', q.topicId)
    .where('i.phone_index', 'in', q.phones)
    .groupBy('i.phone_index')
    .select((eb) => ['i.phone_index', eb.fn.max('i.told_at').as('at')])
    .execute()
  return new Map(rows.map((row) => [row.phone_index.toString('hex'), row.at]))
}

export interface Found {
  invitation: InvitationRow
  signing: SigningRow
  /** the real-name account of whom it is meant for; none yet: nobody may open it */
  signerId: string | undefined
}

export async function findInvitation(db: Db, codeHash: Buffer): Promise<Found | undefined> {
  const invitation = await db.selectFrom('signing_invitations').selectAll()
    .where('code_hash', '=', codeHash).executeTakeFirst()
  if (!invitation) return undefined
  const signing = await db.selectFrom('signings').selectAll()
    .where('id', '=', invitation.signing_id).executeTakeFirst()
  const signer = await db.selectFrom('people').select('id')
    .where('id_index', '=', invitation.id_index).where('verified_at', 'is not', null)
    .executeTakeFirst()
  return signing && { invitation, signing, signerId: signer?.id }
}

export async function answerInvitation(
  tx: Tx,
  answer: {
    id: string
    state: 'signed' | 'declined'
    by: string
    at: Date
    sealed: Buffer
  },
): Promise<void> {
  await tx.updateTable('signing_invitations').set({
    state: answer.state, answered_by: answer.by, answered_at: answer.at,
    answer_sealed: answer.sealed,
  }).where('id', '=', answer.id).execute()
}
