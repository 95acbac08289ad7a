import { type Selectable, sql } from 'kysely'
import type { ContactRole, ContactStage } from '../../core/escalation'
import { prefectureOf } from '../../core/escalation'
import { type KeyRing, openText, sealText } from '../crypto'
import type { Db, Tx } from '../db/pool'
import type { Contacts } from '../db/supervision-tables'

export type ContactRow = Selectable<Contacts>

/** A unit: a department in a region. */
export interface Unit {
  departmentId: string
  regionCode: string
}

/** One line of a unit's list, in the clear. */
export interface Line {
  topicId: string | null
  itemId: string | null
  role: ContactRole
  stage: ContactStage | null
  name: string
  phone: string
  note: string
}

const placeOf = (id: string, column: string) => ({ table: 'contacts', column, rowId: id })

/** What is sealed of a contact. */
export function openContact(keys: KeyRing, row: ContactRow) {
  const { id, name_sealed: name, phone_sealed: phone, note_sealed: note } = row
  return {
    name: openText(keys, placeOf(id, 'name_sealed'), name),
    phone: openText(keys, placeOf(id, 'phone_sealed'), phone),
    note: note ? openText(keys, placeOf(id, 'note_sealed'), note) : '',
  }
}

export interface ContactQuery {
  regions: readonly string[]
  departmentId: string | undefined
  after: { regionCode: string; departmentId: string; seq: number } | undefined
  limit: number
}

/** One page, unit by unit in the order of their lists. Index: the unique key. */
export function contactRows(db: Db, q: ContactQuery): Promise<ContactRow[]> {
  const { after } = q
  return db.selectFrom('contacts').selectAll()
    .where('region_code', 'in', [...q.regions])
    .$if(q.departmentId !== undefined, (some) =>
      some.where('department_id', '=', q.departmentId ?? ''))
    .$if(after !== undefined, (some) => some.where((eb) => eb(
      eb.refTuple('region_code', 'department_id', 'seq'), '>',
      eb.tuple(after?.regionCode ?? '', after?.departmentId ?? '', after?.seq ?? 0))))
    .orderBy('region_code').orderBy('department_id').orderBy('seq').limit(q.limit).execute()
}

/** Everyone of a department who may answer in a region: its own people and the prefecture's. */
export function contactsOfUnit(db: Db, { departmentId, regionCode }: Unit): Promise<ContactRow[]> {
  return db.selectFrom('contacts').selectAll().where('department_id', '=', departmentId)
    .where('region_code', 'in', [regionCode, prefectureOf(regionCode)])
    .orderBy('region_code').orderBy('seq').execute()
}

export function contactById(db: Db, id: string): Promise<ContactRow | undefined> {
  return db.selectFrom('contacts').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Nobody else changes it until the end of the transaction. */
export function lockContact(tx: Tx, id: string): Promise<ContactRow | undefined> {
  return tx.selectFrom('contacts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Lines are added to a list, and lists replaced, one after the other. */
async function lockUnit(tx: Tx, { departmentId, regionCode }: Unit): Promise<void> {
  const name = `contacts:${regionCode}.${departmentId}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx)
}

interface NewList extends Unit {
  lines: readonly Line[]
  draft: boolean
  /** name of whoever saves it; null: nobody of staff */
  savedBy: string | null
}

interface House {
  keys: KeyRing
  now: () => Date
  newId: () => string
}

const sealed = (keys: KeyRing, id: string, line: Line) => ({
  topic_id: line.topicId, item_id: line.itemId, role: line.role, stage: line.stage,
  name_sealed: sealText(keys, placeOf(id, 'name_sealed'), line.name),
  phone_sealed: sealText(keys, placeOf(id, 'phone_sealed'), line.phone),
  note_sealed: line.note ? sealText(keys, placeOf(id, 'note_sealed'), line.note) : null,
})

/** One more line at the end of a unit's list; undefined if it is as long as lists may be. */
export async function addLine(
  tx: Tx,
  { keys, now, newId }: House,
  { unit, line, savedBy, most }: { unit: Unit; line: Line; savedBy: string; most: number },
): Promise<ContactRow | undefined> {
  await lockUnit(tx, unit)
  const { departmentId: department_id, regionCode: region_code } = unit
  const { last, count } = await tx.selectFrom('contacts')
    .where('department_id', '=', department_id).where('region_code', '=', region_code)
    .select((eb) => [eb.fn.max('seq').as('last'), eb.fn.countAll<number>().as('count')])
    .executeTakeFirstOrThrow()
  if (count >= most) return undefined
  const id = newId()
  return tx.insertInto('contacts').values({
    id, department_id, region_code, seq: (last ?? 0) + 1, ...sealed(keys, id, line),
    draft: false, saved_at: now(), saved_by: savedBy,
  }).returningAll().executeTakeFirstOrThrow()
}

/** @param id  of a locked line */
export function changeLine(
  tx: Tx,
  { keys, now }: Pick<House, 'keys' | 'now'>,
  { row: { id, revision }, line, savedBy }: { row: ContactRow; line: Line; savedBy: string },
): Promise<ContactRow> {
  return tx.updateTable('contacts').set({
    ...sealed(keys, id, line), draft: false, saved_at: now(), saved_by: savedBy,
    revision: revision + 1,
  }).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

export async function removeLine(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('contacts').where('id', '=', id).execute()
}

/** The whole list of a unit in place of the former one. */
export async function replaceUnit(
  tx: Tx,
  { keys, now, newId }: House,
  { departmentId, regionCode, lines, draft, savedBy }: NewList,
): Promise<void> {
  await lockUnit(tx, { departmentId, regionCode })
  await tx.deleteFrom('contacts').where('department_id', '=', departmentId)
    .where('region_code', '=', regionCode).execute()
  const rows = lines.map((line, n) => {
    const id = newId()
    return {
      id, department_id: departmentId, region_code: regionCode, seq: n + 1,
      ...sealed(keys, id, line), draft, saved_at: now(), saved_by: savedBy,
    }
  })
  for (let n = 0; n < rows.length; n += 200) {
    await tx.insertInto('contacts').values(rows.slice(n, n + 200)).execute()
  }
}
