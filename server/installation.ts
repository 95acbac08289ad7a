/**
 * Whether a database holds real people or invented ones: said by its first start, for ever. Were a
 * training room's database once to serve citizens, or a production's to be practised on, nobody
 * could tell afterwards which case, account or certificate in it is true.
 */
import { ConfigRefused } from './config'
import type { Platform } from './platform'

const REFUSED = {
  real: 'The database is that of a production, so a demonstration or a training room may never '
    + 'use it: give this one a database of its own (DATA_DIR or DATABASE_URL)',
  invented: 'The database is that of a demonstration or a training room, so NODE_ENV=production '
    + 'may never use it: give production a database of its own (DATA_DIR or DATABASE_URL)',
}

const NOT_YET = 'Nothing has run on this database yet. A command without NODE_ENV=production would '
  + 'make it one of invented people for ever: set NODE_ENV=production, or start the platform first'

/**
 * A command is typed by hand, where NODE_ENV is easily left out: only a start says `invented`.
 * @throws {ConfigRefused} outside production, on a database nothing has started on
 */
export async function refuseFirstCommand(
  { db, config }: Pick<Platform, 'db' | 'config'>,
): Promise<void> {
  if (config.production) return
  const known = await db.db.selectFrom('installation').select('kind').executeTakeFirst()
  if (!known) throw new ConfigRefused([NOT_YET])
}

/**
 * Before anything else is written.
 * @throws {ConfigRefused} when the database was ever of the other kind
 */
export async function claimInstallation(
  { db, config, now }: Pick<Platform, 'db' | 'config' | 'now'>,
): Promise<void> {
  const kind = config.production ? 'real' : 'invented'
  const { kind: there } = await db.inTx(async (tx) => {
    // Of two first starts at once the second finds the row of the first.
    await tx.insertInto('installation').values({ kind, since: now() })
      .onConflict((conflict) => conflict.doNothing()).execute()
    return tx.selectFrom('installation').select('kind').executeTakeFirstOrThrow()
  })
  if (there !== kind) throw new ConfigRefused([REFUSED[there]])
}
