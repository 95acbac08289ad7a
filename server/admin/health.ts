/** What runs here: versions, migrations, queue. Nothing of what the house works on. */
import { sql } from 'kysely'
import type { SystemHealth } from '../../core/contract/admin'
import { version } from '../../package.json'
import { laneCounts } from '../outbox/store'
import type { Platform } from '../platform'

interface State {
  postgres: string
  bytes: number
  connections: number
}

export async function systemHealth(platform: Platform): Promise<SystemHealth> {
  const { db: { db }, catalogue, now } = platform
  const { rows: [state] } = await sql<State>`
    select current_setting('server_version') as postgres,
           pg_database_size(current_database()) as bytes,
           (select count(*)::int from pg_stat_activity
             where datname = current_database()) as connections`.execute(db)
  const { rows: migrations } = await sql<{ number: number; name: string; at: Date }>`
    select number, name, applied_at as at from migrations order by number`.execute(db)
  const counts = await laneCounts(db)
  const oldest = counts.flatMap(({ oldestAt }) => (oldestAt ? [oldestAt.toISOString()] : [])).sort()
  return {
    at: now().toISOString(),
    version,
    node: process.versions.node,
    postgres: state?.postgres ?? '',
    migrations: migrations.map(({ number, name, at }) =>
      ({ number, name, appliedAt: at.toISOString() })),
    topics: catalogue.topics.length,
    databaseBytes: state?.bytes ?? 0,
    connections: state?.connections ?? 0,
    queue: {
      waiting: counts.reduce((sum, { waiting }) => sum + waiting, 0),
      dead: counts.reduce((sum, { dead }) => sum + dead, 0),
      oldestAt: oldest[0] ?? null,
    },
  }
}
