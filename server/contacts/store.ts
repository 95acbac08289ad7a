import type { Selectable } from 'kysely'
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

interface NewList extends Unit {
  lines: readonly Line[]
  draft: boolean
}

/** The whole list of a unit in place of the former one. */
export async function replaceUnit(
  tx: Tx,
  { keys, now, newId }: { keys: KeyRing; now: () => Date; newId: () => string },
  { departmentId, regionCode, lines, draft }: NewList,
): Promise<void> {
  await tx.deleteFrom('contacts').where('department_id', '=', departmentId)
    .where('region_code', '=', regionCode).execute()
  const rows = lines.map((line, n) => {
    const id = newId()
    return {
      id, department_id: departmentId, region_code: regionCode, seq: n + 1,
      topic_id: line.topicId, item_id: line.itemId, role: line.role, stage: line.stage,
      name_sealed: sealText(keys, placeOf(id, 'name_sealed'), line.name),
      phone_sealed: sealText(keys, placeOf(id, 'phone_sealed'), line.phone),
      note_sealed: line.note ? sealText(keys, placeOf(id, 'note_sealed'), line.note) : null,
      draft, saved_at: now(),
    }
  })
  for (let n = 0; n < rows.length; n += 200) {
    await tx.insertInto('contacts').values(rows.slice(n, n + 200)).execute()
  }
}
