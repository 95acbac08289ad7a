/** 接办码: what was begun on the phone goes on at the window, and on no other terms. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CounterFilings, CounterSession, CounterView } from '../../core/contract/counter'
import type { Draft, PickUpCode, PickUpState } from '../../core/contract/draft'
import type { AccessLog } from '../../core/contract/session'
import {
  deliverAll, getCase, ok as filed, staffed, startTrial, submit, trialBody,
} from './fixtures/filing'
import { TRIAL } from './fixtures/topic'
import { type SignedIn, REGION, anyIdNumber } from './harness'
import { photographAndUpload } from './robot'

const harness = await startTrial()
const { catalogue } = harness.platform
const OTHER = { ...TRIAL, id: 'trial-other' }
Object.assign(catalogue, { topics: [...catalogue.topics, OTHER] })
await staffed(harness)
const HOUR_MS = 3_600_000
const NAME = '古丽娜尔·艾山'
const DRAFT = `/v1/drafts/${TRIAL.id}`
const CODE = `${DRAFT}/pick-up`

const post = (who: SignedIn, url: string, payload?: object) =>
  harness.call(who, { method: 'POST', url, payload })
const get = (who: SignedIn, url: string) => harness.call(who, { method: 'GET', url })
const drop = (who: SignedIn, url: string) => harness.call(who, { method: 'DELETE', url })
const codeOf = (reply: { json(): { code?: string } }) => reply.json().code
function ok<T>(reply: { statusCode: number; body: string; json<T>(): T }): T {
  if (reply.statusCode >= 300) throw new Error(`${reply.statusCode} ${reply.body}`)
  return reply.json<T>()
}
const bearer = (token: string): SignedIn =>
  ({ id: '', token, headers: { authorization: `Bearer ${token}` } })

/** Somebody who has filled in everything on the phone, photo and all. */
async function begun() {
  const card = { name: NAME, idNumber: anyIdNumber() }
  const owner = await harness.citizen(card)
  const photo = await photographAndUpload(harness, owner)
  const trial = await trialBody(harness, owner)
  const materials = { ...trial.materials, 'mother.id-card': { by: 'photos', ids: [photo] } }
  const body = { ...trial, materials }
  const { requestId, answers, form } = body
  const draft = {
    requestId, topicVersion: TRIAL.version, regionCode: REGION, answers, form, materials, page: 'check',
  }
  ok(await put(owner, draft, 0))
  return { card, owner, body, draft, photo }
}
const put = (who: SignedIn, draft: object, basedOn: number) =>
  harness.call(who, { method: 'PUT', url: DRAFT, payload: { draft, basedOn } })

async function coded() {
  const one = await begun()
  return { ...one, code: ok<PickUpCode>(await post(one.owner, CODE)).code }
}

const openingOf = (card: object, more: object = {}) =>
  ({ requestId: randomUUID(), topicId: TRIAL.id, regionCode: REGION, ...card, ...more })
const open = (clerk: SignedIn, body: object) => post(clerk, '/v1/desk/filings', body)

/** At the window, with the page that was handed the session. */
async function takenUp(given?: Awaited<ReturnType<typeof coded>>) {
  const one = given ?? await coded()
  const clerk = await harness.window()
  const request = openingOf(one.card, { pickUpCode: one.code })
  const { token } = ok<CounterSession>(await open(clerk, request))
  const view = ok<CounterView>(await get(bearer(token), '/v1/counter'))
  return { ...one, clerk, request, view, who: { ...bearer(token), id: one.owner.id } }
}

