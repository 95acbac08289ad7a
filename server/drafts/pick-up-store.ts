import type { Selectable } from 'kysely'
import type { PickUpCodes } from '../db/counter-tables'
import type { Db, Tx } from '../db/pool'

export type PickUpRow = Selectable<PickUpCodes>

interface Key {
  personId: string
  topicId: string
}

/** Takes the place of an earlier one of the same draft. */
export async function putPickUp(
  tx: Tx,
  { personId, topicId, hash, madeAt, expiresAt }: Key & {
    hash: Buffer
    madeAt: Date
    expiresAt: Date
  },
): Promise<void> {
  const values = { code_hash: hash, made_at: madeAt, expires_at: expiresAt, wrong: 0 }
  await tx.insertInto('pick_up_codes')
    .values({ person_id: personId, topic_id: topicId, ...values })
    .onConflict((conflict) => conflict.columns(['person_id', 'topic_id']).doUpdateSet(values))
    .execute()
}

export function findPickUp(db: Db, { personId, topicId }: Key): Promise<PickUpRow | undefined> {
  return db.selectFrom('pick_up_codes').selectAll()
    .where('person_id', '=', personId).where('topic_id', '=', topicId).executeTakeFirst()
}

/** Held till the end of the transaction, so that every wrong one counts. */
export function lockPickUp(tx: Tx, { personId, topicId }: Key): Promise<PickUpRow | undefined> {
  return tx.selectFrom('pick_up_codes').selectAll()
    .where('person_id', '=', personId).where('topic_id', '=', topicId)
    .forUpdate().executeTakeFirst()
}

export async function countWrong(tx: Tx, { personId, topicId }: Key): Promise<void> {
  await tx.updateTable('pick_up_codes').set((eb) => ({ wrong: eb('wrong', '+', 1) }))
    .where('person_id', '=', personId).where('topic_id', '=', topicId).execute()
}

export async function deletePickUp(db: Db, { personId, topicId }: Key): Promise<void> {
  await db.deleteFrom('pick_up_codes')
    .where('person_id', '=', personId).where('topic_id', '=', topicId).execute()
}
