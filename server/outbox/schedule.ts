const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Waits after the first, second … failed attempt, before jitter. Capped at half a day. */
const WAITS_MS = [
  0.5 * MINUTE_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  12 * HOUR_MS,
  12 * HOUR_MS,
  12 * HOUR_MS,
]

/** A department may be down for a day and a half before a person has to look (R18). */
export const MOST_ATTEMPTS = WAITS_MS.length + 1

/**
 * How long to wait after failed attempt number `attempt` (from 1), in milliseconds: ±20 %, so that
 * a thousand jobs that failed together do not come back together. Undefined: give up.
 */
export function retryDelayMs(attempt: number, random: () => number): number | undefined {
  const wait = WAITS_MS[attempt - 1]
  return wait === undefined ? undefined : wait * (0.8 + 0.4 * random())
}