describe('the code', () => {
  it('is eight digits for a day, told once, replaced by the next, withdrawn at will', async () => {
    const { owner } = await begun()
    const state = async () => ok<PickUpState>(await get(owner, CODE)).open
    expect(await state()).toBeNull()
    const first = ok<PickUpCode>(await post(owner, CODE))
    expect(first.code).toMatch(/^\d{8}$/)
    expect(Date.parse(first.expiresAt) - harness.clock.now.getTime()).toBe(24 * HOUR_MS)
    expect(await state()).toEqual({ madeAt: first.madeAt, expiresAt: first.expiresAt })
    const second = ok<PickUpCode>(await post(owner, CODE))
    const [row, ...more] = await harness.asOwner(
      'select * from pick_up_codes where person_id = $1', [owner.id])
    expect(more).toEqual([])
    expect(JSON.stringify(row)).not.toContain(second.code)
    ok(await drop(owner, CODE))
    ok(await drop(owner, CODE))
    expect(await state()).toBeNull()
  })

  it('is for what is on the server, of somebody whose name is known, nobody acting for them', async () => {
    const nameless = await harness.citizen({ verified: false })
    expect(codeOf(await post(nameless, CODE))).toBe('IDENTITY_REQUIRED')
    const owner = await harness.citizen()
    expect(codeOf(await post(owner, CODE))).toBe('NOT_FOUND')
    expect(codeOf(await get(owner, CODE))).toBe('NOT_FOUND')
    const busy = await begun()
    const replies = []
    for (let n = 0; n < 21; n += 1) replies.push(codeOf(await post(busy.owner, CODE)))
    expect(replies.filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(1)
  })

  it('goes with its draft', async () => {
    const { card, owner, code } = await coded()
    ok(await drop(owner, DRAFT))
    expect(await harness.asOwner('select 1 from pick_up_codes where person_id = $1', [owner.id])).toEqual([])
    const reply = await open(await harness.window(), openingOf(card, { pickUpCode: code }))
    expect(codeOf(reply)).toBe('PICK_UP_CODE')
  })
})

describe('taken up at the window', () => {
  it('shows the clerk that draft and its photos, and nothing else of the citizen', async () => {
    const { who, view, draft, owner, photo } = await takenUp()
    expect(view).toMatchObject({ pickedUp: true, requestId: draft.requestId, caseId: null })
    expect(ok<Draft>(await get(who, DRAFT)).draft).toEqual(draft)
    expect((await get(who, `/v1/materials/${photo}/file`)).statusCode).toBe(200)
    const loose = await photographAndUpload(harness, owner)
    expect(codeOf(await get(who, `/v1/materials/${loose}/file`))).toBe('NOT_FOUND')
    ok(await harness.call(owner, {
      method: 'PUT', url: `/v1/drafts/${OTHER.id}`,
      payload: { draft: { ...draft, requestId: randomUUID() }, basedOn: 0 },
    }))
    expect(codeOf(await get(who, `/v1/drafts/${OTHER.id}`))).toBe('NOT_FOUND')
    expect(codeOf(await put(who, draft, 1))).toBe('NOT_AT_COUNTER')
    expect(codeOf(await drop(who, DRAFT))).toBe('NOT_AT_COUNTER')
    expect(codeOf(await post(who, CODE))).toBe('NOT_AT_COUNTER')
    // Begun anew on the phone, it is another one.
    ok(await drop(owner, DRAFT))
    ok(await put(owner, { ...draft, requestId: randomUUID() }, 0))
    expect(codeOf(await get(who, DRAFT))).toBe('NOT_FOUND')
    expect(codeOf(await get(who, `/v1/materials/${photo}/file`))).toBe('NOT_FOUND')
  })

  it('tells the citizen at once, by message and in the access log', async () => {
    const { owner } = await takenUp()
    await deliverAll(harness)
    const told = harness.world.sms.filter(({ phone }) => phone === owner.phone).at(-1)?.text
    expect(told).toContain(`已接手您填了一半的“${TRIAL.title}”`)
    const log = ok<AccessLog>(await get(owner, '/v1/me/access-log')).entries
    expect(log).toEqual(expect.arrayContaining([
      expect.objectContaining({ who: '喀什市综合窗口', what: '凭接办码接手草稿，开始窗口代办申报' }),
    ]))
  })

  it('becomes one case: the draft is gone, and the phone that sends it too learns which', async () => {
    const { who, owner, body, draft } = await takenUp()
    const made = filed(await submit(harness, who, body))
    expect(made.events[0]).toMatchObject({
      is: 'submit', by: { role: 'window' }, text: expect.stringContaining('接着手机上填的办'),
    })
    expect(codeOf(await get(owner, DRAFT))).toBe('NOT_FOUND')
    const again = { ...body, handover: 'window' }
    const twice = await submit(harness, owner, again)
    expect(twice.json()).toEqual({ code: 'REQUEST_REUSED', detail: { caseId: made.id } })
    const saved = await put(owner, { ...draft, page: 'sign' }, 1)
    expect(saved.json()).toEqual({ code: 'REQUEST_REUSED', detail: { caseId: made.id } })
    expect((await getCase(harness, owner, made.id)).actions).toEqual(['withdraw'])
  })

  it('and ended without submitting leaves the draft as it was', async () => {
    const { who, owner, draft, clerk, card } = await takenUp()
    ok(await drop(who, '/v1/session'))
    expect(ok<Draft>(await get(owner, DRAFT))).toMatchObject({ draft, revision: 1 })
    // On the phone it goes on; another filing of the same topic would not take it away.
    const { token } = ok<CounterSession>(await open(clerk, openingOf(card)))
    const other = { ...await trialBody(harness, owner) }
    const view = ok<CounterView>(await get(bearer(token), '/v1/counter'))
    filed(await submit(harness, bearer(token), { ...other, requestId: view.requestId }))
    expect((await get(owner, DRAFT)).statusCode).toBe(200)
  })

  it('once: a retry of the opening is the same, the code opens nothing more', async () => {
    const { request, clerk, view, card, code } = await takenUp()
    const { token } = ok<CounterSession>(await open(clerk, request))
    expect(ok<CounterView>(await get(bearer(token), '/v1/counter')).id).toBe(view.id)
    const second = await open(await harness.window(), openingOf(card, { pickUpCode: code }))
    expect(second.json()).toEqual({ code: 'PICK_UP_CODE', detail: { field: 'pickUpCode' } })
    const one = await coded()
    const both = await Promise.all([1, 2].map(async () =>
      open(await harness.window(), openingOf(one.card, { pickUpCode: one.code }))))
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 422])
  })
})

