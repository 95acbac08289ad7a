/** Who stands at the window: the person with this ID card, known already or made now. */
import type { Proved } from '../../core/contract/counter'
import { Refused } from '../../core/refusal'
import { judge, normalise } from '../../core/values'
import { personIndex, sealText } from '../crypto'
import type { Db, Tx } from '../db/pool'
import { openPerson } from '../people/service'
import { findPersonBy } from '../people/store'
import type { Platform } from '../platform'

/** As on the card the clerk holds. */
export interface Card {
  name: string
  idNumber: string
}

/** @throws {Refused} IDENTITY_MISMATCH for what no ID card can say */
export function readCard(given: Card): Card {
  const name = normalise('name', given.name)
  const idNumber = normalise('idNumber', given.idNumber)
  if (judge({ type: 'name' }, name) ?? judge({ type: 'idNumber' }, idNumber)) {
    throw new Refused('IDENTITY_MISMATCH')
  }
  return { name, idNumber }
}

/**
 * How the name is known to belong to the number. The card is there to be looked at, so a window
 * goes on while the identity service is down.
 * @throws {Refused} IDENTITY_MISMATCH with the account of that number, or with the service
 */
export async function prove(platform: Platform, card: Card): Promise<Proved> {
  const there = await personOf(platform.db.db, platform, card)
  if (there) {
    const { name } = await openPerson(platform.db.db, platform, there)
    if (name !== card.name) throw new Refused('IDENTITY_MISMATCH')
    return 'account'
  }
  try {
    const { match } = await platform.outside.identity.check(card)
    if (!match) throw new Refused('IDENTITY_MISMATCH')
    return 'service'
  } catch (error) {
    if (error instanceof Refused && error.code === 'OUTSIDE_DOWN') return 'card'
    throw error
  }
}

/**
 * The account of this ID number, or a new row that becomes part of the account whose owner later
 * proves the same number (mandates/principals.ts). The phone told at the window gets messages; as
 * nobody proved to hold it, nobody signs in by it.
 */
export async function applicantOf(
  tx: Tx,
  platform: Platform,
  { card, phone }: { card: Card; phone: string | undefined },
): Promise<string> {
  const there = await personOf(tx, platform, card)
  if (there) return there
  const id = platform.newId()
  const at = platform.now()
  const sealed = (column: string, text: string) =>
    sealText(platform.keys, { table: 'people', column, rowId: id }, text)
  await tx.insertInto('people').values({
    id, created_at: at, verified_at: at, id_index: personIndex(platform, card.idNumber),
    id_sealed: sealed('id_sealed', card.idNumber), name_sealed: sealed('name_sealed', card.name),
    phone_sealed: phone === undefined ? null : sealed('phone_sealed', phone),
    // Two windows at once: the second finds the one that was first.
  }).onConflict((conflict) => conflict.doNothing()).execute()
  return await personOf(tx, platform, card) ?? id
}

/** The account of this ID number, if there is one. */
export function personOf(
  db: Db,
  platform: Platform,
  { idNumber }: Pick<Card, 'idNumber'>,
): Promise<string | undefined> {
  return findPersonBy(db, { column: 'id_index', index: personIndex(platform, idNumber) })
}
