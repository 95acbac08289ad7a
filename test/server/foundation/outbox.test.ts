import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MOST_ATTEMPTS, retryDelayMs } from '../../../server/outbox/schedule'
import {
  deadLetters,
  enqueue,
  forgetDone,
  hint,
  type Job,
  revive,
} from '../../../server/outbox/store'
import {
  DeliveryFailed,
  type Handler,
  type Outbox,
  type OutboxConfig,
  runOutbox,
} from '../../../server/outbox/worker'
import { freshDatabase } from '../../database'

const { database, asOwner } = await freshDatabase()
const log = pino({ level: 'silent' })
const START = new Date('2026-03-02T01:00:00Z')
const HOUR_MS = 3_600_000
let clock = START
let workers: Outbox[] = []

function work(handler: Handler, more: Partial<OutboxConfig> = {}): Outbox {
  const worker = runOutbox({
    database,
    handlers: { 'tell-department': handler },
    now: () => clock,
    random: () => 0.5,
    log,
    pollMs: 20,
    ...more,
  })
  workers.push(worker)
  return worker
}

async function add(keys: string[], lane = 'department:health', topic = 'tell-department') {
  await database.inTx((tx) =>
    enqueue(
      tx,
      keys.map((key) => ({ lane, topic, key, payload: Buffer.from(key), dueAt: clock, at: clock })),
    ),
  )
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (await condition()) return
    await wait(10)
  }
  throw new Error('it did not come to pass in 5 s')
}

async function countOf(where: string): Promise<number> {
  const [row] = await asOwner(`select count(*)::integer as n from outbox where ${where}`)
  return Number(row?.n)
}

beforeEach(async () => {
  clock = START
  await asOwner('truncate outbox')
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
})

