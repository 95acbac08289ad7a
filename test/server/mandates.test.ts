/** 委托 through the front door: by code and by certificate, far enough and no further, until it ends. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CasePage, CaseView, Messages, SubmitCase } from '../../core/contract/case'
import type { Draft, DraftBody } from '../../core/contract/draft'
import type { Home } from '../../core/contract/home'
import type { MandateView, Mandates, Offer, Offered, Provable } from '../../core/contract/mandate'
import type { AccessLog, SharedCertificate, SharedCertificates } from '../../core/contract/session'
import type { Upload } from '../../core/contract/material'
import { checkDigit32100 } from '../../core/values'
import { MESSAGE_SMS, messageSmsHandler } from '../../server/messages/sms'
import { REGION, type SignedIn, anyIdNumber, codeFor, startHarness } from './harness'
import { fileCase, fill, ok, photographAndUpload } from './robot'

const h = await startHarness()
const newborn = h.platform.catalogue.topics.find(({ id }) => id === 'newborn')!
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

const get = <T>(who: SignedIn, url: string) => ok<T>(h, who, { method: 'GET', url })
const post = <T>(who: SignedIn, url: string, payload?: object) =>
  ok<T>(h, who, { method: 'POST', url, payload })
const refusal = async (who: SignedIn, call: Parameters<typeof h.call>[1]) => {
  const response = await h.call(who, call)
  return [response.statusCode, response.statusCode < 300 ? 'ok' : response.json().code]
}

/** The same person, acting for another. */
const as = (who: SignedIn, mandateId: string): SignedIn =>
  ({ ...who, headers: { ...who.headers, 'x-acting-for': mandateId } as SignedIn['headers'] })

type Person = Awaited<ReturnType<typeof h.citizen>> & { idNumber: string }

async function person(name: string): Promise<Person> {
  const idNumber = anyIdNumber()
  return { ...await h.citizen({ name, idNumber }), idNumber }
}

async function again(who: Person): Promise<Person> {
  h.pass(MINUTE_MS + 1000)
  return { ...who, ...await h.citizen({ phone: who.phone, name: who.name, verified: false }) }
}

const asking = {
  kind: 'agent', topics: ['newborn'], acts: 'fill', endsOn: '2026-12-31', consent: true,
}

async function entrust(principal: SignedIn, agent: SignedIn, change: object = {}) {
  const { code } = await post<Offered>(principal, '/v1/mandates', { ...asking, ...change })
  const { mandate } = await post<{ mandate: MandateView }>(agent, '/v1/mandates/take', {
    code, consent: true,
  })
  return { mandate, acting: as(agent, mandate.id) }
}

const body = (form: Record<string, string> = {}): DraftBody => ({
  requestId: randomUUID(), topicVersion: newborn.version, regionCode: REGION, answers: {}, form,
  materials: {}, page: '',
})
const put = (topicId: string, draft: DraftBody, basedOn = 0) =>
  ({ method: 'PUT', url: `/v1/drafts/${topicId}`, payload: { draft, basedOn } }) as const

