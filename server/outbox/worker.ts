/**
 * Delivers the outbox, at least once and outside any transaction:
 *
 *   due ──lease──▶ handler ──▶ done
 *                     └─fails─▶ due again, later and later ──▶ dead letter
 *
 * Each lane has its own places, so a department that answers in 30 s or not at all delays nobody.
 */
import type pg from 'pg'
import type { Database } from '../db/pool'
import type { Log } from '../log'
import { MOST_ATTEMPTS, retryDelayMs } from './schedule'
import { dueLanes, type Job, lease, type Outcome, settle } from './store'

/**
 * Delivers one job. May run twice for one job, so the other side must be told `job.key`. It is
 * given up by `signal` before the lease ends. Throw DeliveryFailed to say why.
 */
export type Handler = (job: Job, signal: AbortSignal) => Promise<void>

/** The reason is stored and shown to operators: no personal data in it. */
export class DeliveryFailed extends Error {
  override name = 'DeliveryFailed'
  constructor(
    reason: string,
    /** true: trying again can't help */
    readonly permanent = false,
  ) {
    super(reason)
  }
}

export interface OutboxConfig {
  database: Database
  /** by topic; jobs of other topics are left for a newer server */
  handlers: Readonly<Record<string, Handler>>
  now: () => Date
  random: () => number
  log: Log
  /** jobs of one lane at a time in this process; 1 keeps a lane in order */
  lanePlaces?: (lane: string) => number
  pollMs?: number
  /** after this a job of a dead worker is tried again */
  leaseMs?: number
}

export interface Outbox {
  /** Look now: call it after a commit that enqueued something. */
  wake(): void
  /** Takes no more jobs and waits for those at work (at most a lease). */
  stop(): Promise<void>
}

const POLL_MS = 1_000
/** R20: no job stuck for more than 60 s. */
const LEASE_MS = 45_000

export function runOutbox(config: OutboxConfig): Outbox {
  const { database, log, pollMs = POLL_MS } = config
  const lanes = new Map<string, number>()
  const atWork = new Set<Promise<void>>()
  let stopping = false
  let looking: Promise<void> | undefined
  let lookAgain = false

  const wake = () => {
    if (stopping) return
    if (looking) {
      lookAgain = true
      return
    }
    lookAgain = false
    looking = look()
      .catch((error: unknown) => log.warn({ error }, 'The outbox could not be read'))
      .finally(() => {
        looking = undefined
        if (lookAgain) wake()
      })
  }
  const look = async () => {
    for (const lane of await dueLanes(database.db, config.now())) {
      const free = (config.lanePlaces?.(lane) ?? 1) - (lanes.get(lane) ?? 0)
      if (free < 1 || stopping) continue
      for (const job of await take(config, lane, free)) begin(job)
    }
  }
  const begin = (job: Job) => {
    lanes.set(job.lane, (lanes.get(job.lane) ?? 0) + 1)
    const work = attempt(config, job)
      .catch((error: unknown) => log.warn({ error, job: job.id }, 'An outcome was not recorded'))
      .finally(() => {
        lanes.set(job.lane, (lanes.get(job.lane) ?? 1) - 1)
        atWork.delete(work)
        wake()
      })
    atWork.add(work)
  }

  const timer = setInterval(wake, pollMs)
  const ear = listen(config, wake)
  wake()
  return {
    wake,
    stop: async () => {
      stopping = true
      clearInterval(timer)
      await looking
      await Promise.all(atWork)
      await ear.close()
    },
  }
}

function take(config: OutboxConfig, lane: string, limit: number): Promise<Job[]> {
  const now = config.now()
  const until = new Date(now.getTime() + (config.leaseMs ?? LEASE_MS))
  const topics = Object.keys(config.handlers)
  return lease(config.database.db, { lane, topics, limit, now, until })
}

async function attempt(config: OutboxConfig, job: Job): Promise<void> {
  const outcome = await deliver(config, job)
  if (outcome.is !== 'done') {
    const { id, topic, attempts } = job
    config.log.warn({ job: id, topic, attempts, reason: outcome.reason }, `Delivery: ${outcome.is}`)
  }
  // Safe to repeat: the first one that arrives decides.
  await config.database.repeatable(() => settle(config.database.db, job, outcome))
}

async function deliver(config: OutboxConfig, job: Job): Promise<Outcome> {
  const { handlers, now, random, leaseMs = LEASE_MS } = config
  // Workers that die of a job leave no other trace than the attempts they took.
  if (job.attempts > MOST_ATTEMPTS) return { is: 'dead', at: now(), reason: 'lease ran out' }
  const signal = AbortSignal.timeout(Math.floor(leaseMs * 0.9))
  try {
    await Promise.race([handlers[job.topic]?.(job, signal), timeout(signal)])
    return { is: 'done', at: now() }
  } catch (error) {
    const reason = reasonOf(error)
    const delay = retryDelayMs(job.attempts, random)
    const permanent = error instanceof DeliveryFailed && error.permanent
    if (permanent || delay === undefined) return { is: 'dead', at: now(), reason }
    return { is: 'again', dueAt: new Date(now().getTime() + delay), reason }
  }
}

/** Other errors' texts may quote what was sent, so only their kind is kept. */
function reasonOf(error: unknown): string {
  if (error instanceof DeliveryFailed) return error.message
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name
}

function timeout(signal: AbortSignal): Promise<never> {
  return new Promise((_, fail) => {
    signal.addEventListener('abort', () => fail(new DeliveryFailed('no answer in time')))
  })
}

/** A lost connection costs only the hint until the next look that works. */
function listen({ database, log, pollMs = POLL_MS }: OutboxConfig, wake: () => void) {
  let client: pg.Client | undefined
  let closed = false
  let timer: NodeJS.Timeout | undefined
  const again = () => {
    client = undefined
    if (!closed) timer = setTimeout(() => (connecting = connect()), 10 * pollMs)
  }
  const connect = async () => {
    try {
      const fresh = await database.connect()
      client = fresh
      fresh.once('end', again)
      fresh.on('notification', wake)
      await fresh.query('listen outbox')
    } catch (error) {
      log.warn({ error }, 'No hints for the outbox; polling')
      if (!client) again()
    }
  }
  let connecting = connect()
  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      await connecting
      await client?.end()
    },
  }
}