describe('the outbox', () => {
  it('delivers each job once and in order, with two workers', async () => {
    const seen: string[] = []
    const keys = Array.from({ length: 60 }, (_, n) => `case-${String(n).padStart(3, '0')}`)
    await add(keys)
    await add(keys.slice(0, 10))
    work(async (job) => void seen.push(job.payload.toString()))
    work(async (job) => void seen.push(job.payload.toString()))
    await until(async () => (await countOf('done_at is not null')) === 60)
    expect([...seen].sort()).toEqual(keys)
  })

  it('keeps a lane in order with one worker (R19)', async () => {
    const seen: string[] = []
    await add(['a', 'b', 'c', 'd'])
    work(async (job) => void seen.push(job.key))
    await until(() => seen.length === 4)
    expect(seen).toEqual(['a', 'b', 'c', 'd'])
  })

  it('knows nothing of a transaction that was rolled back', async () => {
    const times = { dueAt: clock, at: clock }
    const job = { lane: 'l', topic: 't', key: 'k', payload: Buffer.alloc(1), ...times }
    const failing = database.inTx(async (tx) => {
      await enqueue(tx, [job])
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    expect(await countOf('true')).toBe(0)
  })

  it('wakes on a hint long before the next poll', async () => {
    const seen: string[] = []
    work(async (job) => void seen.push(job.key), { pollMs: 60_000 })
    await wait(300)
    await add(['hinted'])
    await hint(database.db)
    await until(() => seen.length === 1)
  })

  it('tries again later, tells nobody what was in the job, then delivers', async () => {
    const attempts: number[] = []
    await add(['flaky'])
    work(async (job) => {
      attempts.push(job.attempts)
      if (job.attempts < 3) throw new TypeError('653101200003150009')
    })
    await until(async () => (await countOf("last_error = 'TypeError'")) === 1)
    await wait(100)
    expect(attempts).toEqual([1])
    clock = new Date(clock.getTime() + HOUR_MS)
    const nextTry = new Date(clock.getTime() + 2 * 60_000)
    await until(async () => (await countOf(`due_at = '${nextTry.toISOString()}'`)) === 1)
    clock = new Date(clock.getTime() + HOUR_MS)
    await until(async () => (await countOf('done_at is not null')) === 1)
    expect(attempts).toEqual([1, 2, 3])
  })

  it('gives up after the last attempt, and starts anew when a person says so', async () => {
    let down = true
    await add(['lost'])
    work(async () => {
      if (down) throw new DeliveryFailed('503')
    })
    for (let n = 1; n <= MOST_ATTEMPTS; n++) {
      const later = `due_at > '${clock.toISOString()}'::timestamptz + '1 s'`
      const settled = `last_error is not null and (dead_at is not null or ${later})`
      await until(async () => (await countOf(`attempts = ${n} and ${settled}`)) === 1)
      clock = new Date(clock.getTime() + 24 * HOUR_MS)
    }
    const [letter] = await deadLetters(database.db, { limit: 10 })
    expect(letter).toMatchObject({ topic: 'tell-department', attempts: MOST_ATTEMPTS, reason: '503' })
    down = false
    expect(await revive(database.db, { id: letter?.id ?? 0, now: clock })).toBe(true)
    await until(async () => (await countOf('done_at is not null')) === 1)
    expect(await revive(database.db, { id: letter?.id ?? 0, now: clock })).toBe(false)
  })

  it('gives up at once what can never be delivered', async () => {
    await add(['refused'])
    work(async () => {
      throw new DeliveryFailed('400 unknown task', true)
    })
    await until(async () => (await countOf('dead_at is not null')) === 1)
  })

  it('a lane that answers slowly holds up no other (R18)', async () => {
    const seen: string[] = []
    let release = () => undefined as void
    const slow = new Promise<void>((done) => (release = done))
    await add(Array.from({ length: 20 }, (_, n) => `slow-${n}`), 'department:slow')
    await add(['quick-1', 'quick-2', 'quick-3'], 'department:quick')
    work(async (job: Job) => {
      if (job.lane === 'department:slow') await slow
      seen.push(job.key)
    })
    await until(() => seen.length === 3)
    expect(seen).toEqual(['quick-1', 'quick-2', 'quick-3'])
    release()
    await until(() => seen.length === 23)
  })

  it('a job of a killed worker is done by another after the lease (R20)', async () => {
    await add(['orphan'])
    // What a worker leaves behind that is killed in the middle of a job.
    const lease = new Date(clock.getTime() + 45_000)
    await asOwner('update outbox set attempts = 1, due_at = $1', [lease])
    const seen: number[] = []
    work(async (job) => void seen.push(job.attempts))
    await wait(150)
    expect(seen).toEqual([])
    clock = new Date(clock.getTime() + 46_000)
    await until(() => seen.length === 1)
    expect(seen).toEqual([2])
  })

  it('a worker that was replaced cannot record its outcome', async () => {
    let release = () => undefined as void
    const held = new Promise<void>((done) => (release = done))
    await add(['contested'])
    const late = work(async () => {
      await held
      throw new DeliveryFailed('too late', true)
    })
    await until(async () => (await countOf('attempts = 1')) === 1)
    clock = new Date(clock.getTime() + 46_000)
    work(async () => undefined)
    await until(async () => (await countOf('done_at is not null')) === 1)
    release()
    await late.stop()
    expect(await countOf('dead_at is null and done_at is not null')).toBe(1)
  })

  it('stops only after the jobs at work, and takes no more', async () => {
    const seen: string[] = []
    await add(['one', 'two'])
    const worker = work(async (job) => {
      await wait(200)
      seen.push(job.key)
    })
    await until(async () => (await countOf('attempts = 1')) === 1)
    await worker.stop()
    expect(seen).toEqual(['one'])
    expect(await countOf('done_at is not null')).toBe(1)
  })

  it('leaves topics it does not know to a newer server (R15)', async () => {
    await add(['new'], 'l', 'topic-of-tomorrow')
    work(async () => undefined)
    await wait(150)
    expect(await countOf('attempts = 0 and done_at is null and dead_at is null')).toBe(1)
  })

  it('forgets done jobs with what they carried', async () => {
    await add(['old'])
    work(async () => undefined)
    await until(async () => (await countOf('done_at is not null')) === 1)
    await forgetDone(database.db, new Date(clock.getTime() + 1))
    expect(await countOf('true')).toBe(0)
  })
})

describe('the waits between attempts', () => {
  const jitter = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

  it('are at least 6 attempts over at least 36 hours, whatever the jitter (R18)', () => {
    expect(MOST_ATTEMPTS).toBeGreaterThanOrEqual(6)
    fc.assert(
      fc.property(fc.infiniteStream(jitter), (stream) => {
        let total = 0
        for (let n = 1; n < MOST_ATTEMPTS; n++) {
          total += retryDelayMs(n, () => stream.next().value) ?? 0
        }
        expect(total).toBeGreaterThanOrEqual(36 * HOUR_MS)
      }),
    )
    expect(retryDelayMs(MOST_ATTEMPTS, () => 0)).toBeUndefined()
  })
})
