/** Figures by day, kept by the clock: a day that is over is counted once more, then never again. */
import { sql } from 'kysely'
import { addDays, dayStart, shanghaiDate } from '../../core/clock'
import { COUNTS, rollUp } from '../../core/figures'
import type { Db, Tx } from '../db/pool'
import type { Platform } from '../platform'
import { factsOf } from './count'

const FRESH_MS = 10 * 60_000
/** A platform that was away, or has imported old cases, catches up round by round. */
const DAYS_A_ROUND = 60
const ROWS_A_STATEMENT = 500
const LOCK = 'supervision figures'

/** Counts what has moved since it was last counted; one server at a time. */
export async function keepFigures(platform: Platform): Promise<void> {
  for (let n = 0; n < DAYS_A_ROUND; n += 1) {
    const more = await platform.db.inTx(async (tx) => {
      if (!await isOurs(tx)) return false
      const day = await nextDay(tx, platform)
      if (!day) return false
      await countDay(tx, platform, day)
      return true
    })
    if (!more) return
  }
}

/** Counts days anew whatever was counted before: after an import of past cases. */
export async function recountFigures(
  platform: Platform,
  { from, to }: { from: string; to: string },
): Promise<void> {
  for (let day = from; day <= to; day = addDays(day, 1)) {
    await platform.db.inTx((tx) => countDay(tx, platform, day))
  }
}

async function isOurs(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ ours: boolean }>`
    select pg_try_advisory_xact_lock(hashtext(${LOCK})) as ours`.execute(tx)
  return rows[0]?.ours ?? false
}

async function nextDay(tx: Tx, { now }: Platform): Promise<string | undefined> {
  const today = shanghaiDate(now().toISOString())
  const last = await tx.selectFrom('figure_days').selectAll().orderBy('day', 'desc').limit(1)
    .executeTakeFirst()
  if (!last) return await firstDay(tx) ?? today
  if (last.day >= today) {
    return now().getTime() - last.counted_at.getTime() < FRESH_MS ? undefined : last.day
  }
  const isOver = last.counted_at >= dayStart(addDays(last.day, 1))
  return isOver ? addDays(last.day, 1) : last.day
}

async function firstDay(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select least((select min(accepted_at) from cases where accepted_at is not null),
                 (select min(ended_at) from cases where state in ('refused', 'withdrawn')),
                 (select min(opened_at) from tickets)) as at`.execute(db)
  const at = rows[0]?.at
  return at ? shanghaiDate(at.toISOString()) : undefined
}

async function countDay(tx: Tx, platform: Platform, day: string): Promise<void> {
  const rows = rollUp(await factsOf(tx, platform, day)).map(({ counts, ...row }) =>
    ({ ...row, day, counts: COUNTS.map((name) => counts[name]) }))
  await tx.deleteFrom('figures').where('day', '=', day).execute()
  for (let n = 0; n < rows.length; n += ROWS_A_STATEMENT) {
    await tx.insertInto('figures').values(rows.slice(n, n + ROWS_A_STATEMENT)).execute()
  }
  const counted = { day, counted_at: platform.now() }
  await tx.insertInto('figure_days').values(counted)
    .onConflict((conflict) => conflict.column('day').doUpdateSet(counted)).execute()
}
