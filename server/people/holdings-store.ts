/** What hangs on a person across all tables: counted for the page, emptied on closing. */
import { sql } from 'kysely'
import type { HoldingKind } from '../../core/holdings'
import type { Db, Tx } from '../db/pool'

type Counted = Exclude<HoldingKind, 'account' | 'identity' | 'photos'>

export async function countsOf(db: Db, personId: string): Promise<Record<Counted, number>> {
  const { rows } = await sql<Record<Counted, number>>`
    select (select count(*)::int from sessions where person_id = ${personId}) as devices,
           (select count(*)::int from drafts where person_id = ${personId}) as drafts,
           (select count(*)::int from cases where applicant_id = ${personId}) as cases,
           (select count(*)::int from signings where applicant_id = ${personId})
             + (select count(*)::int from signing_invitations where answered_by = ${personId})
             as signings,
           (select count(*)::int from mandates where ${personId} in
             (principal_id, agent_id, made_by)) as mandates,
           (select count(*)::int from tickets where person_id = ${personId}) as tickets,
           (select count(*)::int from messages where person_id = ${personId}) as messages,
           (select count(*)::int from message_preferences where person_id = ${personId})
             as preferences,
           (select count(*)::int from bookings where person_id = ${personId}) as bookings,
           (select count(*)::int from ratings r join cases c on c.id = r.case_id
             where c.applicant_id = ${personId}) as ratings,
           (select count(*)::int from audit where person_id = ${personId}) as "access-log"
  `.execute(db)
  const [counts] = rows
  if (!counts) throw new Error('a select without from has one row')
  return counts
}

export function openCaseRows(
  db: Db,
  { personId, ended }: { personId: string; ended: readonly string[] },
) {
  return db.selectFrom('cases').select(['id', 'number', 'topic_id as topicId'])
    .where('applicant_id', '=', personId).where('state', 'not in', ended)
    .orderBy('submitted_at').orderBy('id').execute()
}

/** Calls for help somebody still works on, or waits for a word about. */
export function openTicketRows(db: Db, personId: string) {
  return db.selectFrom('tickets').select(['id', 'number', 'kind'])
    .where('person_id', '=', personId).where('state', 'in', ['open', 'answered'])
    .orderBy('opened_at').orderBy('id').execute()
}

/** Held till the end of the transaction: a case being filed waits, or is waited for. */
export function lockPerson(tx: Tx, id: string) {
  return tx.selectFrom('people').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** The row stays for the cases that point at it; who it was is gone. */
export async function emptyPerson(
  tx: Tx,
  { id, closedAt }: { id: string; closedAt: Date },
): Promise<void> {
  await tx.updateTable('people').set({
    phone_index: null, phone_sealed: null, wechat_index: null, id_index: null, name_sealed: null,
    id_sealed: null, verified_at: null, region_code: null, elder: false, closed_at: closedAt,
  }).where('id', '=', id).execute()
}

/** The codes sent to a phone; answers their challenges, which name the messages in the outbox. */
export async function dropCodes(tx: Tx, phoneIndex: Buffer | null): Promise<string[]> {
  if (!phoneIndex) return []
  const rows = await tx.deleteFrom('otps').where('phone_index', '=', phoneIndex)
    .returning('challenge').execute()
  return rows.map(({ challenge }) => challenge)
}

/** Answers the ids, which name the SMS beside them. */
export async function dropMessages(tx: Tx, personId: string): Promise<string[]> {
  const rows = await tx.deleteFrom('messages').where('person_id', '=', personId)
    .returning('id').execute()
  return rows.map(({ id }) => id)
}

export async function dropPreferences(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('message_preferences').where('person_id', '=', personId).execute()
}

/** A place that was kept goes to somebody else. */
export async function dropBookings(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('bookings').where('person_id', '=', personId).execute()
}

export async function dropRequests(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('requests').where('actor_id', '=', personId).execute()
}

/** Tries counted by the account; those of its phone run out by themselves within two days. */
export async function dropTries(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('attempts').where('key', 'like', `%:${personId}`).execute()
}
