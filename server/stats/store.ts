/** The figures as last counted, one row for all servers: a look at them costs one read. */
import type { PublicStats } from '../../core/contract/stats'
import type { Platform } from '../platform'
import { countStats } from './count'

const FRESH_MS = 10 * 60_000

/** Counted now if nobody has yet. */
export async function figures(platform: Platform): Promise<PublicStats> {
  const row = await platform.db.db.selectFrom('public_figures').select('body').executeTakeFirst()
  return row ? (row.body as PublicStats) : recount(platform) // only recount writes there
}

async function recount(platform: Platform): Promise<PublicStats> {
  const stats = await countStats(platform)
  const row = { at: platform.now(), body: JSON.stringify(stats) }
  await platform.db.db.insertInto('public_figures').values(row)
    .onConflict((conflict) => conflict.column('single').doUpdateSet(row)).execute()
  return stats
}

/** Counts anew once the figures are ten minutes old; one server at a time. */
export async function recountOld(platform: Platform): Promise<void> {
  const due = await platform.db.inTx(async (tx) => {
    const row = await tx.selectFrom('public_figures').select('at').forUpdate().skipLocked()
      .executeTakeFirst()
    if (row && platform.now().getTime() - row.at.getTime() < FRESH_MS) return false
    if (row) await tx.updateTable('public_figures').set({ at: platform.now() }).execute()
    return row !== undefined || await isEmpty(tx)
  })
  if (due) await recount(platform)
}

async function isEmpty(tx: Parameters<Parameters<Platform['db']['inTx']>[0]>[0]) {
  return await tx.selectFrom('public_figures').select('at').executeTakeFirst() === undefined
}