describe('a code is refused', () => {
  const refusedTo = async (one: { card: object; code: string }, more: object = {}) =>
    codeOf(await open(await harness.window(), openingOf(one.card, { pickUpCode: one.code, ...more })))

  it('for another person, another topic, after a day, and once it was withdrawn or replaced', async () => {
    const [one, two] = [await coded(), await coded()]
    expect(await refusedTo({ card: two.card, code: one.code })).toBe('PICK_UP_CODE')
    const stranger = { name: NAME, idNumber: anyIdNumber() }
    expect(await refusedTo({ card: stranger, code: one.code })).toBe('PICK_UP_CODE')
    expect(await refusedTo(one, { topicId: OTHER.id })).toBe('PICK_UP_CODE')
    expect(await refusedTo(one, { name: '别人·名字' })).toBe('IDENTITY_MISMATCH')
    expect(await refusedTo({ ...one, code: '12' })).toBe('MALFORMED')
    ok(await post(one.owner, CODE))
    expect(await refusedTo(one)).toBe('PICK_UP_CODE')
    ok(await drop(two.owner, CODE))
    expect(await refusedTo(two)).toBe('PICK_UP_CODE')
    const late = await coded()
    harness.pass(24 * HOUR_MS)
    expect(await refusedTo(late)).toBe('PICK_UP_CODE')
    harness.pass(-24 * HOUR_MS)
  })

  it('after five wrong ones, whichever clerks tried them', async () => {
    const one = await coded()
    const wrong = wrongOf(one.code)
    for (let n = 0; n < 5; n += 1) expect(await refusedTo({ ...one, code: wrong })).toBe('PICK_UP_CODE')
    expect(await refusedTo(one)).toBe('PICK_UP_CODE')
    const fresh = ok<PickUpCode>(await post(one.owner, CODE))
    await takenUp({ ...one, code: fresh.code })
  })

  it('of a clerk who tried five wrong ones within an hour; right ones do not count', async () => {
    const clerk = await harness.window()
    const attempt = async (one: { card: object; code: string }) =>
      codeOf(await open(clerk, openingOf(one.card, { pickUpCode: one.code })))
    const first = await coded()
    for (let n = 0; n < 4; n += 1) expect(await attempt({ ...first, code: wrongOf(first.code) })).toBe('PICK_UP_CODE')
    expect(await attempt(first)).toBeUndefined()
    for (let n = 0; n < 5; n += 1) {
      const one = await coded()
      expect(await attempt({ ...one, code: wrongOf(one.code) })).toBe('PICK_UP_CODE')
    }
    expect(await attempt(await coded())).toBe('TOO_MANY_REQUESTS')
  })
})