describe('by code', () => {
  it('wants a fresh proof, and shows the agent exactly what is asked, masked', async () => {
    const mother = await person('阿依努尔·样例')
    const agent = await person('王帮办')
    const { code, mandate } = await post<Offered>(mother, '/v1/mandates', asking)
    expect(mandate).toMatchObject({ state: 'offered', side: 'principal', agent: null })
    const offer = await post<Offer>(agent, '/v1/mandates/open', { code: code.toLowerCase() })
    expect(offer).toMatchObject({
      principal: '阿依努尔·**', kind: 'agent', acts: 'fill', endsOn: '2026-12-31',
      topics: [{ id: 'newborn', title: newborn.title }],
    })
    h.pass(6 * MINUTE_MS)
    expect(await refusal(mother, { method: 'POST', url: '/v1/mandates', payload: asking }))
      .toEqual([403, 'CONFIRM_REQUIRED'])
    const take = { method: 'POST', url: '/v1/mandates/take', payload: { code, consent: true } } as const
    expect(await refusal(agent, { ...take, payload: { code } })).toEqual([400, 'MALFORMED'])
    expect(await refusal(mother, take)).toEqual([403, 'NOT_ALLOWED'])
    expect(await refusal(agent, take)).toEqual([200, 'ok'])
    const other = await person('李旁人')
    expect(await refusal(other, take)).toEqual([422, 'MANDATE_CODE'])
    await h.deliver({ [MESSAGE_SMS]: messageSmsHandler(h.platform) })
    for (const { phone } of [mother, agent]) {
      expect(h.world.sms.some((one) => one.phone === phone && one.text.includes('代办'))).toBe(true)
    }
  })

  it('lives a day, and five wrong ones lock for an hour', async () => {
    const mother = await person('母亲样例')
    const { code } = await post<Offered>(mother, '/v1/mandates', asking)
    h.pass(DAY_MS + 1000)
    const agent = await person('王帮办')
    const open = (given: string) =>
      refusal(agent, { method: 'POST', url: '/v1/mandates/open', payload: { code: given } })
    expect(await open(code)).toEqual([422, 'MANDATE_CODE'])
    for (let n = 0; n < 4; n += 1) {
      expect(await open('ABCD-EFGH-JKMNP')).toEqual([422, 'MANDATE_CODE'])
    }
    expect(await open(code)).toEqual([429, 'TOO_MANY_REQUESTS'])
  })

  it('refuses a term of more than a year and a topic there is not', async () => {
    const mother = await person('母亲样例')
    const offer = (change: object) => refusal(mother, {
      method: 'POST', url: '/v1/mandates', payload: { ...asking, ...change },
    })
    expect(await offer({ endsOn: '2099-01-01' })).toEqual([422, 'MANDATE_TERM'])
    expect(await offer({ endsOn: '2026-01-01' })).toEqual([422, 'MANDATE_TERM'])
    expect(await offer({ topics: ['no-such-topic'] })).toEqual([400, 'MALFORMED'])
    expect(await offer({ via: randomUUID() })).toEqual([404, 'NOT_FOUND'])
  })
})

