/** 审计: who of staff did what, for the one who watches them. Whose data it was is not shown. */
import { sql } from 'kysely'
import { addDays, dayStart } from '../../core/clock'
import type { AuditLine, AuditPage, AuditedKind } from '../../core/contract/admin'
import { isPlainDate } from '../../core/day'
import { Refused } from '../../core/refusal'
import type { StaffMember } from '../actor'
import { record } from '../audit/store'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'

export interface AuditAsked {
  login?: string
  kind?: AuditedKind
  /** calendar days in Asia/Shanghai, both included */
  from?: string
  to?: string
}

/** Where a page ended: the newest of the next one is older. */
interface Cursor {
  at: Date
  id: number
}

/**
 * One page of the access log, newest first. Reading it leaves a line of its own.
 * @throws {Refused} MALFORMED for a day there is not or a cursor not ours
 */
export async function readAudit(
  platform: Platform,
  { by, asked, after, limit }: {
    by: StaffMember
    asked: AuditAsked
    after: string | undefined
    limit: number
  },
): Promise<AuditPage> {
  const { login, kind, from, to } = asked
  const days = [
    from === undefined ? undefined : dayStart(checked(from)),
    to === undefined ? undefined : dayStart(addDays(checked(to), 1)),
  ] as const
  const cursor = after === undefined ? undefined : readCursor(after)
  await record(platform.db.db, {
    at: platform.now(), by, personId: null, what: '查看审计日志',
    object: `audit:${login ?? kind ?? 'all'}`, why: '审计',
  })
  const rows = await lines(platform.db.db, { login, kind, days, cursor, limit: limit + 1 })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    lines: rows.slice(0, limit).map(viewOf),
    next: last ? writeCursor({ at: last.at, id: Number(last.id) }) : null,
  }
}

function checked(day: string): string {
  if (!isPlainDate(day)) throw new Refused('MALFORMED', { field: 'from', problem: 'format' })
  return day
}

/** Indexes: audit_at, audit_staff, audit_kind, by what is asked. */
function lines(db: Db, q: {
  login: string | undefined
  kind: AuditedKind | undefined
  days: readonly [Date | undefined, Date | undefined]
  cursor: Cursor | undefined
  limit: number
}) {
  const { login, kind, days: [from, until], cursor } = q
  return db.selectFrom('audit as a').leftJoin('staff as s', 's.id', 'a.actor_id')
    .select([
      'a.id', 'a.at', 'a.actor_kind', 'a.actor_name', 's.login', 'a.what', 'a.object', 'a.why',
      'a.result',
    ])
    .$if(login !== undefined, (some) => some
      .where('a.actor_id', '=', (eb) =>
        eb.selectFrom('staff').select('id').where('login', '=', login ?? ''))
      .where('a.actor_kind', 'not in', ['citizen', 'system']))
    .$if(kind !== undefined, (some) => some.where('a.actor_kind', '=', kind ?? ''))
    .$if(from !== undefined, (some) => some.where('a.at', '>=', from ?? new Date(0)))
    .$if(until !== undefined, (some) => some.where('a.at', '<', until ?? new Date(0)))
    .$if(cursor !== undefined, (some) => some.where(
      sql<boolean>`(a.at, a.id) < (${cursor?.at}::timestamptz, ${cursor?.id}::bigint)`))
    .orderBy('a.at', 'desc').orderBy('a.id', 'desc').limit(q.limit).execute()
}

type Row = Awaited<ReturnType<typeof lines>>[number]

function viewOf(row: Row): AuditLine {
  return {
    id: Number(row.id), at: row.at.toISOString(),
    kind: row.actor_kind as AuditedKind, // written from Actor's kinds only
    name: row.actor_name, login: row.login, what: row.what, about: shortened(row.object),
    why: row.why, result: row.result,
  }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{8}([0-9a-f]{4})/g

/** Enough to tell two apart, not enough to look one up. */
const shortened = (object: string): string => object.replace(UUID, '…$1')

const writeCursor = ({ at, id }: Cursor): string => `${at.toISOString()}_${id}`

/** @throws {Refused} MALFORMED */
function readCursor(text: string): Cursor {
  const [, instant = '', id = ''] = /^(.{24})_(\d{1,15})$/.exec(text) ?? []
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) throw new Refused('MALFORMED')
  return { at, id: Number(id) }
}
