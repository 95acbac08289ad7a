/** One line of the contact table at a time: added, changed, taken out. */
import { shanghaiTime } from '../../core/clock'
import {
  type Contact, type ContactActionBody, type ContactAddBody, type ContactSaved,
  type ContactScopes, MOST_CONTACTS_OF_A_UNIT,
} from '../../core/contract/contact'
import { CONTACT_ROLES } from '../../core/escalation'
import { Refused } from '../../core/refusal'
import type { StaffMember } from '../actor'
import { record } from '../audit/store'
import { formProblems } from '../cases/filled'
import { isFirst } from '../cases/request'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { keepsContacts, regionsOf } from '../policies'
import { lineProblems, toLine } from './lines'
import { toContact } from './service'
import {
  type ContactRow, type Line, addLine, changeLine, lockContact, openContact, removeLine,
} from './store'

/** Where lines of a form's problems begin. */
const WHERE = 'contact'

/** Whom one may add; no departments: nobody. */
export function contactScopes({ catalogue }: Platform, by: StaffMember): ContactScopes {
  const regions = regionsOf(catalogue, by.region)
  const departments = catalogue.departments.filter(({ id }) =>
    keepsContacts(by, { regionCode: by.region, departments: [id] }))
  return {
    regions,
    departments: departments.map(({ id, short }) => ({
      id, name: short,
      topics: catalogue.topics.flatMap((topic) => {
        const items = topic.items.filter(({ department }) => department === id)
        if (items.length === 0) return []
        const named = items.map((one) => ({ id: one.id, name: one.name }))
        return [{ id: topic.id, name: topic.title, items: named }]
      }),
    })),
  }
}

/** @throws {Refused} FORM_PROBLEMS, REQUEST_REUSED */
export async function addContact(
  platform: Platform,
  { by, body }: { by: StaffMember; body: ContactAddBody },
): Promise<ContactSaved> {
  const { requestId, departmentId, regionCode } = body
  const { departments, regions } = platform.catalogue
  if (!departments.some(({ id }) => id === departmentId)) throw fault('departmentId', '没有这个部门。')
  if (!regions.some(({ code }) => code === regionCode)) throw fault('regionCode', '没有这个县市。')
  const unit = { departmentId, regionCode }
  const line = checked(platform, departmentId, body.contact)
  const row = await platform.db.inTx(async (tx) => {
    const first = await isFirst(tx, platform, { by, requestId, request: { contact: body } })
    if (!first) return undefined
    const added = await addLine(tx, platform, {
      unit, line, savedBy: by.name, most: MOST_CONTACTS_OF_A_UNIT,
    })
    if (!added) throw fault('departmentId', `一个单位最多 ${MOST_CONTACTS_OF_A_UNIT} 人。`)
    await note(tx, platform, { by, row: added, what: '添加责任人', why: CONTACT_ROLES[line.role] })
    return added
  })
  return { contact: row ? toContact(platform, row, by) : null }
}

/**
 * Changes a line or takes it out, if it still is as it was seen.
 * @throws {Refused} EDITED_MEANWHILE with the line as it is now; NOT_FOUND, FORM_PROBLEMS
 */
export async function actOnContact(
  platform: Platform,
  { id, by, body }: { id: string; by: StaffMember; body: ContactActionBody },
): Promise<ContactSaved> {
  const row = await platform.db.inTx(async (tx) => {
    const there = await lockContact(tx, id)
    if (!there) throw new Refused('NOT_FOUND')
    const { requestId } = body
    if (!await isFirst(tx, platform, { by, requestId, request: { id, body } })) return there
    if (there.revision !== body.revision) throw meanwhile(there, toContact(platform, there, by))
    if (body.do === 'remove') {
      await removeLine(tx, id)
      const why = CONTACT_ROLES[there.role]
      await note(tx, platform, { by, row: there, what: '删除责任人', why })
      return undefined
    }
    const line = checked(platform, there.department_id, body.contact)
    const why = moved(platform, there, line)
    if (why === '') return there
    await note(tx, platform, { by, row: there, what: '修改责任人', why })
    return changeLine(tx, platform, { row: there, line, savedBy: by.name })
  })
  return { contact: row ? toContact(platform, row, by) : null }
}

/** @throws {Refused} FORM_PROBLEMS */
function checked(
  { catalogue }: Platform,
  departmentId: string,
  contact: ContactAddBody['contact'],
): Line {
  const line = toLine(contact)
  const problems = lineProblems(catalogue, { departmentId, line, where: WHERE })
  if (problems.length > 0) throw formProblems(problems)
  return line
}

const fault = (field: string, text: string) =>
  formProblems([{ field, code: 'NOT_AN_OPTION', text }])

function meanwhile({ saved_by, saved_at }: ContactRow, contact: Contact): Refused {
  const at = saved_at.toISOString()
  return new Refused('EDITED_MEANWHILE', {
    by: saved_by ?? '有人', at, time: shanghaiTime(at), contact,
  })
}

const PARTS: readonly (readonly [part: keyof Line, words: string])[] = [
  ['name', '姓名'], ['phone', '联系电话'], ['role', '责任'], ['stage', '环节'],
  ['topicId', '一件事'], ['itemId', '事项'], ['note', '备注'],
]

/** What a line says otherwise, without saying it; empty: nothing, and it is confirmed already. */
function moved({ keys }: Platform, row: ContactRow, line: Line): string {
  const { topic_id: topicId, item_id: itemId, role, stage } = row
  const before: Line = { topicId, itemId, role, stage, ...openContact(keys, row) }
  const parts = PARTS.flatMap(([part, words]) => (before[part] === line[part] ? [] : [words]))
  if (parts.length === 0) return row.draft ? '核对无误' : ''
  return `改了${parts.join('、')}`
}

function note(
  tx: Tx,
  platform: Platform,
  { by, row, what, why }: { by: StaffMember; row: ContactRow; what: string; why: string },
): Promise<void> {
  return record(tx, {
    at: platform.now(), by, personId: null, what, why,
    object: `contacts:${row.region_code}.${row.department_id}`,
  })
}
