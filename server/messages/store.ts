import type { Db } from '../db/pool'

export interface NewMessage {
  id: string
  personId: string
  caseId: string | null
  ticketId?: string
  at: Date
  title: string
  text: string
}

export async function addMessages(db: Db, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return
  const rows = messages.map(({ personId, caseId, ticketId = null, ...rest }) =>
    ({ person_id: personId, case_id: caseId, ticket_id: ticketId, ...rest }))
  await db.insertInto('messages').values(rows).execute()
}

/** One page of a person's messages, newest first. Index: messages_person. */
export function messagesOf(
  db: Db,
  q: { personId: string; before: { at: Date; id: string } | undefined; limit: number },
) {
  const { before } = q
  return db.selectFrom('messages').selectAll().where('person_id', '=', q.personId)
    .$if(before !== undefined, (some) => some.where((eb) => eb(
      eb.refTuple('at', 'id'), '<', eb.tuple(before?.at ?? new Date(0), before?.id ?? ''))))
    .orderBy('at', 'desc').orderBy('id', 'desc').limit(q.limit).execute()
}

export async function ownerOfMessage(db: Db, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('messages').select('person_id').where('id', '=', id)
    .executeTakeFirst()
  return row?.person_id
}

/** The first reading counts. */
export async function markRead(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable('messages').set({ read_at: at })
    .where('id', '=', id).where('read_at', 'is', null).execute()
}