describe('the other way: on to the phone', () => {
  const move = (who: SignedIn, draft: object) => post(who, '/v1/counter/move', { draft })
  /** A filing begun at the window, without a code. */
  async function opened(card: object = { name: NAME, idNumber: anyIdNumber() }, phone?: string) {
    const clerk = await harness.window()
    const request = openingOf(card, phone ? { phone } : {})
    const { token } = ok<CounterSession>(await open(clerk, request))
    const view = ok<CounterView>(await get(bearer(token), '/v1/counter'))
    const who = { ...bearer(token), id: view.me.id }
    const { answers, form, materials } = await trialBody(harness, who)
    const draft = {
      requestId: view.requestId, topicVersion: TRIAL.version, regionCode: REGION, answers, form,
      materials, page: 'materials',
    }
    return { clerk, request, view, who, draft }
  }

  it('it is their own draft then, for sixty days; the session is over, they are told', async () => {
    const card = { name: NAME, idNumber: anyIdNumber() }
    const owner = await harness.citizen(card)
    const { who, draft, clerk, request } = await opened(card)
    const { keptUntil } = ok<{ keptUntil: string }>(await move(who, draft))
    expect(Date.parse(keptUntil) - harness.clock.now.getTime()).toBe(60 * 24 * HOUR_MS)
    expect(ok<Draft>(await get(owner, DRAFT))).toMatchObject({ draft, revision: 1, keptUntil })
    expect(codeOf(await get(who, '/v1/counter'))).toBe('NOT_SIGNED_IN')
    expect(codeOf(await open(clerk, request))).toBe('NOT_FOUND')
    await deliverAll(harness)
    const told = harness.world.sms.filter(({ phone }) => phone === owner.phone).at(-1)?.text
    expect(told).toContain(`已把填了一半的“${TRIAL.title}”转给您本人接着办，保留到 `)
    expect(told).toContain(`/pages/topic/index?topic=${TRIAL.id}`)
    const log = ok<AccessLog>(await get(owner, '/v1/me/access-log')).entries
    expect(log).toEqual(expect.arrayContaining([expect.objectContaining({
      who: '喀什市综合窗口', what: '转到您的手机上接着办', why: `窗口代办：办理“${TRIAL.title}”`,
    })]))
    const listed = ok<CounterFilings>(await get(clerk, '/v1/desk/filings')).filings[0]
    expect(listed).toMatchObject({ movedAt: harness.clock.now.toISOString(), filed: null })
    const body = { ...await trialBody(harness, owner), requestId: draft.requestId }
    const { id, events } = filed(await submit(harness, owner, body))
    expect(events[0]?.text).toContain('您已提交申请（先在喀什市政务服务中心综合窗口填写，转到手机上办）')
    expect(ok<CounterFilings>(await get(clerk, '/v1/desk/filings')).filings[0]?.filed?.caseId).toBe(id)
  })

  it('back again: a draft that was taken up, unless it was changed on the phone since', async () => {
    const first = await takenUp()
    const draft = { ...first.draft, page: 'sign' }
    ok(await move(first.who, draft))
    expect(ok<Draft>(await get(first.owner, DRAFT))).toMatchObject({ draft, revision: 2 })
    const second = await takenUp()
    harness.pass(1000)
    ok(await put(second.owner, { ...second.draft, page: 'check' }, 1))
    expect(codeOf(await move(second.who, second.draft))).toBe('DRAFT_OF_THEIR_OWN')
    expect(ok<Draft>(await get(second.owner, DRAFT))).toMatchObject({ draft: { page: 'check' } })
    expect((await get(second.who, '/v1/counter')).statusCode).toBe(200)
  })

  it('takes the place of no draft of their own', async () => {
    const { card, owner, draft } = await begun()
    const seat = await opened(card)
    expect(codeOf(await move(seat.who, seat.draft))).toBe('DRAFT_OF_THEIR_OWN')
    expect(ok<Draft>(await get(owner, DRAFT)).draft).toEqual(draft)
    ok(await drop(owner, DRAFT))
    ok(await move(seat.who, seat.draft))
  })

  it('waits for whoever has no account yet, until they prove who they are', async () => {
    const card = { name: NAME, idNumber: anyIdNumber() }
    const seat = await opened(card, '13800000007')
    ok(await move(seat.who, seat.draft))
    await deliverAll(harness)
    expect(harness.world.sms.filter(({ phone }) => phone === '13800000007').at(-1)?.text).toContain('接着填')
    const owner = await harness.citizen(card)
    expect(owner.id).not.toBe(seat.who.id)
    expect(ok<Draft>(await get(owner, DRAFT)).draft).toEqual(seat.draft)
    filed(await submit(harness, owner, {
      ...await trialBody(harness, owner), requestId: seat.draft.requestId,
    }))
  })

  it('is refused for another draft, for what the topic does not ask, and once a case was filed', async () => {
    const { who, draft, view } = await opened()
    expect(codeOf(await move(who, { ...draft, requestId: randomUUID() }))).toBe('NOT_ALLOWED')
    expect(codeOf(await move(who, { ...draft, form: { 'child.religion': '甲' } }))).toBe('MALFORMED')
    const owner = await harness.citizen()
    expect(codeOf(await move(owner, draft))).toBe('NOT_ALLOWED')
    filed(await submit(harness, who, { ...await trialBody(harness, who), requestId: view.requestId }))
    expect(codeOf(await move(who, draft))).toBe('ACTION_NOT_ALLOWED')
  })
})

const wrongOf = (code: string) => String((Number(code) + 1) % 10 ** 8).padStart(8, '0')