describe('acting', () => {
  it('works on the principal’s draft, within the topic and as far as was said', async () => {
    const mother = await person('阿依努尔·样例')
    const agent = await person('王帮办')
    const { acting } = await entrust(mother, agent)
    const draft = body({ 'child.name': '小石榴·样例' })
    expect(await refusal(mother, put('newborn', body()))).toEqual([200, 'ok'])
    const mine = await get<Draft>(acting, '/v1/drafts/newborn')
    await ok(h, acting, put('newborn', { ...draft, requestId: mine.draft.requestId }, 1))
    expect((await get<Draft>(mother, '/v1/drafts/newborn')).draft.form)
      .toEqual({ 'child.name': '小石榴·样例' })
    // The agent's own is another one.
    expect(await refusal(agent, { method: 'GET', url: '/v1/drafts/newborn' }))
      .toEqual([404, 'NOT_FOUND'])
    expect(await refusal(acting, { method: 'GET', url: '/v1/drafts/marriage' }))
      .toEqual([404, 'NOT_FOUND'])
    expect(await refusal(acting, { method: 'DELETE', url: '/v1/drafts/newborn' }))
      .toEqual([403, 'NOT_WHILE_ACTING'])
    for (const [method, url] of [
      ['GET', '/v1/me'], ['GET', '/v1/me/export'], ['DELETE', '/v1/me'], ['GET', '/v1/me/devices'],
      ['GET', '/v1/mandates'], ['GET', '/v1/messages'], ['GET', '/v1/me/access-log'],
    ] as const) {
      expect(await refusal(acting, { method, url }), url).toEqual([403, 'NOT_WHILE_ACTING'])
    }
    const home = await get<Home>(acting, '/v1/home')
    expect(home.tasks.map(({ topicId }) => topicId)).toEqual(['newborn'])
  })

  it('sees the photos of its own topics only', async () => {
    const mother = await person('阿依努尔·样例')
    const agent = await person('王帮办')
    const [birth, other] = [await photographAndUpload(h, mother), await photographAndUpload(h, mother)]
    const key = newborn.materials[0]!.key
    const draft = { ...body(), materials: { [key]: { by: 'photos' as const, ids: [birth] } } }
    await ok(h, mother, put('newborn', draft))
    const { acting } = await entrust(mother, agent)
    const file = (id: string) => refusal(acting, { method: 'GET', url: `/v1/materials/${id}/file` })
    expect(await file(birth)).toEqual([200, 'ok'])
    expect(await file(other)).toEqual([404, 'NOT_FOUND'])
    const taken = await photographAndUpload(h, acting)
    expect(await file(taken)).toEqual([200, 'ok'])
    expect((await get<Upload>(mother, `/v1/materials/${taken}`)).state).toBe('ready')
    expect(await refusal(agent, { method: 'GET', url: `/v1/materials/${taken}` }))
      .toEqual([404, 'NOT_FOUND'])
  })

  it('is over at the next request once either side revokes, or the day is past', async () => {
    const mother = await person('阿依努尔·样例')
    const agent = await person('王帮办')
    const home = { method: 'GET', url: '/v1/home' } as const
    const one = await entrust(mother, agent)
    expect(await refusal(one.acting, home)).toEqual([200, 'ok'])
    const { given } = await post<Mandates>(mother, `/v1/mandates/${one.mandate.id}/revoke`)
    expect(given[0]).toMatchObject({ state: 'revoked', revokedBy: 'principal' })
    expect(await refusal(one.acting, home)).toEqual([403, 'MANDATE_ENDED'])
    const two = await entrust(mother, agent)
    await post(agent, `/v1/mandates/${two.mandate.id}/revoke`)
    expect(await refusal(two.acting, home)).toEqual([403, 'MANDATE_ENDED'])
    const three = await entrust(mother, agent, { endsOn: '2026-11-30' })
    expect(await refusal(as(mother, three.mandate.id), home)).toEqual([403, 'MANDATE_ENDED'])
    expect(await refusal(as(agent, randomUUID()), home)).toEqual([403, 'MANDATE_ENDED'])
    expect(await refusal(as(agent, 'nonsense'), home)).toEqual([403, 'MANDATE_ENDED'])
    const stranger = await person('李旁人')
    expect(await refusal(stranger, {
      method: 'POST', url: `/v1/mandates/${three.mandate.id}/revoke`,
    })).toEqual([404, 'NOT_FOUND'])
    h.pass(10 * DAY_MS)
    const later = await again(agent)
    expect(await refusal(as(later, three.mandate.id), home)).toEqual([403, 'MANDATE_ENDED'])
    const { mine } = await get<Mandates>(later, '/v1/mandates')
    expect(mine.map(({ state }) => state).sort()).toEqual(['ended', 'revoked', 'revoked'])
  })

  it('files where it may, and stands in timeline and log of both', async () => {
    const mother = await person('阿依努尔·样例')
    const agent = await person('王帮办')
    const { acting } = await entrust(mother, agent, { acts: 'file' })
    const { view } = await fileCase(h, acting, { topicId: 'newborn', seed: 3 })
    expect(view.events[0]?.text).toContain('您（代办人）已代申请人提交申请')
    const seen = await get<CaseView>(mother, `/v1/cases/${view.id}`)
    expect(seen.events[0]).toMatchObject({ by: { role: 'citizen', name: '代办人 王**办' } })
    expect(seen.events[0]?.text).toContain('已代您提交申请')
    expect(seen.events[0]?.text).not.toContain('王帮办')
    expect((await get<CasePage>(agent, '/v1/cases')).cases).toEqual([])
    expect((await get<CasePage>(acting, '/v1/cases')).cases).toHaveLength(1)
    const log = await get<AccessLog>(mother, '/v1/me/access-log?limit=100')
    const filed = log.entries.find(({ what }) => what === '提交申请')
    expect(filed).toMatchObject({ why: '受托办理：办理“新生儿出生”' })
    expect(filed?.who).toBe('代办人 王**办')
    const own = await get<AccessLog>(agent, '/v1/me/access-log?limit=100')
    expect(own.entries.find(({ what }) => what === '提交申请')?.who).toBe('您（替阿依努尔·**）')
    // Reading is not rating: that stays with whose matter it is.
    expect(await refusal(acting, {
      method: 'POST', url: `/v1/cases/${view.id}/ratings`, payload: { requestId: randomUUID(), stars: 1 },
    })).toEqual([403, 'NOT_WHILE_ACTING'])
  })

  it('does not file where it may only fill', async () => {
    const mother = await person('阿依努尔·样例')
    const agent = await person('王帮办')
    const { acting } = await entrust(mother, agent)
    const { topic, filled } = await fill(h, mother, { topicId: 'newborn' })
    const payload: Partial<SubmitCase> = {
      requestId: randomUUID(), topicId: 'newborn', topicVersion: topic.version, regionCode: REGION,
      answers: filled.answers, form: filled.form, materials: {}, handover: 'electronic',
      consent: { notice: true, truth: true, sharing: true, minor: true },
      signature: { strokes: [[[1, 1], [2, 2]]], ratio: 2 },
    }
    expect(await refusal(acting, { method: 'POST', url: '/v1/cases', payload }))
      .toEqual([403, 'NOT_WHILE_ACTING'])
  })
})

