import { sql } from 'kysely'
import type { TicketPage } from '../../core/contract/ticket'
import type { TicketKind, TicketState } from '../../core/ticket'
import { Refused } from '../../core/refusal'
import type { StaffMember } from '../actor'
import { readCursor, writeCursor } from '../cases/cursor'
import { maskedName } from '../cases/list'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { regionsOf } from '../policies'
import { briefOf, regionName } from './names'

interface Page {
  after: string | undefined
  limit: number
}

/** A person's own tickets, newest first. Index: tickets_person. @throws {Refused} MALFORMED */
export async function ticketsOf(
  platform: Platform,
  { personId, topics, after, limit }: Page & {
    personId: string
    /** null: of every topic, and of none */
    topics: readonly string[] | null
  },
): Promise<TicketPage> {
  const { at, id } = after ? readCursor(after) : { at: new Date(0), id: '' }
  const rows = await tickets(platform.db.db)
    .where('t.person_id', '=', personId).where('t.state', '<>', 'reported')
    .$if(topics !== null, (some) => some.where('t.topic_id', 'in', topics ?? []))
    .$if(after !== undefined, (some) => some.where((eb) =>
      eb(eb.refTuple('t.opened_at', 't.id'), '<', eb.tuple(at, id))))
    .orderBy('t.opened_at', 'desc').orderBy('t.id', 'desc').limit(limit + 1).execute()
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    tickets: rows.slice(0, limit).map((row) => ({
      ...briefOf(platform, row, row.case_number), person: null,
      region: regionName(platform, row.region_code),
    })),
    next: last ? writeCursor({ at: last.opened_at, id: last.id }) : null,
  }
}

export interface DeskQuery extends Page {
  staff: StaffMember
  state: TicketState
  kind: TicketKind | undefined
}

/** The tickets of one state a staff member may see, the nearest due day first. */
export async function deskTickets(
  platform: Platform,
  { staff, state, kind, after, limit }: DeskQuery,
): Promise<TicketPage> {
  const cursor = after ? readPlace(after) : undefined
  const due = sql<string>`coalesce(t.due_on, '9999-12-31')`
  const regions = regionsOf(platform.catalogue, staff.region)
  const department = staff.kind === 'department' ? staff.department : undefined
  const rows = await tickets(platform.db.db)
    .where('t.region_code', 'in', regions).where('t.state', '=', state)
    .$if(kind !== undefined, (some) => some.where('t.kind', '=', kind ?? 'inquiry'))
    .$if(department !== undefined, (some) =>
      some.where('t.department_id', '=', department ?? '').where('t.sent_at', 'is not', null))
    .$if(cursor !== undefined, (some) => some.where(
      sql<boolean>`(${due}, t.id) > (${cursor?.due}::date, ${cursor?.id}::uuid)`))
    .orderBy(due).orderBy('t.id').limit(limit + 1).execute()
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    tickets: rows.slice(0, limit).map((row) => ({
      ...briefOf(platform, row, row.case_number),
      person: maskedName(platform, { id: row.person_id, sealed: row.name_sealed }),
      region: regionName(platform, row.region_code),
    })),
    next: last ? writePlace({ due: last.due_on ?? LAST_DAY, id: last.id }) : null,
  }
}

function tickets(db: Db) {
  return db.selectFrom('tickets as t').innerJoin('people as p', 'p.id', 't.person_id')
    .leftJoin('cases as c', 'c.id', 't.case_id')
    .selectAll('t').select(['p.name_sealed', 'c.number as case_number'])
}

const LAST_DAY = '9999-12-31'

interface Place {
  due: string
  id: string
}

const writePlace = ({ due, id }: Place) => Buffer.from(`${due}|${id}`).toString('base64url')

function readPlace(text: string): Place {
  const [due = '', id = ''] = Buffer.from(text, 'base64url').toString().split('|')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(due) || !/^[0-9a-f-]{36}$/.test(id)) {
    throw new Refused('MALFORMED')
  }
  return { due, id }
}
