/** 窗口代办申报: what a clerk may do for a citizen who is there, and everything they may not. */
import { randomUUID } from 'node:crypto'
import { PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import type { CaseContent } from '../../core/contract/case'
import type { CounterFilings, CounterSession, CounterView } from '../../core/contract/counter'
import type { CaseDocument } from '../../core/contract/document'
import type { AccessLog } from '../../core/contract/session'
import {
  act, approve, deliverAll, getCase, ok, staffed, startTrial, submit, trialBody,
} from './fixtures/filing'
import { textOf } from './fixtures/pdf-text'
import { TRIAL } from './fixtures/topic'
import { type SignedIn, REGION, anyIdNumber, anyPhone } from './harness'

const harness = await startTrial()
const { catalogue } = harness.platform
const QUIET = { ...TRIAL, id: 'trial-quiet', tone: 'quiet' as const }
Object.assign(catalogue, { topics: [...catalogue.topics, QUIET] })
const crew = await staffed(harness)
const { clerk } = crew

const NAME = '古丽娜尔·艾山'
const anyone = () => ({ name: NAME, idNumber: anyIdNumber() })
const opening = (change: object = {}) => ({
  requestId: randomUUID(), topicId: TRIAL.id, regionCode: REGION, queueTicket: 'A012', ...anyone(),
  ...change,
})
const post = (who: SignedIn, url: string, payload: object = {}) =>
  harness.call(who, { method: 'POST', url, payload })
const get = (who: SignedIn, url: string) => harness.call(who, { method: 'GET', url })
const open = (body: object, who = clerk) => post(who, '/v1/desk/filings', body)
const codeOf = (reply: { json(): { code?: string } }) => reply.json().code
const bearer = (token: string): SignedIn =>
  ({ id: '', token, headers: { authorization: `Bearer ${token}` } })

/** At the counter, as the page that was handed the session. */
async function seated(change: object = {}) {
  const body = opening(change)
  const reply = await open(body)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  const session = reply.json<CounterSession>()
  const view = (await get(bearer(session.token), '/v1/counter')).json<CounterView>()
  return { body, session, view, who: { ...bearer(session.token), id: view.me.id } }
}

/** What that page sends in the end. */
async function filled({ view, who }: Pick<Awaited<ReturnType<typeof seated>>, 'view' | 'who'>) {
  return { ...await trialBody(harness, who), requestId: view.id }
}

describe('a filing at the window', () => {
  it('is entered under the session it was opened for, and says so to everybody', async () => {
    const phone = anyPhone()
    const seat = await seated({ phone })
    expect(seat.session).toMatchObject({
      applicant: '古丽娜尔·**',
      phone: `${phone.slice(0, 3)}****${phone.slice(7)}`,
    })
    expect(seat.view).toMatchObject({
      purpose: 'file', topicId: TRIAL.id, topicTitle: TRIAL.title, queueTicket: 'A012',
      regionCode: REGION, caseId: null, me: { name: NAME, verified: true },
    })
    const filed = ok(await submit(harness, seat.who, await filled(seat)))
    expect(filed.actions).toEqual([])
    expect(filed.events[0]).toMatchObject({
      is: 'submit', by: { role: 'window', name: '喀什市政务服务中心综合窗口' },
      text: expect.stringContaining('窗口代办录入：您到场申请'),
    })
    expect((await getCase(harness, clerk, filed.id)).events[0]?.text).toContain('申请人到场申请')
    expect((await get(seat.who, '/v1/counter')).json()).toMatchObject({ caseId: filed.id })
    await deliverAll(harness)
    const texts = harness.world.sms.filter((one) => one.phone === phone).map(({ text }) => text)
    expect(texts[0]).toContain(`开始为您代办“${TRIAL.title}”的申报`)
    expect(texts[1]).toContain(`已由窗口代办提交，办件编号 ${filed.number}`)
    const receipt = await get(seat.who, `/v1/cases/${filed.id}/receipt.pdf`)
    const doc = await PDFDocument.load(receipt.rawPayload)
    expect(textOf(doc.getPages()[0]!).replace(/\s/g, '')).toContain('由窗口代办录入')
  })

  it('is seen by the citizen on their own phone, who reads that the window was there', async () => {
    const card = anyone()
    const seat = await seated({ ...card, phone: anyPhone() })
    const { id } = ok(await submit(harness, seat.who, await filled(seat)))
    const owner = await harness.citizen(card)
    expect((await getCase(harness, owner, id)).actions).toEqual(['withdraw'])
    const log = (await get(owner, '/v1/me/access-log')).json<AccessLog>().entries
    expect(log).toEqual(expect.arrayContaining([
      expect.objectContaining({
        who: '喀什市综合窗口', what: '提交申请', why: `窗口代办：办理“${TRIAL.title}”`,
      }),
      expect.objectContaining({ who: '喀什市综合窗口', what: '开始窗口代办申报' }),
    ]))
    expect(log.filter(({ why }) => why.includes('窗口代办')).every(({ who }) => who !== '您本人')).toBe(true)
    // The row of the window is part of the account now: its session is over.
    expect(codeOf(await get(seat.who, '/v1/counter'))).toBe('NOT_SIGNED_IN')
  })

  it('stands in the list of the clerk who opened it, and of no other, with its case', async () => {
    const own = await harness.window()
    const reply = await open(opening({ phone: anyPhone() }), own)
    const who = bearer(reply.json<CounterSession>().token)
    const view = (await get(who, '/v1/counter')).json<CounterView>()
    const listed = async (clerk: SignedIn) =>
      (await get(clerk, '/v1/desk/filings')).json<CounterFilings>().filings
    expect(await listed(own)).toMatchObject([{
      applicant: '古丽娜尔·**', queueTicket: 'A012', topicTitle: TRIAL.title, filed: null,
    }])
    const filed = ok(await submit(harness, who, await filled({ view, who: { ...who, id: view.me.id } })))
    expect((await listed(own))[0]?.filed).toEqual({ caseId: filed.id, number: filed.number })
    expect(await listed(await harness.window())).toEqual([])
  })

  it('takes the account there is, and leaves its phone and its draft alone', async () => {
    const card = anyone()
    const owner = await harness.citizen(card)
    const draft = {
      requestId: randomUUID(), topicVersion: TRIAL.version, regionCode: REGION, answers: {},
      form: { 'mother.name': '手机上填的' }, materials: {}, page: '',
    }
    const url = `/v1/drafts/${TRIAL.id}`
    ok(await harness.call(owner, { method: 'PUT', url, payload: { draft, basedOn: 0 } }))
    const seat = await seated({ ...card, phone: anyPhone() })
    expect(seat.view.me.id).toBe(owner.id)
    expect(seat.session.phone?.slice(-4)).toBe(owner.phone.slice(-4))
    ok(await submit(harness, seat.who, await filled(seat)))
    expect((await get(owner, url)).json()).toMatchObject({ draft: { form: draft.form } })
    const key = (await get(owner, '/v1/me')).json<{ draftKey: string }>().draftKey
    expect(seat.view.draftKey).not.toBe(key)
    const { devices } = (await get(owner, '/v1/me/devices')).json<{ devices: unknown[] }>()
    expect(devices).toHaveLength(1)
  })

  it('happens once: a retry is the same, another case is refused, another content too', async () => {
    const seat = await seated()
    const again = await open(seat.body)
    expect(again.statusCode).toBe(200)
    // Only the token handed out last is good.
    expect(codeOf(await get(seat.who, '/v1/counter'))).toBe('NOT_SIGNED_IN')
    const who = { ...bearer(again.json<CounterSession>().token), id: seat.who.id }
    expect((await get(who, '/v1/counter')).json<CounterView>().id).toBe(seat.view.id)
    expect(codeOf(await open({ ...seat.body, topicId: QUIET.id }))).toBe('REQUEST_REUSED')
    const body = await filled({ ...seat, who })
    const { id } = ok(await submit(harness, who, body))
    expect(ok(await submit(harness, who, body)).id).toBe(id)
    const second = { ...await trialBody(harness, who), requestId: randomUUID() }
    expect(codeOf(await submit(harness, who, second))).toBe('NOT_ALLOWED')
  })
})

describe('a session of the window reaches nothing else', () => {
  it('of the person: no other case, topic, draft, message, account, nobody they act for', async () => {
    const card = anyone()
    const owner = await harness.citizen(card)
    const other = ok(await submit(harness, owner, await trialBody(harness, owner)))
    const { who } = await seated(card)
    for (const url of [
      '/v1/me', '/v1/cases', '/v1/messages', '/v1/me/access-log', '/v1/me/export', '/v1/mandates',
      '/v1/tickets', `/v1/drafts/${TRIAL.id}/pick-up`, '/v1/materials', `/v1/cases/${other.id}/content`,
    ]) expect([url, codeOf(await get(who, url))]).toEqual([url, 'NOT_AT_COUNTER'])
    for (const url of [
      `/v1/drafts/${TRIAL.id}`, `/v1/cases/${other.id}`, `/v1/cases/${other.id}/notice`,
      `/v1/cases/${other.id}/receipt.pdf`,
      `/v1/me/certificates?topicId=${QUIET.id}`, '/v1/me/certificates',
    ]) expect([url, codeOf(await get(who, url))]).toEqual([url, 'NOT_FOUND'])
    expect(codeOf(await act(harness, who, other.id, { do: 'withdraw' }))).toBe('NOT_AT_COUNTER')
    expect(codeOf(await post(who, '/v1/session/renew'))).toBe('NOT_AT_COUNTER')
    const quiet = { ...await trialBody(harness, who), topicId: QUIET.id }
    expect(codeOf(await submit(harness, who, quiet))).toBe('NOT_FOUND')
    expect((await get(who, '/v1/home')).json()).toMatchObject({ tasks: [], unread: 0 })
    expect((await get(who, `/v1/me/certificates?topicId=${TRIAL.id}`)).statusCode).toBe(200)
    const acting = await harness.call(who, {
      method: 'GET', url: '/v1/cases', headers: { 'x-acting-for': randomUUID() },
    })
    expect(codeOf(acting)).toBe('NOT_ALLOWED')
  })

  it('ends by itself after two hours, with 结束, and with the clerk’s account', async () => {
    const ended = await seated()
    expect((await harness.call(ended.who, { method: 'DELETE', url: '/v1/session' })).statusCode).toBe(200)
    expect(codeOf(await get(ended.who, '/v1/counter'))).toBe('NOT_SIGNED_IN')
    const gone = await harness.window()
    const { token } = (await open(opening(), gone)).json<CounterSession>()
    await harness.asOwner('update staff set disabled_at = now() where id = $1', [gone.id])
    expect(codeOf(await get(bearer(token), '/v1/counter'))).toBe('NOT_SIGNED_IN')
    const late = await seated()
    expect(Date.parse(late.session.expiresAt) - harness.clock.now.getTime()).toBe(2 * 3_600_000)
    for (let n = 0; n < 4; n += 1) {
      expect((await get(late.who, '/v1/counter')).statusCode).toBe(200)
      harness.pass(29 * 60_000)
    }
    harness.pass(5 * 60_000)
    expect(codeOf(await get(late.who, '/v1/counter'))).toBe('NOT_SIGNED_IN')
    harness.pass(-(4 * 29 + 5) * 60_000)
  })
})

describe('opening one', () => {
  it('is the duty of 受理, in one’s own county, for somebody the card belongs to', async () => {
    const examiner = await harness.window(REGION, { duties: ['examine'] })
    expect(codeOf(await open(opening(), examiner))).toBe('NOT_ALLOWED')
    expect(codeOf(await open(opening(), await harness.window('653121')))).toBe('NOT_FOUND')
    expect(codeOf(await open(opening(), await harness.department('health')))).toBe('NOT_ALLOWED')
    expect(codeOf(await open(opening(), await harness.citizen()))).toBe('NOT_ALLOWED')
    expect(codeOf(await open(opening({ topicId: 'no-such-topic' })))).toBe('NOT_FOUND')
    expect(codeOf(await open(opening({ idNumber: '653101199001010001' })))).toBe('IDENTITY_MISMATCH')
    const card = anyone()
    harness.world.names.set(card.idNumber, '别人·名字')
    expect(codeOf(await open(opening(card)))).toBe('IDENTITY_MISMATCH')
    const known = anyone()
    await harness.citizen(known)
    expect(codeOf(await open(opening({ ...known, name: '别人·名字' })))).toBe('IDENTITY_MISMATCH')
  })

  it('goes on by the card alone while the identity service is down, and records how', async () => {
    const proofOf = async (id: string) =>
      (await harness.asOwner('select proved from counters where id = $1', [id]))[0]?.proved
    expect(await proofOf((await seated()).view.id)).toBe('service')
    harness.world.down.add('identity')
    const seat = await seated()
    harness.world.down.delete('identity')
    expect(await proofOf(seat.view.id)).toBe('card')
    expect(await proofOf((await seated({ ...seat.body, requestId: randomUUID() })).view.id)).toBe('account')
  })

  it('is never for oneself, nor for a form one stands in', async () => {
    const idNumber = anyIdNumber()
    const own = await harness.window(REGION, { idNumber })
    expect(codeOf(await open(opening({ idNumber }), own))).toBe('OWN_CASE')
    const { token } = (await open(opening(), own)).json<CounterSession>()
    const view = (await get(bearer(token), '/v1/counter')).json<CounterView>()
    const who = { ...bearer(token), id: view.me.id }
    const body = await filled({ view, who })
    const family = { ...body, form: { ...body.form, 'mother.idNumber': idNumber } }
    expect(codeOf(await submit(harness, who, family))).toBe('OWN_CASE')
    expect((await submit(harness, who, body)).statusCode).toBe(201)
  })

  it('forty times an hour at most: nobody looks people up by it', async () => {
    const busy = await harness.window()
    const replies = []
    for (let n = 0; n < 41; n += 1) replies.push(await open(opening({ idNumber: '1'.repeat(15) }), busy))
    expect(replies.map(codeOf).filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(1)
  })
})

/** Ready for 出件 at the window. */
async function ready(topicId = TRIAL.id) {
  const owner = await harness.citizen(anyone())
  const body = { ...await trialBody(harness, owner), topicId, handover: 'window' }
  const { id } = ok(await submit(harness, owner, body))
  ok(await act(harness, clerk, id, { do: 'accept' }))
  ok(await act(harness, clerk, id, { do: 'dispatch' }))
  for (const { id: itemId } of TRIAL.items) {
    const view = await getCase(harness, clerk, id)
    const task = view.tasks.find((one) => one.itemId === itemId)
    if (task?.state === 'dispatched') await approve(harness, crew, view, itemId)
  }
  return { owner, id }
}

describe('hand-over at the window', () => {
  const signature = { strokes: [[[10, 10], [500, 300], [900, 40]]], ratio: 2 }

  it('keeps who took the results and their signature, sealed, for the window and the 送达回证', async () => {
    const { owner, id } = await ready()
    const taking = { by: 'agent', name: '艾力·买买提', signature }
    ok(await act(harness, clerk, id, { do: 'hand-over', taking }))
    const content = async (who: SignedIn) =>
      (await get(who, `/v1/cases/${id}/content`)).json<CaseContent>()
    expect((await content(clerk)).taking).toEqual(taking)
    expect((await content(owner)).taking).toBeUndefined()
    const [row] = await harness.asOwner('select content_sealed as sealed from cases where id = $1', [id])
    expect(String(row?.sealed)).not.toContain('艾力')
    const { documents } = (await get(clerk, `/v1/cases/${id}/documents`))
      .json<{ documents: CaseDocument[] }>()
    const name = documents.find(({ title }) => title === '送达回证')?.name
    const pdf = await get(clerk, `/v1/cases/${id}/documents/${name}.pdf`)
    const text = (await PDFDocument.load(pdf.rawPayload)).getPages().map(textOf).join('')
    expect(text.replace(/\s/g, '')).toContain('艾力·买买提（代领人）当场签名，见下')
  })

  it('says 纸质签收 where it was signed on paper, and wants a name', async () => {
    const { id } = await ready()
    const nobody = { do: 'hand-over', taking: { by: 'applicant', name: '   ' } }
    expect(codeOf(await act(harness, clerk, id, nobody))).toBe('REASON_REQUIRED')
    ok(await act(harness, clerk, id, { do: 'hand-over', taking: { by: 'applicant', name: NAME } }))
  })
})

describe('the second screen', () => {
  const ask = (id: string, who = clerk) =>
    post(who, `/v1/desk/cases/${id}/rating`, { requestId: randomUUID() })

  it('rates this case and does nothing else; once', async () => {
    const { owner, id } = await ready()
    expect(codeOf(await ask(id))).toBe('ACTION_NOT_ALLOWED')
    ok(await act(harness, clerk, id, { do: 'hand-over' }))
    const who = bearer((await ask(id)).json<CounterSession>().token)
    expect((await get(who, '/v1/counter')).json()).toMatchObject({ purpose: 'rate', caseId: id })
    expect(codeOf(await get(who, '/v1/me/certificates'))).toBe('NOT_AT_COUNTER')
    expect(codeOf(await submit(harness, who, await trialBody(harness, owner)))).toBe('NOT_AT_COUNTER')
    expect((await get(who, `/v1/cases/${id}/ratings`)).statusCode).toBe(200)
    const other = ok(await submit(harness, owner, await trialBody(harness, owner)))
    const rate = (caseId: string) =>
      post(who, `/v1/cases/${caseId}/ratings`, { requestId: randomUUID(), stars: 2, comment: '等得久' })
    expect(codeOf(await rate(other.id))).toBe('NOT_FOUND')
    expect((await rate(id)).statusCode).toBe(200)
    expect((await getCase(harness, clerk, id)).rating).toMatchObject({ stars: 2, comment: null })
    expect(codeOf(await ask(id))).toBe('ALREADY_RATED')
  })

  it('asks nobody around a death, and only whoever may hand over', async () => {
    const { id } = await ready(QUIET.id)
    ok(await act(harness, clerk, id, { do: 'hand-over' }))
    expect(codeOf(await ask(id))).toBe('ACTION_NOT_ALLOWED')
    const examiner = await harness.window(REGION, { duties: ['examine'] })
    expect(codeOf(await ask(id, examiner))).toBe('NOT_ALLOWED')
    expect(codeOf(await ask(id, await harness.window('653121')))).toBe('NOT_FOUND')
  })
})