let firms = 0
/** Another each time. */
function creditCodeOfFirm(): string {
  const first = `91653101MA00000${String((firms += 1)).padStart(2, '0')}`
  return first + checkDigit32100(first)
}
const company: SharedCertificate = {
  id: 'licence', type: 'business-license', name: '营业执照', number: '9165***0000', holder: 'company',
  holderName: '样例公司', issuer: '样例', issuedOn: '2020-01-01', validUntil: null, people: {},
}
function register(name: string, idNumber: string, bornOn: string): SharedCertificate {
  return {
    id: `register-${idNumber}`, type: 'household-register', name: '居民户口簿', number: '***1',
    holder: 'child', holderName: name, issuer: '样例', issuedOn: '2022-01-01', validUntil: null,
    people: { child: { name, idNumber, bornOn } },
  }
}

async function family() {
  const mother = await person('努尔古丽·样例')
  const childId = anyIdNumber()
  const page = register('穆拉提·样例', childId, '2018-05-06')
  h.world.certificatesOf.set(mother.idNumber, [page])
  h.world.certificatesOf.set(childId, [{ ...page, holder: 'me', people: {
    me: { name: '穆拉提·样例', idNumber: childId, bornOn: '2018-05-06' },
  } }])
  const consent = { agent: true, guardian: true }
  const { mandate } = await post<{ mandate: MandateView }>(mother, '/v1/mandates/proved', {
    kind: 'child', certificateId: page.id, consent,
  })
  return { mother, childId, page, mandate, acting: as(mother, mandate.id) }
}

describe('a child', () => {
  it('is added by the register, only with the consent of the guardian, once, until 18', async () => {
    const { mother, page, mandate } = await family()
    expect(mandate).toMatchObject({
      kind: 'child', acts: 'file', topics: null, endsOn: '2036-05-05', principal: '穆拉提·**',
      proof: '居民户口簿', state: 'live',
    })
    const found = await get<Provable>(mother, '/v1/mandates/provable')
    expect(found.children).toMatchObject([{ under14: true, added: true, until: '2036-05-05' }])
    const add = (consent: object, certificateId = page.id) => refusal(mother, {
      method: 'POST', url: '/v1/mandates/proved', payload: { kind: 'child', certificateId, consent },
    })
    expect(await add({ agent: true })).toEqual([422, 'REASON_REQUIRED'])
    expect(await add({ agent: true, guardian: true }, 'another')).toEqual([422, 'MANDATE_UNPROVED'])
    expect(await add({ agent: true, guardian: true })).toEqual([200, 'ok'])
    expect((await get<Mandates>(mother, '/v1/mandates')).mine).toHaveLength(1)
  })

  it('has its own data, cases and messages, which reach the guardian and nobody else', async () => {
    const { mother, acting, childId } = await family()
    const shared = await get<SharedCertificates>(acting, '/v1/me/certificates')
    expect(shared.known.me).toMatchObject({ name: '穆拉提·样例', idNumber: childId })
    const { view } = await fileCase(h, acting, { topicId: 'newborn', seed: 4 })
    expect((await get<CasePage>(mother, '/v1/cases')).cases).toEqual([])
    expect((await get<CasePage>(acting, '/v1/cases')).cases.map(({ id }) => id)).toEqual([view.id])
    const inbox = await get<Messages>(mother, '/v1/messages')
    expect(inbox.messages.find(({ title }) => title === '已提交')).toMatchObject({
      caseId: view.id, actingFor: { name: '穆拉提·**' },
    })
    const theirs = (await get<Messages>(acting, '/v1/messages')).messages[0]
    expect(theirs?.title).toBe('已提交')
    expect(theirs?.actingFor).toBeUndefined()
    const { mine } = await get<Mandates>(mother, '/v1/mandates')
    expect(mine[0]?.unread).toBe(1)
    h.world.sms.length = 0
    await h.deliver({ [MESSAGE_SMS]: messageSmsHandler(h.platform) })
    expect(h.world.sms.filter(({ text }) => text.includes(view.number)).map(({ phone }) => phone))
      .toEqual([mother.phone])
  })

  it('who grows up gets what was done for them, and nothing is lost', async () => {
    const { mother, acting, childId } = await family()
    const { view } = await fileCase(h, acting, { topicId: 'newborn', seed: 5 })
    const grown = await h.citizen({ name: '穆拉提·样例', idNumber: childId })
    expect((await get<CasePage>(grown, '/v1/cases')).cases.map(({ id }) => id)).toEqual([view.id])
    const { given } = await get<Mandates>(grown, '/v1/mandates')
    expect(given).toMatchObject([{ kind: 'child', state: 'live', agent: '努尔古丽·**' }])
    expect((await get<CasePage>(acting, '/v1/cases')).cases).toHaveLength(1)
    const log = await get<AccessLog>(grown, '/v1/me/access-log?limit=100')
    expect(log.entries.some(({ what }) => what === '提交申请')).toBe(true)
    const other = await h.citizen({ verified: false })
    expect(await refusal(other, {
      method: 'POST', url: '/v1/me/identity', payload: { name: '穆拉提·样例', idNumber: childId },
    })).toEqual([403, 'NOT_ALLOWED'])
    expect(mother.id).not.toBe(grown.id)
  })
})

