import { type Selectable, sql } from 'kysely'
import type { Outcome, Standing } from '../../core/ticket'
import type { TicketEvent } from '../../core/ticket-words'
import type { Db, Tx } from '../db/pool'
import type { TicketEntries, Tickets } from '../db/ticket-tables'
import type { Subject } from '../policies'

export type TicketRow = Selectable<Tickets>
export type EntryRow = Selectable<TicketEntries>

export const outcomeOf = ({ outcome }: Pick<TicketRow, 'outcome'>) =>
  outcome as Outcome | null // written by move.ts
export const eventOf = ({ event }: Pick<EntryRow, 'event'>) =>
  event as TicketEvent // likewise

export function standingOf({ kind, state, rung, department_id: department }: TicketRow): Standing {
  return { kind, state, rung, hasDepartment: department !== null }
}

export interface TicketSubject extends Subject {
  ownerId: string
  regionCode: string
}

/** A department sees a ticket from the moment it is sent to it. */
export async function ticketSubject(db: Db, id: string): Promise<TicketSubject | undefined> {
  const row = await db.selectFrom('tickets')
    .select(['person_id', 'topic_id', 'region_code', 'department_id', 'sent_at'])
    .where('id', '=', id).executeTakeFirst()
  return row && {
    ownerId: row.person_id,
    topicId: row.topic_id ?? undefined,
    regionCode: row.region_code,
    departments: row.sent_at && row.department_id ? [row.department_id] : [],
  }
}

/** `QZ202611230042`: read out on the phone, so digits only after the letters. */
export async function nextNumber(tx: Tx, day: string): Promise<string> {
  const { rows } = await sql<{ n: string }>`select nextval('ticket_numbers') as n`.execute(tx)
  const n = Number(rows[0]?.n ?? 0) % 100_000
  return `QZ${day.replace(/-/g, '')}${String(n).padStart(5, '0')}`
}

/** False when this refusal has its report already. */
export async function insertTicket(tx: Tx, row: TicketRow): Promise<boolean> {
  const made = await tx.insertInto('tickets').values(row)
    .onConflict((conflict) => conflict.columns(['case_id', 'refusal'])
      .where('refusal', 'is not', null).doNothing())
    .returning('id').executeTakeFirst()
  return made !== undefined
}

/** Locked until the transaction ends: everything done to one ticket happens one after the other. */
export function lockTicket(
  tx: Tx,
  id: string,
  skipLocked = false,
): Promise<TicketRow | undefined> {
  const query = tx.selectFrom('tickets').selectAll().where('id', '=', id).forUpdate()
  return (skipLocked ? query.skipLocked() : query).executeTakeFirst()
}

export function ticketOfRequest(
  db: Db,
  { personId, requestId }: { personId: string; requestId: string },
): Promise<TicketRow | undefined> {
  return db.selectFrom('tickets').selectAll()
    .where('person_id', '=', personId).where('request_id', '=', requestId).executeTakeFirst()
}

/** The report of a refusal the citizen has not spoken about yet, the latest first. */
export function lockReport(
  tx: Tx,
  { caseId, itemId }: { caseId: string; itemId: string | null },
): Promise<TicketRow | undefined> {
  return tx.selectFrom('tickets').selectAll()
    .where('case_id', '=', caseId).where('state', '=', 'reported')
    .$if(itemId !== null, (some) => some.where('item_id', '=', itemId))
    .orderBy('id', 'desc').limit(1).forUpdate().executeTakeFirst()
}

export async function saveTicket(tx: Tx, { id, ...row }: TicketRow): Promise<void> {
  await tx.updateTable('tickets').set(row).where('id', '=', id).execute()
}

export async function appendEntry(
  tx: Tx,
  { event, ...entry }: Omit<EntryRow, 'event'> & { event: TicketEvent },
): Promise<void> {
  await tx.insertInto('ticket_entries').values({ ...entry, event: JSON.stringify(event) })
    .execute()
}

export interface TicketRows {
  row: TicketRow
  entries: readonly EntryRow[]
  caseNumber: string | null
}

/** Everything a view of a ticket shows, in one snapshot. */
export function readTicket(db: Db, id: string): Promise<TicketRows | undefined> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
    .execute(async (tx) => {
      const found = await tx.selectFrom('tickets as t').leftJoin('cases as c', 'c.id', 't.case_id')
        .selectAll('t').select('c.number as case_number')
        .where('t.id', '=', id).executeTakeFirst()
      if (!found) return undefined
      const { case_number: caseNumber, ...row } = found
      const entries = await tx.selectFrom('ticket_entries').selectAll()
        .where('ticket_id', '=', id).orderBy('seq').execute()
      return { row, entries, caseNumber }
    })
}
