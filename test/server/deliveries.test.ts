/** R18: a department that is down for a day and a half, and the person who looks after it. */
import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { Delivery, DeliveryPage, Lanes } from '../../core/contract/admin'
import { departmentHandlers } from '../../server/departments/send'
import { MOST_ATTEMPTS } from '../../server/outbox/schedule'
import { type Outbox, runOutbox } from '../../server/outbox/worker'
import { dispatched, staffed, startTrial } from './fixtures/filing'
import type { SignedIn } from './harness'

const harness = await startTrial()
const { world, platform } = harness
const HOUR_MS = 3_600_000
const POLICE = 'department:public-security'
const START = harness.clock.now
let worker: Outbox | undefined

world.ownSystems.add('public-security')
const crew = await staffed(harness)
const admin = () => harness.staff('system-admin', { region: '653100' })

const get = async <T>(who: SignedIn, path: string) =>
  (await harness.call(who, { method: 'GET', url: `/v1/admin/${path}` })).json<T>()
const deliveries = async (who: SignedIn, query: string) =>
  (await get<DeliveryPage>(who, `deliveries?${query}`)).deliveries
const revive = (who: SignedIn, id: number, body: object = {}) => harness.call(who, {
  method: 'POST', url: `/v1/admin/deliveries/${id}/revive`,
  payload: { requestId: randomUUID(), reason: '公安系统已恢复', ...body },
})

function work(): void {
  worker = runOutbox({
    database: platform.db, handlers: departmentHandlers(platform), now: platform.now,
    random: () => 0.5, log: platform.log, pollMs: 20,
  })
}

/** Goes on by as much as each retry waits, until nothing of the lane is open. */
async function waitForAll(): Promise<number> {
  const open = () => harness.asOwner(
    'select attempts from outbox where lane = $1 and done_at is null and dead_at is null', [POLICE])
  const failed = () => harness.asOwner(
    `select 1 from outbox where lane = $1 and last_error is not null and due_at > $2
       and done_at is null and dead_at is null`, [POLICE, harness.clock.now])
  const since = harness.clock.now.getTime()
  while ((await open()).length > 0) {
    await expect.poll(async () => (await open()).length - (await failed()).length,
      { timeout: 10_000 }).toBe(0)
    if ((await open()).length === 0) break
    const [row] = await harness.asOwner(
      'select min(due_at) as at from outbox where lane = $1 and done_at is null and dead_at is null',
      [POLICE])
    harness.clock.now = new Date(row?.at)
  }
  return (harness.clock.now.getTime() - since) / HOUR_MS
}

afterEach(async () => {
  await worker?.stop()
  worker = undefined
  world.down.clear()
})

describe('a department that is down', () => {
  it('for 36 hours: ends dead, is seen, is revived with a reason, gets the task once', async () => {
    world.down.add('departments')
    await dispatched(harness, crew)
    work()
    expect(await waitForAll()).toBeGreaterThan(36)
    const who = await admin()
    const [lane] = (await get<Lanes>(who, 'lanes')).lanes
    expect(lane).toMatchObject({ id: POLICE, name: '公安局系统', waiting: 0, retrying: 0 })
    expect(lane?.dead).toBeGreaterThan(0)
    const [letter] = await deliveries(who, `state=dead&lane=${POLICE}`)
    expect(letter).toMatchObject({
      laneName: '公安局系统', what: '推送事项', state: 'dead', attempts: MOST_ATTEMPTS,
      reason: `the department's system: OUTSIDE_DOWN`, nextAt: null,
    })
    expect(Object.keys(letter ?? {})).not.toContain('payload')

    world.down.clear()
    const before = world.sent.length
    const requestId = randomUUID()
    for (let n = 0; n < 2; n += 1) {
      const reply = await revive(who, letter?.id ?? 0, { requestId })
      expect(reply.statusCode).toBe(200)
    }
    await expect.poll(() => world.sent.length).toBe(before + 1)
    await expect.poll(async () => (await revive(who, letter?.id ?? 0)).statusCode).toBe(409)
    expect(world.sent.length).toBe(before + 1)
    const logged = await harness.asOwner(
      `select actor_kind, object, why from audit where what = '重新投递'`)
    expect(logged).toEqual([
      { actor_kind: 'system-admin', object: `delivery:${letter?.id}`, why: '公安系统已恢复' },
    ])
  })

  it('with many: a whole lane is revived at once', async () => {
    harness.clock.now = START
    world.down.add('departments')
    for (let n = 0; n < 3; n += 1) await dispatched(harness, crew)
    const who = await admin()
    const waiting = await deliveries(who, `state=waiting&lane=${POLICE}`)
    expect(waiting.map(({ state, attempts }) => [state, attempts])).toEqual(
      Array.from({ length: waiting.length }, () => ['waiting', 0]))
    await harness.asOwner('update outbox set dead_at = $2 where lane = $1 and done_at is null',
      [POLICE, harness.clock.now])
    world.down.clear()
    const call = (lane: string) => harness.call(who, {
      method: 'POST', url: '/v1/admin/deliveries/revive',
      payload: { requestId: randomUUID(), reason: '公安系统已恢复', lane },
    })
    const before = world.sent.length
    expect((await call(POLICE)).json()).toEqual({ revived: waiting.length })
    work()
    await expect.poll(() => world.sent.length).toBe(before + waiting.length)
    expect((await call(POLICE)).statusCode).toBe(409)
  })

  it('is listed page by page, each letter once', async () => {
    await harness.asOwner(
      `insert into outbox (lane, topic, key, payload, created_at, due_at, dead_at, attempts, last_error)
       select 'wechat', 'message-wechat', n::text, '', now(), now(), now(), 10, 'no answer in time'
         from generate_series(1, 45) n`)
    const who = await admin()
    const seen: Delivery[] = []
    let after = ''
    do {
      const page = await get<DeliveryPage>(who, `deliveries?state=dead&lane=wechat&limit=20${after}`)
      seen.push(...page.deliveries)
      after = page.next ? `&after=${page.next}` : ''
    } while (after)
    expect(seen).toHaveLength(45)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(45)
    expect(seen[0]).toMatchObject({ laneName: '微信', what: '微信订阅消息' })
  })

  it('what there is not is not found; blanks are no reason', async () => {
    const who = await admin()
    expect((await revive(who, 999_999)).json()).toMatchObject({ code: 'NOT_FOUND' })
    const [letter] = await deliveries(who, 'state=dead')
    const reply = await revive(who, letter?.id ?? 0, { reason: '  ' })
    expect(reply.json()).toMatchObject({ code: 'REASON_REQUIRED' })
  })
})
