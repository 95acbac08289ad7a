/** Ones without an account: a child, a company. They have a row of their own, never a session. */
import { personIndex, sealText } from '../crypto'
import type { Tx } from '../db/pool'
import { carryGiven } from '../drafts/service'
import { findPersonBy } from '../people/store'
import type { Platform } from '../platform'
import { endSessions } from '../session/devices'
import type { Proved } from './proof'

/** Whoever has this ID number or code, made if nobody has: their name is proved already. */
export async function principalOf(
  tx: Tx,
  platform: Platform,
  { kind, name, idNumber }: Pick<Proved, 'kind' | 'name' | 'idNumber'>,
): Promise<string> {
  const index = personIndex(platform, idNumber)
  const there = await findPersonBy(tx, { column: 'id_index', index })
  if (there) return there
  const id = platform.newId()
  const at = platform.now()
  const place = (column: string) => ({ table: 'people', column, rowId: id })
  await tx.insertInto('people').values({
    id, kind: kind === 'company' ? 'company' : 'person', created_at: at, verified_at: at,
    id_index: index, id_sealed: sealText(platform.keys, place('id_sealed'), idNumber),
    name_sealed: sealText(platform.keys, place('name_sealed'), name),
    // Two parents at once: the second finds the one that was first.
  }).onConflict((conflict) => conflict.doNothing()).execute()
  return (await findPersonBy(tx, { column: 'id_index', index })) ?? id
}

/**
 * A child grew up, or got a phone of their own: what was done for them goes along to the account
 * that was just proved to be theirs. Whoever acted for them still does, for as long as they may.
 * @returns false if the ID number is that of another account
 */
export async function takeOver(
  tx: Tx,
  platform: Platform,
  { idIndex, personId }: { idIndex: Buffer; personId: string },
): Promise<boolean> {
  const row = await tx.selectFrom('people').select(['id', 'phone_index', 'wechat_index', 'kind'])
    .where('id_index', '=', idIndex).forUpdate().executeTakeFirst()
  if (!row || row.id === personId) return true
  if (row.phone_index || row.wechat_index || row.kind !== 'person') return false
  const { id: from } = row
  await tx.updateTable('cases').set({ applicant_id: personId })
    .where('applicant_id', '=', from).execute()
  await tx.updateTable('messages').set({ person_id: personId })
    .where('person_id', '=', from).execute()
  await tx.updateTable('tickets').set({ person_id: personId })
    .where('person_id', '=', from).execute()
  await tx.updateTable('signings').set({ applicant_id: personId })
    .where('applicant_id', '=', from).execute()
  await takeMaterials(tx, { from, personId })
  await tx.updateTable('mandates').set({ principal_id: personId })
    .where('principal_id', '=', from).execute()
  await carryGiven(tx, platform, { from, to: personId })
  // The others are sealed to the row they were begun in, and begun by somebody else.
  await tx.deleteFrom('drafts').where('person_id', '=', from).execute()
  await tx.updateTable('people')
    .set({ id_index: null, id_sealed: null, name_sealed: null, verified_at: null,
      phone_sealed: null, merged_into: personId })
    .where('id', '=', from).execute()
  await endSessions(tx, { personId: from })
  return true
}

/** A photo both have uploaded stays where it is: the same file of one person is one upload. */
async function takeMaterials(
  tx: Tx,
  { from, personId }: { from: string; personId: string },
): Promise<void> {
  await tx.updateTable('materials').set({ owner_id: personId }).where('owner_id', '=', from)
    .where('sha256', 'not in', tx.selectFrom('materials').select('sha256')
      .where('owner_id', '=', personId))
    .execute()
}
