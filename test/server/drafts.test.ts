import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type SignedIn, startHarness } from './harness'

const harness = await startHarness()
const { call, pass, clock } = harness
const DAY = 86_400_000
const [topic] = harness.platform.catalogue.topics
if (!topic) throw new Error('the catalogue has no topic')
const url = `/v1/drafts/${topic.id}`
const field = topic.fields[0]!.key

const body = (requestId: string, value = '甲') => ({
  requestId, topicVersion: topic.version, regionCode: '653101', answers: {},
  form: { [field]: value }, materials: {}, page: 'form-1',
})
const put = (who: SignedIn, draft: object, basedOn: number) =>
  call(who, { method: 'PUT', url, payload: { draft, basedOn } })
const get = (who: SignedIn) => call(who, { method: 'GET', url })

describe('a draft', () => {
  it('comes back as it was saved, kept for 60 days', async () => {
    const who = await harness.citizen()
    const draft = body(randomUUID())
    expect((await get(who)).statusCode).toBe(404)
    const saved = await put(who, draft, 0)
    expect(saved.json()).toEqual({
      revision: 1,
      savedAt: clock.now.toISOString(),
      keptUntil: new Date(clock.now.getTime() + 60 * DAY).toISOString(),
    })
    expect((await get(who)).json()).toEqual({ topicId: topic.id, draft, ...saved.json() })
    expect((await get(await harness.citizen())).statusCode).toBe(404)
  })

  it('saved on another device meanwhile is not overwritten', async () => {
    const who = await harness.citizen()
    const requestId = randomUUID()
    const first = await put(who, body(requestId, '一'), 0)
    const both = await Promise.all([
      put(who, body(requestId, '二'), 1), put(who, body(requestId, '三'), 1),
    ])
    const refused = both.find(({ statusCode }) => statusCode === 409)
    expect(both.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    expect(refused?.json()).toEqual({
      code: 'DRAFT_CONFLICT', detail: { revision: 2, savedAt: first.json().savedAt },
    })
    expect((await put(who, body(requestId, '四'), 5)).statusCode).toBe(409)
  })

  it('first saved on two devices at once is one draft', async () => {
    const who = await harness.citizen()
    const requestId = randomUUID()
    const both = await Promise.all([
      put(who, body(requestId, '一'), 0), put(who, body(requestId, '二'), 0),
    ])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  })

  it('R8: saved again after a lost reply is the same revision', async () => {
    const who = await harness.citizen()
    const draft = body(randomUUID())
    const first = await put(who, draft, 0)
    expect((await put(who, draft, 0)).json()).toEqual(first.json())
  })

  it('keeps its request id, until it is deleted', async () => {
    const who = await harness.citizen()
    await put(who, body(randomUUID()), 0)
    expect((await put(who, body(randomUUID()), 1)).json().code).toBe('REQUEST_REUSED')
    expect((await call(who, { method: 'DELETE', url })).statusCode).toBe(200)
    expect((await get(who)).statusCode).toBe(404)
    expect((await put(who, body(randomUUID()), 0)).statusCode).toBe(200)
  })

  it('outlived is gone and gives way to a new one', async () => {
    const who = await harness.citizen()
    await put(who, body(randomUUID()), 0)
    await harness.asOwner("update drafts set kept_until = kept_until - interval '61 days'")
    expect((await get(who)).statusCode).toBe(404)
    expect((await put(who, body(randomUUID()), 0)).json().revision).toBe(1)
    pass(1)
  })

  it('S25: holds only what the topic asks', async () => {
    const who = await harness.citizen()
    const draft = body(randomUUID())
    const foreign = await put(who, { ...draft, form: { 'child.religion': '甲' } }, 0)
    expect(foreign.json()).toMatchObject({
      code: 'MALFORMED', detail: { field: 'draft.form.child.religion', problem: 'unknown' },
    })
    expect((await put(who, { ...draft, answers: { nothing: 'yes' } }, 0)).statusCode).toBe(400)
    expect((await put(who, { ...draft, state: 'accepted' }, 0)).json().detail)
      .toMatchObject({ field: 'draft.state', problem: 'additionalProperties' })
    expect((await put(who, { ...draft, topicVersion: 99 }, 0)).statusCode).toBe(404)
    const elsewhere = { method: 'PUT', url: '/v1/drafts/nothing' } as const
    expect((await call(who, { ...elsewhere, payload: { draft, basedOn: 0 } })).statusCode).toBe(404)
  })

  it('S52: is sealed, and bound to its person', async () => {
    const [one, other] = [await harness.citizen(), await harness.citizen()]
    await put(one, body(randomUUID(), '哨兵值'), 0)
    await put(other, body(randomUUID(), '别人的'), 0)
    const rows = await harness.asOwner(
      "select encode(body_sealed, 'hex') as sealed from drafts where person_id = $1", [one.id])
    expect(rows[0]!.sealed).not.toContain(Buffer.from('哨兵值').toString('hex'))
    await harness.asOwner(`update drafts set body_sealed = (select body_sealed from drafts
      where person_id = $1) where person_id = $2`, [one.id, other.id])
    expect((await get(other)).statusCode).toBe(500)
  })

  it('S11: survives the end of a session', async () => {
    const who = await harness.citizen()
    await put(who, body(randomUUID()), 0)
    pass(31 * 60_000)
    expect((await get(who)).statusCode).toBe(401)
    const again = await harness.citizen({ phone: who.phone, verified: false })
    expect((await get(again)).statusCode).toBe(200)
  })
})
