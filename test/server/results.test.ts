import { describe, expect, it } from 'vitest'
import type { Messages, Result } from '../../core/contract/case'
import type { Verification } from '../../core/contract/document'
import {
  act, approve, deliverAll, dispatched, getCase, ok, staffed, startTrial, taskOf,
} from './fixtures/filing'

const harness = await startTrial()
const crew = await staffed(harness)
const { owner, clerk } = crew

describe('a result', () => {
  it('is read by owner and window, and by nobody else', async () => {
    const view = await dispatched(harness, crew)
    ok(await approve(harness, crew, view, 'number'))
    const { result } = taskOf(await getCase(harness, owner, view.id), 'number')
    const url = `/v1/results/${result?.id}`
    const full = (await harness.call(owner, { method: 'GET', url })).json<Result>()
    expect(full).toMatchObject({
      name: '编号通知书', number: `${view.number}-01`, holder: '迪丽娜尔', issuer: '喀什市公安局',
      sample: true,
    })
    expect(full.values).toEqual([{ key: 'child.idNumber', label: '身份证号', value: expect.stringMatching(/^\d{17}[\dX]$/) }])
    expect((await harness.call(clerk, { method: 'GET', url })).statusCode).toBe(200)
    const stranger = await harness.citizen()
    expect((await harness.call(stranger, { method: 'GET', url })).statusCode).toBe(404)
    expect((await harness.call(await harness.window('653125'), { method: 'GET', url })).statusCode)
      .toBe(404)
    const rows = await harness.asOwner(
      'select actor_id from audit where object = $1 order by id', [`result:${result?.id}`])
    expect(rows.map(({ actor_id }) => actor_id)).toEqual([owner.id, clerk.id])
  })

  it('is verified by anyone with its code, name masked, no value shown (S47)', async () => {
    const view = await dispatched(harness, crew)
    ok(await approve(harness, crew, view, 'number'))
    const { result } = taskOf(await getCase(harness, owner, view.id), 'number')
    const { verifyCode, values } = (await harness.call(
      owner, { method: 'GET', url: `/v1/results/${result?.id}` })).json<Result>()
    expect(Buffer.from(verifyCode, 'base64url').length).toBeGreaterThanOrEqual(16)
    const reply = await harness.call(undefined, { method: 'GET', url: `/v1/verify/${verifyCode}` })
    expect(reply.json<Verification>()).toMatchObject({ kind: 'result', state: 'valid', holder: '迪**尔' })
    expect(reply.body).not.toContain(values[0]?.value)
    const wrong = `${verifyCode.slice(0, -2)}AA`
    expect((await harness.call(undefined, { method: 'GET', url: `/v1/verify/${wrong}` })).statusCode)
      .toBe(404)
  })
})

describe('messages', () => {
  it('tell the owner of every turn, by SMS too, and nothing personal', async () => {
    const view = await dispatched(harness, crew)
    ok(await act(harness, owner, view.id, { do: 'withdraw' }))
    harness.world.sms.length = 0
    await deliverAll(harness)
    const mine = harness.world.sms.filter(({ phone }) => phone === owner.phone).map(({ text }) => text)
    expect(mine.filter((text) => text.includes(view.number))).toHaveLength(3)
    for (const text of mine) expect(text).not.toMatch(/迪丽娜尔|阿依努尔|653121/)
  })

  it('are listed newest first to their owner, and read once', async () => {
    const list = async (who: typeof clerk) =>
      (await harness.call(who, { method: 'GET', url: '/v1/messages?limit=2' })).json<Messages>()
    const { messages, next } = await list(owner)
    expect(messages).toHaveLength(2)
    expect(next).not.toBeNull()
    const url = `/v1/messages/${messages[0]?.id}/read`
    expect((await harness.call(await harness.citizen(), { method: 'POST', url })).statusCode).toBe(404)
    expect((await harness.call(owner, { method: 'POST', url })).json()).toEqual({ ok: true })
    expect((await list(owner)).messages[0]?.read).toBe(true)
    const older = await harness.call(owner, { method: 'GET', url: `/v1/messages?after=${next}` })
    expect(older.json<Messages>().messages.map(({ id }) => id)).not.toContain(messages[1]?.id)
  })
})
