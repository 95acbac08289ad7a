/** How long somebody stays signed in, and when that has to be told beforehand (WCAG 2.2.1). */

/** A citizen's session ends after so long without a call. */
export const IDLE_MINUTES = 30
/** Told so long before the end; the law asks for two minutes at least. */
export const WARN_MINUTES = 5

const MINUTE_MS = 60_000

export interface SessionEnd {
  /** whole minutes left, 0 once it has ended */
  minutes: number
  /** One tap makes it longer; the absolute end of a session does not move (S11). */
  extendable: boolean
}

/**
 * The end that is near, or undefined while it is far.
 * @param heardAt    instant of the last call that the platform answered
 * @param expiresAt  the absolute end; undefined where the phone does not know it
 * @param now        ISO 8601, as the others
 */
export function nearEnd({ heardAt, expiresAt, now }: {
  heardAt: string
  expiresAt: string | undefined
  now: string
}): SessionEnd | undefined {
  const idle = Date.parse(heardAt) + IDLE_MINUTES * MINUTE_MS
  const absolute = expiresAt === undefined ? Infinity : Date.parse(expiresAt)
  const left = Math.min(idle, absolute) - Date.parse(now)
  if (left > WARN_MINUTES * MINUTE_MS) return undefined
  return { minutes: Math.max(0, Math.floor(left / MINUTE_MS)), extendable: idle < absolute }
}
