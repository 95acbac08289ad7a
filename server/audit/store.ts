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
      actor_kind: entry.by.kind,
      actor_id: 'id' in entry.by ? entry.by.id : null,
      actor_name: nameOf(entry),
      person_id: entry.personId,
      what: entry.what,
      object: entry.object,
      why: entry.why,
      result: entry.result ?? 'ok',
    })
    .execute()
}

function nameOf({ by, personId }: AuditEntry): string {
  switch (by.kind) {
    case 'citizen':
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
  departmentId: string | null
  regionCode: string | null
  what: string
  why: string
}

/** One page of who did what with a person's data, newest first. Index: audit_person. */
export async function accessesOf(
  db: Db,
  q: { personId: string; before: number | undefined; limit: number },
): Promise<AccessRow[]> {
  const rows = await db
    .selectFrom('audit as a')
    .leftJoin('staff as s', 's.id', 'a.actor_id')
    .where('a.person_id', '=', q.personId)
    .$if(q.before !== undefined, (some) => some.where('a.id', '<', String(q.before)))
    .orderBy('a.id', 'desc')
    .limit(q.limit)
    .select([
      'a.id', 'a.at', 'a.actor_kind as actorKind', 'a.actor_id as actorId',
      'a.actor_name as actorName', 's.department_id as departmentId',
      's.region_code as regionCode', 'a.what', 'a.why',
    ])
    .execute()
  return rows.map((row) => ({ ...row, id: Number(row.id) }))
}
