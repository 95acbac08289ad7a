import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { OutsideTask } from '../../core/contract/outside'
import {
  act, deliverAll, dispatched, getCase, ok, photo, staffed, startTrial, taskOf,
} from './fixtures/filing'
import { anyIdNumber } from './harness'

const harness = await startTrial()
const crew = await staffed(harness)
const { owner, clerk } = crew
const POLICE = 'public-security'
harness.world.ownSystems.add(POLICE)

async function sent() {
  const view = await dispatched(harness, crew)
  harness.world.sent.length = 0
  await deliverAll(harness)
  const last = harness.world.sent.at(-1)?.message as OutsideTask
  return { view, task: last }
}
const feed = (taskId: string, body: object, more: object = {}) => harness.signed(POLICE, {
  method: 'POST', url: `/v1/outside/tasks/${taskId}/feedback`,
  body: { requestId: randomUUID(), ...body }, ...more,
})

describe("a department's own system", () => {
  it('is sent only what its item needs, and no task that has not started', async () => {
    const { view, task } = await sent()
    expect(harness.world.sent.filter(({ message }) => message.taskId.startsWith(view.id)))
      .toHaveLength(1)
    expect(task).toMatchObject({
      taskId: taskOf(view, 'number').id, round: 0, department: POLICE, dueOn: '2026-11-30',
      feedback: `/v1/outside/tasks/${taskOf(view, 'number').id}/feedback`,
    })
    expect(Object.keys(task.form).sort()).toEqual(['child.name', 'mother.idNumber', 'mother.name'])
    expect(task.materials.map(({ key, files }) => `${key} ${files.length}`)).toEqual(['mother.id-card 1'])
  })

  it('answers by signature: receive, ask, receive again with round 1, approve', async () => {
    const { view, task } = await sent()
    const ask = { kind: 'material', key: 'mother.id-card', reason: '照片反光' }
    expect((await feed(task.taskId, { do: 'receive' })).json()).toEqual({ state: 'received' })
    expect((await feed(task.taskId, { do: 'request-correction', asks: [ask] })).json())
      .toEqual({ state: 'asking' })
    ok(await act(harness, clerk, view.id, { do: 'return', asks: [ask] }))
    const ids = [await photo(harness, owner)]
    ok(await act(harness, owner, view.id, {
      do: 'resubmit', form: {}, materials: { 'mother.id-card': { by: 'photos', ids } },
    }))
    harness.world.sent.length = 0
    await deliverAll(harness)
    const again = harness.world.sent.at(-1)?.message as OutsideTask
    expect(again).toMatchObject({ taskId: task.taskId, round: 1 })
    expect(again.materials[0]?.files.map(({ id }) => id)).toEqual(ids)
    const gives = { 'child.idNumber': anyIdNumber() }
    expect((await feed(task.taskId, { do: 'approve', gives, number: '公字第 1 号' })).json())
      .toEqual({ state: 'approved' })
    const after = await getCase(harness, owner, view.id)
    expect(taskOf(after, 'number').result?.number).toBe('公字第 1 号')
    expect(taskOf(after, 'insurance').state).toBe('dispatched')
  })

  it('counts once: a repeated signature is refused, a repeated request id changes nothing', async () => {
    const { view, task } = await sent()
    const body = { do: 'receive', requestId: randomUUID() }
    const nonce = randomBytes(16).toString('hex')
    expect((await feed(task.taskId, body, { nonce })).statusCode).toBe(200)
    const { version } = await getCase(harness, owner, view.id)
    expect((await feed(task.taskId, body, { nonce })).json()).toMatchObject({ code: 'BAD_SIGNATURE' })
    expect((await feed(task.taskId, body)).json()).toEqual({ state: 'received' })
    expect((await getCase(harness, owner, view.id)).version).toBe(version)
    const other = await feed(task.taskId, { ...body, do: 'resume' })
    expect(other.json()).toMatchObject({ code: 'REQUEST_REUSED' })
  })

  it('is refused with a wrong secret, and for a task of another department', async () => {
    const { view, task } = await sent()
    const forged = await feed(task.taskId, { do: 'receive' }, { secret: 'x'.repeat(32) })
    expect(forged.json()).toMatchObject({ code: 'BAD_SIGNATURE' })
    const others = await feed(taskOf(view, 'booklet').id, { do: 'receive' })
    expect(others.statusCode).toBe(404)
  })

  it('is told of a withdrawal, and not sent a task that has ended meanwhile', async () => {
    const view = await dispatched(harness, crew)
    ok(await act(harness, owner, view.id, { do: 'withdraw' }))
    harness.world.sent.length = 0
    await deliverAll(harness)
    const mine = harness.world.sent.filter(({ message }) => message.taskId.startsWith(view.id))
    expect(mine.map(({ message }) => message)).toEqual([
      expect.objectContaining({ taskId: taskOf(view, 'number').id, cancelled: true }),
    ])
  })
})
