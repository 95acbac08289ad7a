/** A department whose own system is down sees what it did not get, works by hand, sends it again. */
import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { CaseView } from '../../core/contract/case'
import type { Letter, LetterPage } from '../../core/contract/letter'
import { departmentHandlers } from '../../server/departments/send'
import { MOST_ATTEMPTS } from '../../server/outbox/schedule'
import { type Outbox, runOutbox } from '../../server/outbox/worker'
import { approve, dispatched, staffed, startTrial, taskOf } from './fixtures/filing'
import type { SignedIn } from './harness'

const harness = await startTrial()
const { world, platform, clock } = harness
const OWN = 'public-security'
const LANE = `department:${OWN}`
let worker: Outbox | undefined

world.ownSystems.add(OWN)
/** A session does not outlive a day. */
const someHead = () => harness.department(OWN)
const someHandler = () => harness.department(OWN, undefined, { duties: ['handle'] })

const page = async (who: SignedIn, query = '') => (await harness.call(who, {
  method: 'GET', url: `/v1/department/letters?limit=100${query}`,
})).json<LetterPage>()
const letters = async (who: SignedIn, view?: CaseView) => (await page(who)).letters
  .filter(({ caseId }) => !view || caseId === view.id)
const revive = (who: SignedIn, ids: number[], body: object = {}) => harness.call(who, {
  method: 'POST', url: '/v1/department/letters/revive',
  payload: { requestId: randomUUID(), reason: '本部门系统已恢复', ids, ...body },
})
const code = (reply: { json: () => { code: string } }) => reply.json().code
const first = ([letter]: readonly Letter[]): Letter => {
  if (!letter) throw new Error('no letter')
  return letter
}

function work(): void {
  worker = runOutbox({
    database: platform.db, handlers: departmentHandlers(platform), now: platform.now,
    random: () => 0.5, log: platform.log, pollMs: 20,
  })
}

const open = () => harness.asOwner(`select attempts, due_at as at, due_at > $2 and last_error is not null as failed
  from outbox where lane = $1 and done_at is null and dead_at is null order by due_at`, [LANE, clock.now])

/** Goes on by as much as each retry waits, until all have been tried so often, or are given up. */
async function fail(attempts: number): Promise<void> {
  for (;;) {
    const settled = async () => (await open()).every(({ failed }) => failed)
    await expect.poll(settled, { timeout: 10_000 }).toBe(true)
    const waiting = await open()
    if (waiting.every((one) => one.attempts >= attempts)) return
    clock.now = new Date(waiting.at(-1)?.at)
  }
}

afterEach(async () => {
  await worker?.stop()
  worker = undefined
  world.down.clear()
})