describe('a company', () => {
  async function firm() {
    const boss = await person('艾山江·样例')
    const creditCode = creditCodeOfFirm()
    const people = {
      company: { companyName: '喀什样例有限公司', creditCode },
      legalRepresentative: { name: boss.name, idNumber: boss.idNumber },
    }
    h.world.certificatesOf.set(boss.idNumber, [{ ...company, people }])
    const { mandate } = await post<{ mandate: MandateView }>(boss, '/v1/mandates/proved', {
      kind: 'company', certificateId: 'licence', consent: { agent: true },
    })
    return { boss, mandate, people }
  }

  it('is added by whom the licence names, and by nobody else', async () => {
    const { mandate, people } = await firm()
    expect(mandate).toMatchObject({ principal: '喀什样例有限公司', kind: 'company', state: 'live' })
    expect(mandate.endsOn).toMatch(/^2027-1[12]-/)
    const clerk = await person('刘员工')
    h.world.certificatesOf.set(clerk.idNumber, [{ ...company, people }])
    expect(await refusal(clerk, {
      method: 'POST', url: '/v1/mandates/proved',
      payload: { kind: 'company', certificateId: 'licence', consent: { agent: true } },
    })).toEqual([422, 'MANDATE_UNPROVED'])
  })

  it('entrusts an employee through its representative; the chain ends with its first link', async () => {
    const { boss, mandate, people } = await firm()
    const clerk = await person('刘员工')
    const { acting } = await entrust(boss, clerk, {
      topics: null, acts: 'file', via: mandate.id,
    })
    const shared = await get<SharedCertificates>(acting, '/v1/me/certificates')
    expect(shared.known.company).toMatchObject(people.company)
    expect(shared.known.me).toBeUndefined()
    const { given } = await get<Mandates>(boss, '/v1/mandates')
    expect(given).toMatchObject([{ principal: '喀什样例有限公司', agent: '刘**工', state: 'live' }])
    await post(boss, `/v1/mandates/${mandate.id}/revoke`)
    expect(await refusal(acting, { method: 'GET', url: '/v1/home' })).toEqual([403, 'MANDATE_ENDED'])
  })
})

it('two clients of one agent never mix, and a closed account ends what it gave', async () => {
  const agent = await person('王帮办')
  const [one, two] = [await person('客户甲'), await person('客户乙')]
  const first = await entrust(one, agent, { topics: null })
  const second = await entrust(two, agent, { topics: null })
  await ok(h, first.acting, put('newborn', body({ 'child.name': '甲的孩子' })))
  expect(await refusal(second.acting, { method: 'GET', url: '/v1/drafts/newborn' }))
    .toEqual([404, 'NOT_FOUND'])
  await ok(h, second.acting, put('newborn', body({ 'child.name': '乙的孩子' })))
  expect((await get<Draft>(first.acting, '/v1/drafts/newborn')).draft.form)
    .toEqual({ 'child.name': '甲的孩子' })
  expect(await refusal(one, { method: 'DELETE', url: '/v1/me' })).toEqual([200, 'ok'])
  expect(await refusal(first.acting, { method: 'GET', url: '/v1/home' }))
    .toEqual([403, 'MANDATE_ENDED'])
  expect(codeFor(h, agent.phone)).toBeDefined()
})
