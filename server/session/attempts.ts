/** How often something may be tried, counted in the database: it holds for all servers (S45). */
import { sql } from 'kysely'
import { Refused } from '../../core/refusal'
import type { Database } from '../db/pool'

export interface Allowance {
  /** what is counted, e.g. `otp-ip:<address>` */
  key: string
  most: number
  withinMs: number
  now: Date
}

/**
 * Counts one try. The tries of one key are taken one after the other, so that a burst of parallel
 * requests counts in full.
 * @throws {Refused} TOO_MANY_REQUESTS with the seconds to wait; then this try is not counted
 */
export async function countTry({ inTx }: Database, allowance: Allowance): Promise<void> {
  const { key, most, withinMs, now } = allowance
  await inTx(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 7))`.execute(tx)
    const since = new Date(now.getTime() - withinMs)
    const tries = await tx
      .selectFrom('attempts')
      .where('key', '=', key)
      .where('at', '>', since)
      .orderBy('at', 'desc')
      .limit(most)
      .select('at')
      .execute()
    const oldest = tries[most - 1]
    if (oldest) {
      const waitMs = oldest.at.getTime() + withinMs - now.getTime()
      throw new Refused('TOO_MANY_REQUESTS', { seconds: Math.max(1, Math.ceil(waitMs / 1000)) })
    }
    await tx.insertInto('attempts').values({ key, at: now }).execute()
  })
}

/** After a success: earlier failures of this key no longer count. */
export async function forgetTries({ db }: Database, key: string): Promise<void> {
  await db.deleteFrom('attempts').where('key', '=', key).execute()
}