describe('what a department’s own system did not get', () => {
  it('is seen late, then given up; by its own people of the region, and by nobody else', async () => {
    world.down.add('departments')
    const crew = await staffed(harness)
    const view = await dispatched(harness, crew)
    expect(await letters(await someHead(), view)).toEqual([])
    work()
    await fail(2)
    const early = await someHead()
    const late = await letters(early, view)
    expect(late.find(({ n }) => n === taskOf(view, 'number').n)).toMatchObject({
      number: `${view.number}-${taskOf(view, 'number').n}`, what: 'task', state: 'waiting', taskState: 'dispatched',
      attempts: expect.any(Number), deadAt: null, revivable: false,
      reason: `the department's system: OUTSIDE_DOWN`,
    })
    expect(new Date(late[0]?.nextAt ?? 0) > clock.now).toBe(true)
    await fail(MOST_ATTEMPTS + 1)
    const [head, handler] = [await someHead(), await someHandler()]
    const dead = await letters(head, view)
    expect(dead.map(({ id }) => id)).toEqual(late.map(({ id }) => id))
    expect(dead).toMatchObject(dead.map(() => ({ state: 'dead', nextAt: null, revivable: true })))
    expect((await letters(handler, view)).map(({ revivable }) => revivable)).toEqual(dead.map(() => false))
    const others = [
      await harness.department('health'), await harness.department(OWN, '653125'),
    ]
    for (const who of others) expect(await letters(who)).toEqual([])
    const everything = JSON.stringify(await page(head))
    for (const secret of [crew.owner.name, crew.owner.phone, '迪丽娜尔']) expect(everything).not.toContain(secret)
  })

  it('is sent again by the head alone, with a reason, once, and written down', async () => {
    const [head, handler] = [await someHead(), await someHandler()]
    const dead = await letters(head)
    const ids = dead.map(({ id }) => id)
    for (const who of [handler, await harness.department('health'), await harness.department(OWN, '653125')]) {
      expect(code(await revive(who, ids))).toBe('NOT_FOUND')
    }
    expect((await revive(await harness.window(), ids)).statusCode).toBe(403)
    expect(code(await revive(head, [...ids, 999_999]))).toBe('NOT_FOUND')
    expect(code(await revive(head, ids, { reason: '  ' }))).toBe('REASON_REQUIRED')
    expect((await letters(head)).every(({ state }) => state === 'dead')).toBe(true)
    const before = world.sent.length
    work()
    const requestId = randomUUID()
    const replies = [await revive(head, ids, { requestId }), await revive(head, ids, { requestId })]
    expect(replies.map((reply) => reply.json())).toEqual([{ revived: ids.length }, { revived: 0 }])
    await expect.poll(() => world.sent.length).toBe(before + ids.length)
    await expect.poll(() => letters(head)).toEqual([])
    expect(code(await revive(head, ids))).toBe('ACTION_NOT_ALLOWED')
    const logged = await harness.asOwner(
      `select actor_kind, object, why from audit where what = '重新投递' order by id`)
    expect(logged).toEqual(ids.sort((a, b) => a - b).map((id) => (
      { actor_kind: 'department', object: `delivery:${id}`, why: '本部门系统已恢复' })))
  })

  it('can be handled by hand meanwhile; sent again it brings nothing that has ended', async () => {
    world.down.add('departments')
    const crew = await staffed(harness)
    const head = await someHead()
    const view = await dispatched(harness, crew)
    work()
    await fail(1)
    await harness.asOwner('update outbox set dead_at = $2 where lane = $1 and done_at is null', [LANE, clock.now])
    expect((await approve(harness, crew, view, 'number')).statusCode).toBe(200)
    const { n } = taskOf(view, 'number')
    const letter = first((await letters(head, view)).filter((one) => one.n === n))
    expect(letter).toMatchObject({ state: 'dead', taskState: 'approved' })
    world.down.clear()
    const sent = () => world.sent.filter(({ message }) => message.taskId === `${view.id}.${n}`)
    await revive(head, [letter.id])
    await expect.poll(async () => (await letters(head, view)).some(({ id }) => id === letter.id)).toBe(false)
    expect(sent()).toEqual([])
  })

  it('is listed page by page, each letter once', async () => {
    world.down.add('departments')
    const crew = await staffed(harness)
    const head = await someHead()
    for (let n = 0; n < 3; n += 1) await dispatched(harness, crew)
    await harness.asOwner(
      `update outbox set last_error = 'no answer in time' where lane = $1 and done_at is null`, [LANE])
    const all = (await letters(head)).map(({ id }) => id)
    const seen: number[] = []
    for (let after = ''; ;) {
      const { letters: some, next } = (await harness.call(head, {
        method: 'GET', url: `/v1/department/letters?limit=2${after}`,
      })).json<LetterPage>()
      seen.push(...some.map(({ id }) => id))
      if (!next) break
      after = `&after=${next}`
    }
    expect(seen).toEqual(all)
    expect(seen.length).toBeGreaterThan(2)
    expect([...seen].sort((a, b) => b - a)).toEqual(seen)
  })
})
