import type { Contact, ContactPage, ContactsBody, ContactsSaved } from '../../core/contract/contact'
import { Refused } from '../../core/refusal'
import { mask } from '../../core/values'
import type { StaffMember } from '../actor'
import { look } from '../audit/look'
import { record } from '../audit/store'
import { formProblems } from '../cases/filled'
import { isFirst } from '../cases/request'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { keepsContacts, regionsOf } from '../policies'
import { isZip, readSheet } from '../tables/sheet'
import { workbook } from '../tables/workbook'
import { lineProblems, toLine } from './lines'
import { HEADER, WIDTHS, readContacts, toCells, unitName } from './sheet'
import {
  type ContactQuery, type ContactRow, type Line, type Unit, contactRows, openContact, replaceUnit,
} from './store'

const MOST_EXPORTED = 20_000

export interface ListQuery {
  by: StaffMember
  department: string | undefined
  region: string | undefined
  after: ContactQuery['after']
  limit: number
}

/** Those of the unit and supervision read numbers whole; the window knows whom there is. */
export async function listContacts(platform: Platform, q: ListQuery): Promise<ContactPage> {
  const regions = regionsOf(platform.catalogue, q.by.region)
    .filter((code) => q.region === undefined || code === q.region)
  if (regions.length === 0) return { contacts: [], next: null }
  await look(platform, {
    by: q.by, personId: null, what: '查看责任人联系表', object: `contacts:${q.by.region}`,
  })
  const rows = await contactRows(platform.db.db, {
    regions, departmentId: departmentOf(q), after: q.after, limit: q.limit + 1,
  })
  const page = rows.slice(0, q.limit)
  const last = rows.length > q.limit ? page.at(-1) : undefined
  return {
    contacts: page.map((row) => toContact(platform, row, q.by)),
    next: last ? `${last.region_code}.${last.department_id}.${last.seq}` : null,
  }
}

const departmentOf = ({ by, department }: Pick<ListQuery, 'by' | 'department'>) =>
  (by.kind === 'department' ? by.department ?? '' : department)

/** @throws {Refused} MALFORMED */
export function readCursor(text: string): NonNullable<ContactQuery['after']> {
  const [, regionCode, departmentId, seq] = /^(\d{6})\.([a-z-]+)\.(\d{1,9})$/.exec(text) ?? []
  if (!regionCode || !departmentId) throw new Refused('MALFORMED')
  return { regionCode, departmentId, seq: Number(seq) }
}

/** A line as `by` may read it. */
export function toContact(
  { keys, catalogue }: Platform,
  row: ContactRow,
  by: StaffMember,
): Contact {
  const masked = by.kind === 'window'
  const { name, phone, note } = openContact(keys, row)
  const topic = catalogue.topics.find(({ id }) => id === row.topic_id)
  const item = catalogue.topics.flatMap(({ items }) => items).find(({ id }) => id === row.item_id)
  return {
    id: row.id,
    departmentId: row.department_id,
    regionCode: row.region_code,
    unit: unitName(catalogue, unitOf(row)),
    topicId: row.topic_id,
    topicTitle: topic?.title ?? null,
    itemId: row.item_id,
    itemName: item?.name ?? null,
    role: row.role,
    stage: row.stage,
    name: masked ? mask('name', name) : name,
    phone: masked ? mask('phone', phone) : phone,
    note: masked ? '' : note,
    masked,
    draft: row.draft,
    revision: row.revision,
    editable: keepsContacts(by, subjectOf(row)),
  }
}

/** What a policy knows of a line. */
export const subjectOf = (row: Pick<ContactRow, 'department_id' | 'region_code'>) =>
  ({ regionCode: row.region_code, departments: [row.department_id] })

const unitOf = ({ department_id, region_code }: ContactRow): Unit =>
  ({ departmentId: department_id, regionCode: region_code })

/**
 * One unit's list in place of the former one.
 * @throws {Refused} FORM_PROBLEMS, REQUEST_REUSED
 */
export async function saveContacts(
  platform: Platform,
  { by, body }: { by: StaffMember; body: ContactsBody },
): Promise<ContactsSaved> {
  const { departmentId, regionCode, requestId } = body
  if (!platform.catalogue.departments.some(({ id }) => id === departmentId)) {
    throw formProblems([{ field: 'departmentId', code: 'NOT_AN_OPTION', text: '没有这个部门。' }])
  }
  const lines = body.contacts.map(toLine)
  const problems = lines.flatMap((line, n) =>
    lineProblems(platform.catalogue, { departmentId, line, where: `contacts.${n + 1}` }))
  if (problems.length > 0) throw formProblems(problems)
  await platform.db.inTx(async (tx) => {
    if (!await isFirst(tx, platform, { by, requestId, request: { contacts: body } })) return
    await save(tx, platform, { by, unit: { departmentId, regionCode }, lines })
  })
  return { units: 1, contacts: lines.length }
}

async function save(
  tx: Tx,
  platform: Platform,
  { by, unit, lines }: { by: StaffMember; unit: Unit; lines: readonly Line[] },
): Promise<void> {
  await replaceUnit(tx, platform, { ...unit, lines, draft: false, savedBy: by.name })
  await record(tx, {
    at: platform.now(), by, personId: null, what: '修改责任人联系表',
    object: `contacts:${unit.regionCode}.${unit.departmentId}`, why: `共 ${lines.length} 行`,
  })
}

/** The units the file names, all or none of them. @throws {Refused} BAD_TABLE, FORM_PROBLEMS */
export async function importContacts(
  platform: Platform,
  { by, bytes }: { by: StaffMember; bytes: Buffer },
): Promise<ContactsSaved> {
  if (!isZip(bytes)) throw new Refused('BAD_TABLE')
  const { units, problems } = readContacts(platform.catalogue, {
    cells: await readSheet(bytes), regions: regionsOf(platform.catalogue, by.region),
  })
  if (problems.length > 0) throw formProblems(problems)
  if (units.length === 0) throw new Refused('BAD_TABLE')
  await platform.db.inTx(async (tx) => {
    for (const { lines, ...unit } of units) await save(tx, platform, { by, unit, lines })
  })
  const contacts = units.reduce((sum, { lines }) => sum + lines.length, 0)
  return { units: units.length, contacts }
}

/** 附件2 of all units whoever asks may read whole. */
export async function exportContacts(
  platform: Platform,
  { by, department }: { by: StaffMember; department: string | undefined },
): Promise<Buffer> {
  await look(platform, {
    by, personId: null, what: '导出责任人联系表', object: `contacts:${by.region}`,
  })
  const rows = await contactRows(platform.db.db, {
    regions: regionsOf(platform.catalogue, by.region),
    departmentId: departmentOf({ by, department }), after: undefined, limit: MOST_EXPORTED,
  })
  const lines = rows.map((row, n) => {
    const { role, stage, topic_id: topicId, item_id: itemId } = row
    const line = { topicId, itemId, role, stage, ...openContact(platform.keys, row) }
    return toCells(platform.catalogue, { n: n + 1, unit: unitOf(row), line })
  })
  return workbook({ name: '责任人联系表', widths: WIDTHS, rows: [[...HEADER], ...lines] })
}
