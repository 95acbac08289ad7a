/** A mandate as either side sees it: the other one masked. */
import { shanghaiDate } from '../../core/clock'
import type { MandateView } from '../../core/contract/mandate'
import { mandateState } from '../../core/mandate'
import { mask } from '../../core/values'
import { openText } from '../crypto'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import type { MandateRow } from './store'

export type Names = ReadonlyMap<string, string>

/** The names of people as others may see them; a company's is public. */
export async function maskedNames(
  db: Db,
  { keys }: Pick<Platform, 'keys'>,
  ids: readonly (string | null)[],
): Promise<Names> {
  const wanted = [...new Set(ids.flatMap((id) => id ?? []))]
  if (wanted.length === 0) return new Map()
  const rows = await db.selectFrom('people').select(['id', 'kind', 'name_sealed'])
    .where('id', 'in', wanted).execute()
  return new Map(rows.flatMap(({ id, kind, name_sealed: sealed }) => {
    if (!sealed) return []
    const name = openText(keys, { table: 'people', column: 'name_sealed', rowId: id }, sealed)
    return [[id, kind === 'company' ? name : mask('name', name)] as const]
  }))
}

/** By mandate, the one it is for, masked. */
export async function wardNames(platform: Platform, mandateIds: readonly string[]): Promise<Names> {
  if (mandateIds.length === 0) return new Map()
  const { db } = platform.db
  const rows = await db.selectFrom('mandates').select(['id', 'principal_id'])
    .where('id', 'in', mandateIds).execute()
  const names = await maskedNames(db, platform, rows.map(({ principal_id }) => principal_id))
  return new Map(rows.map(({ id, principal_id }) => [id, names.get(principal_id) ?? '']))
}

/** The topics of a mandate with their titles; one that is offered no more keeps its id. */
export function topicsOf({ catalogue }: Platform, { topics }: Pick<MandateRow, 'topics'>) {
  return topics && topics.map((id) => ({
    id, title: catalogue.topics.find((topic) => topic.id === id)?.title ?? id,
  }))
}

export function stateOf(platform: Platform, row: MandateRow) {
  const now = platform.now().toISOString()
  return mandateState({
    startsOn: row.starts_on, endsOn: row.ends_on, agreed: row.agreed_at !== null,
    revoked: row.revoked_at !== null, codeUntil: row.code_until?.toISOString() ?? null,
  }, { now, today: shanghaiDate(now) })
}

export function viewOf(
  platform: Platform,
  { row, reader, names, unread = 0 }: {
    row: MandateRow
    reader: string
    names: Names
    unread?: number
  },
): MandateView {
  const side = row.agent_id === reader ? 'agent' : 'principal'
  return {
    id: row.id,
    side,
    kind: row.kind,
    topics: topicsOf(platform, row),
    acts: row.acts,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    principal: names.get(row.principal_id) ?? '',
    agent: row.agent_id && (names.get(row.agent_id) ?? ''),
    state: stateOf(platform, row),
    codeUntil: row.code_until?.toISOString() ?? null,
    proof: row.proof,
    madeAt: row.made_at.toISOString(),
    agreedAt: row.agreed_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    revokedBy: revokedBy(row),
    unread,
  }
}

function revokedBy({ revoked_at, revoked_by, agent_id }: MandateRow): MandateView['revokedBy'] {
  if (!revoked_at) return null
  if (!revoked_by) return 'system'
  return revoked_by === agent_id ? 'agent' : 'principal'
}
