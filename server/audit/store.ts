import type { Actor } from '../actor'
import type { Db } from '../db/pool'

/** One look at, or change of, personal data. The texts are read by the citizen it is about. */
export interface AuditEntry {
  at: Date
  by: Actor | { kind: 'system' }
  /** whose data it is; null when nobody's yet */
  personId: string | null
  /** what was done, e.g. 查看办件内容 */
  what: string
  /** to what, for machines: `case:<id>`, never a value */
  object: string
  /** the purpose, e.g. 办理“新生儿出生” */
  why: string
  /** 'ok' if absent, else the refusal's code */
  result?: string
}

/** Leaves a row of the access log; for a write, in the write's own transaction (S55). */
export async function record(db: Db, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      at: entry.at,
      actor_kind: kindOf(entry.by),
      actor_id: actorIdOf(entry.by),
      actor_name: nameOf(entry),
      person_id: entry.personId,
      object: entry.object,
      ...worded(entry),
      result: entry.result ?? 'ok',
    })
    .execute()
}

/** Stands in the log where otherwise 本人 stands. */
export const ACTING_NAME = '代办人'

/** At the window it is the clerk's hand that acts. */
function kindOf(by: AuditEntry['by']): string {
  return by.kind === 'citizen' && by.counter ? 'window' : by.kind
}

/** Who really acted: of whoever acts for another, themselves. */
function actorIdOf(by: AuditEntry['by']): string | null {
  if (by.kind === 'citizen' && by.counter) return by.counter.staffId
  if (by.kind === 'citizen' && by.acting) return by.acting.agentId
  return 'id' in by ? by.id : null
}

/** The principal reads what somebody else did in their matter. */
function worded({ by, what, why }: AuditEntry): { what: string; why: string } {
  if (by.kind !== 'citizen') return { what, why }
  if (by.counter) return { what: what.replace('本人', '您的'), why: counterWhy(why) }
  return by.acting ? { what: what.replace('本人', '您的'), why: actingWhy(why) } : { what, why }
}

/** The purpose of what is done for another. */
export function actingWhy(why: string): string {
  return why === '本人操作' ? '受托办理' : `受托办理：${why}`
}

/** The purpose of what a clerk enters for somebody at the window. */
export function counterWhy(why: string): string {
  return why === '本人操作' ? '窗口代办' : `窗口代办：${why}`
}

function nameOf({ by, personId }: AuditEntry): string {
  switch (by.kind) {
    case 'citizen':
      if (by.counter) return by.counter.staffName
      if (by.acting) return ACTING_NAME
      return personId === null || personId === by.id ? '本人' : '他人'
    case 'anonymous':
      return '未登录'
    case 'system':
      return '系统'
    case 'outside':
      return by.department
    default:
      return by.name
  }
}

export interface AccessRow {
  id: number
  at: Date
  actorKind: string
  actorId: string | null
  actorName: string
  /** whose data it was */
  personId: string | null
  departmentId: string | null
  regionCode: string | null
  what: string
  why: string
}

/**
 * One page of who did what with a person's data, and of what the person did for others (S18: both
 * ends), newest first. Also of the row a child had before they got an account of their own.
 * Indexes: audit_person, audit_acting.
 */
export async function accessesOf(
  db: Db,
  q: { personId: string; before: number | undefined; limit: number },
): Promise<AccessRow[]> {
  const rows = await db
    .selectFrom('audit as a')
    .leftJoin('staff as s', 's.id', 'a.actor_id')
    .where((eb) => eb.or([
      eb('a.person_id', '=', q.personId),
      eb.and([eb('a.actor_id', '=', q.personId), eb('a.actor_name', '=', ACTING_NAME)]),
      eb('a.person_id', 'in', eb.selectFrom('people').select('id')
        .where('merged_into', '=', q.personId)),
    ]))
    .$if(q.before !== undefined, (some) => some.where('a.id', '<', String(q.before)))
    .orderBy('a.id', 'desc')
    .limit(q.limit)
    .select([
      'a.id', 'a.at', 'a.actor_kind as actorKind', 'a.actor_id as actorId',
      'a.actor_name as actorName', 'a.person_id as personId',
      's.department_id as departmentId',
      's.region_code as regionCode', 'a.what', 'a.why',
    ])
    .execute()
  return rows.map((row) => ({ ...row, id: Number(row.id) }))
}
