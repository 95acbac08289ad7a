/** How long the same thing takes again and again, done by several at once. */
import { setTimeout as wait } from 'node:timers/promises'

export interface Measured {
  /** per second */
  rate: number
  /** milliseconds */
  p50: number
  p95: number
  p99: number
  count: number
}

export interface Load {
  connections: number
  warmUpMs: number
  forMs: number
}

export interface Hand {
  once(): Promise<void>
  close(): Promise<void>
}

/** Each hand does its thing again as soon as it is done; only what ends in time counts. */
export async function measure(
  { connections, warmUpMs, forMs }: Load,
  open: (n: number) => Hand | Promise<Hand>,
): Promise<Measured> {
  const hands = await Promise.all(Array.from({ length: connections }, (_, n) => open(n)))
  const times: number[] = []
  const from = performance.now() + warmUpMs
  const until = from + forMs
  await Promise.all(hands.map(async ({ once }) => {
    for (let at = performance.now(); at < until;) {
      await once()
      const done = performance.now()
      if (at >= from && done <= until) times.push(done - at)
      at = done
    }
  }))
  await Promise.all(hands.map(({ close }) => close()))
  await wait(200)
  times.sort((a, b) => a - b)
  const count = times.length
  const at = (part: number) => times[Math.min(count - 1, Math.floor(count * part))] ?? 0
  return { rate: count / (forMs / 1000), p50: at(0.5), p95: at(0.95), p99: at(0.99), count }
}
