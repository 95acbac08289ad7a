/**
 * Whether the platform can be reached. A phone that has a network may still have none that leads
 * there: a dead cell, a hall's login page, a server that is down.
 *
 *   reached ──a call without an answer──▶ doubted ──the probe has none either──▶ out of reach
 *      ▲                                     │                                  probed again after
 *      └──────────── any answer ◀────────────┴───────────────────────────────── 5, 10, 30, 30 … s
 */
import Taro from '@tarojs/taro'
import { watchConnection } from './connection'
import { apiUrl } from './origin'

const PROBE_TIMEOUT_MS = 5_000
const PROBE_AGAIN_MS = [5_000, 10_000, 30_000] as const

const watchers = new Set<(online: boolean) => void>()
let connected = true
let reached = true
/** of the probe under way or waited for; a newer one makes its outcome void */
let probe = 0
let silences = 0
let waiting: ReturnType<typeof setTimeout> | undefined
let watching = false

const isOnline = () => connected && reached

/** Tells whether the platform can be reached, at once and at every change; returns how to stop. */
export function watchNetwork(tell: (online: boolean) => void): () => void {
  if (!watching) {
    watching = true
    watchConnection(connectionChanged)
  }
  watchers.add(tell)
  tell(isOnline())
  return () => {
    watchers.delete(tell)
  }
}

/** A call was answered, whatever the answer says. */
export function heardFromPlatform() {
  if (!reached || probe > 0) settle({ reached: true })
}

/** A call came back without any answer: one look at the platform tells whether it was only that. */
export function platformWasSilent() {
  if (isOnline() && probe === 0) void look()
}

/** A phone that found a network believes in it until a call says otherwise. */
function connectionChanged(now: boolean) {
  settle({ connected: now, reached: true })
}

let probes = 0

async function look(): Promise<void> {
  probes += 1
  const mine = probes
  probe = mine
  const answered = await Taro.request({ url: apiUrl('/v1/health'), timeout: PROBE_TIMEOUT_MS })
    .then(() => true, () => false)
  if (probe !== mine) return
  if (answered) {
    settle({ reached: true })
    return
  }
  const delay = PROBE_AGAIN_MS[Math.min(silences, PROBE_AGAIN_MS.length - 1)]
  silences += 1
  waiting = setTimeout(() => void look(), delay)
  tellOf(() => {
    reached = false
  })
}

function settle(now: { connected?: boolean; reached: true }) {
  clearTimeout(waiting)
  probe = 0
  silences = 0
  tellOf(() => {
    connected = now.connected ?? connected
    reached = true
  })
}

function tellOf(change: () => void) {
  const before = isOnline()
  change()
  if (isOnline() !== before) watchers.forEach((tell) => tell(isOnline()))
}
