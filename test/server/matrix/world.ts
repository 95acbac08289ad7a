/** Who comes to the door and what lies behind it: real cases, photos, tasks, results, messages. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Booking, Slots } from '../../../core/contract/booking'
import type { CaseView, Messages, Result } from '../../../core/contract/case'
import type { ContactSaved } from '../../../core/contract/contact'
import type { DraftView } from '../../../core/contract/editing'
import type { MandateView, Offered } from '../../../core/contract/mandate'
import type { RatingView } from '../../../core/contract/rating'
import { openDocket } from '../../../server/cases/docket'
import { type NewCounter, insertCounter } from '../../../server/counter/store'
import { sha256 } from '../../../server/crypto'
import { signRequest } from '../../../server/outside/signature'
import { openCitizenSession, openCounterSession } from '../../../server/session/service'
import { raise } from '../../../server/supervision/raise'
import { REGION, type Harness, type SignedIn, anyAddress, anyIdNumber } from '../harness'
import {
  type Filed, atWindow, carryThrough, fileCase, fill, invite, ok, photographAndUpload,
} from '../robot'

export const ACTORS = [
  'anonymous', 'expired', 'owner', 'stranger', 'unverified',
  'agent', 'agent who fills', 'agent of another topic', 'ex-agent', 'agent of another client',
  'counter', 'counter of another topic', 'counter for rating',
  'window', 'window of the prefecture', 'window elsewhere',
  'department', 'department of the prefecture', 'department elsewhere', 'waiting department',
  'department without task',
  'supervisor', 'supervisor of the prefecture', 'supervisor elsewhere',
  'editor', 'editor elsewhere', 'publisher', 'system-admin', 'security-admin', 'audit-admin',
  'system', 'waiting system', 'forged system',
] as const
export type ActorName = (typeof ACTORS)[number]

/** Whom who acts for another acts for; the ex-agent's mandate was revoked. */
export const CLIENTS: Partial<Record<ActorName, 'owner' | 'stranger'>> = {
  agent: 'owner', 'agent who fills': 'owner', 'agent of another topic': 'owner',
  'agent of another client': 'stranger',
  counter: 'owner', 'counter of another topic': 'owner', 'counter for rating': 'owner',
}

export interface Citizen extends SignedIn {
  name: string
  idNumber: string
  phone: string
}

export interface World {
  send(app: FastifyInstance, actor: ActorName, call: InjectOptions): Promise<LightMyRequestResponse>
  citizens: Record<'owner' | 'stranger' | 'unverified', Citizen>
  /** its first task has started at the department, the others wait */
  handling: Filed
  /** submitted, nothing started */
  fresh: Filed
  /** handed over and rated: every department of it has had its task */
  finished: Filed
  /** the stranger's, in another county, being handled */
  elsewhere: Filed
  result: Result
  messageId: string
  /** of a clerk who is none of the actors */
  accountId: string
  /** the stranger's to the owner, unanswered */
  invitationCode: string
  /** the owner's: at the window, and sent to the started department */
  tickets: { fresh: string; sent: string }
  /** of the finished case as a whole, and of the started department's item in it */
  rectifications: { whole: string; item: string }
  /** of the started task */
  signalId: string
  /** of the started department, in the county of the handled case */
  contactId: string
  /** what told the started department's own system of the started task */
  letterId: number
  /** the owner's to somebody who is none of the actors */
  mandateId: string
  /** of a topic the editor's department has an item in, and the editor elsewhere none */
  catalogueDraft: { id: string; topicId: string }
  /** the owner's */
  booking: Booking
  /** started, and one that waits: `caseId.n` */
  tasks: { started: string; waiting: string }
  /**
   * a photo the started item needs, one only waiting items need, one in no case, one only the
   * waiting department's items needed in the finished case, one of the case elsewhere
   */
  photos: { shared: string; kept: string; loose: string; finished: string; elsewhere: string }
  /** what nobody but its owner, and who handles it, may ever read; and every secret */
  secrets: { personal: string[]; tokens: string[] }
}

const ELSEWHERE = '653121'
const PREFECTURE = '653100'
const STARTED = 'health'
const WAITING = 'public-security'
/** Not part of a birth whose baby is insured elsewhere. */
const WITHOUT = 'tax'

export async function makeWorld(h: Harness): Promise<World> {
  h.world.ownSystems.add(STARTED).add(WAITING)
  const citizens = {
    owner: await citizen(h, '古丽娜尔·艾山'),
    stranger: await citizen(h, '欧阳测试'),
    unverified: await citizen(h, '司马测试', false),
  }
  const { owner } = citizens
  const filing = { topicId: 'newborn', answers: { insure: 'elsewhere' } }
  const handling = await fileCase(h, owner, { ...filing, seed: 61 })
  const fresh = await fileCase(h, owner, { ...filing, seed: 62 })
  const finished = await fileCase(h, owner, { ...filing, seed: 63 })
  const done = await carryThrough(h, owner, { ...finished, stars: 2 })
  const rectifications = await complain(h, owner, finished)
  const elsewhere = await fileCase(h, citizens.stranger, {
    ...filing, seed: 64, regionCode: ELSEWHERE,
  })
  await dispatch(h, elsewhere)
  const view = await dispatch(h, handling)
  const agents = await agentsOf(h, citizens)
  const counters = await countersOf(h, owner, { fresh, finished })
  const signedIn = await signInAll(h, citizens, { ...agents, ...counters })
  await unconfirmed(h, citizens.unverified)
  const inbox = await ok<Messages>(h, owner, { method: 'GET', url: '/v1/messages' })
  const resultId = done.tasks[0]?.result?.id ?? ''
  const tokens = Object.values(signedIn).flatMap((one) => (one ? [one.token] : []))
  return {
    send: async (app, actor, call) => {
      for (;;) {
        const response = await sendAs(h, { app, actor, signedIn, call })
        // On a busy machine the app may ask for patience; its look at the load needs our pause.
        if (response.statusCode !== 503) return response
        await pause(100)
      }
    },
    citizens, handling, fresh, finished, elsewhere,
    result: await ok<Result>(h, owner, { method: 'GET', url: `/v1/results/${resultId}` }),
    mandateId: (await entrust(h, owner)).mandate.id,
    invitationCode: await invitationTo(h, citizens),
    messageId: inbox.messages[0]?.id ?? '',
    accountId: (await h.window(REGION)).id,
    tickets: await ticketsOf(h, { owner, clerk: await h.window(REGION), caseId: handling.view.id }),
    rectifications,
    signalId: await signal(h, view),
    contactId: await contactOf(h),
    letterId: await letterOf(h, view),
    catalogueDraft: await catalogueDraftOf(h),
    booking: await bookingOf(h, owner),
    tasks: tasksOf(view),
    photos: {
      ...photosOf(handling), loose: await photographAndUpload(h, owner),
      finished: photosOf(finished).kept, elsewhere: photosOf(elsewhere).shared,
    },
    secrets: { personal: personalOf(citizens, [handling, fresh, finished, elsewhere]), tokens },
  }
}

/** Also of one item, with the lowest level. */
async function complain(
  h: Harness,
  owner: SignedIn,
  { view, topic }: Filed,
): Promise<World['rectifications']> {
  const itemId = topic.items.find(({ department }) => department === STARTED)?.id ?? ''
  const { rectifications } = await ok<RatingView>(h, owner, {
    method: 'POST', url: `/v1/cases/${view.id}/ratings`,
    payload: { requestId: randomUUID(), items: [{ itemId, stars: 1 }] },
  })
  const of = (id: string | null) => rectifications.find((one) => one.itemId === id)?.id ?? ''
  return { whole: of(null), item: of(itemId) }
}

/** As the clock would raise it, were it days later. */
async function signal(h: Harness, { id: caseId, tasks }: CaseView): Promise<string> {
  const started = tasks.find(({ startedAt }) => startedAt !== null)
  await h.platform.db.inTx(async (tx) => {
    const docket = await openDocket(tx, { platform: h.platform, caseId, by: { kind: 'system' } })
    const task = docket?.tasks.find(({ n }) => n === started?.n)
    if (!docket || !task) throw new Error('no task has started')
    await raise(docket, task, 'yellow')
  })
  const row = await h.platform.db.db.selectFrom('signals').select('id').executeTakeFirstOrThrow()
  return row.id
}

async function contactOf(h: Harness): Promise<string> {
  const { contact } = await ok<ContactSaved>(h, await h.supervisor(REGION), {
    method: 'POST', url: '/v1/contacts', payload: {
      requestId: randomUUID(), departmentId: STARTED, regionCode: REGION, contact: {
        topicId: null, itemId: null, role: 'chief', stage: null, name: '某某', phone: '0998-2820000',
      },
    },
  })
  return contact?.id ?? ''
}

async function letterOf(h: Harness, { id }: CaseView): Promise<number> {
  const [row] = await h.asOwner(`select id from outbox where lane = $1 and key like $2`,
    [`department:${STARTED}`, `${id}.%`])
  return Number(row?.id)
}

async function bookingOf(h: Harness, owner: SignedIn): Promise<Booking> {
  const hall = 'kashgar-city-hall'
  const { days } = await ok<Slots>(h, owner, {
    method: 'GET', url: `/v1/bookings/slots?hall=${hall}&kind=service`,
  })
  const last = days.at(-1)
  return ok<Booking>(h, owner, {
    method: 'POST', url: '/v1/bookings',
    payload: {
      requestId: randomUUID(), hallId: hall, windowKind: 'service',
      slot: `${last?.day}T${last?.slots[0]?.time}`,
    },
  })
}

async function invitationTo(
  h: Harness,
  { owner, stranger }: World['citizens'],
): Promise<string> {
  const { topic, filled } = await fill(h, stranger, {
    topicId: 'marriage', seed: 65, answers: { who: 'groom' },
    form: { 'bride.name': owner.name, 'bride.idNumber': owner.idNumber, 'bride.phone': owner.phone },
  })
  const { signers } = await invite(h, stranger, { requestId: randomUUID(), topic, filled })
  return signers[0]?.code ?? ''
}

async function ticketsOf(
  h: Harness,
  { owner, clerk, caseId }: { owner: Citizen; clerk: SignedIn; caseId: string },
): Promise<World['tickets']> {
  const ask = async () => (await ok<{ id: string }>(h, owner, {
    method: 'POST', url: '/v1/tickets', payload: {
      requestId: randomUUID(), kind: 'unresolved', text: '跑了三趟没办成', regionCode: REGION,
      about: { caseId },
    },
  })).id
  const sent = await ask()
  await ok(h, clerk, {
    method: 'POST', url: `/v1/tickets/${sent}/actions`, payload: {
      requestId: randomUUID(), do: 'pass-up', text: '请部门说明', departmentId: STARTED,
    },
  })
  return { fresh: await ask(), sent }
}

async function dispatch(h: Harness, { view, submission }: Filed): Promise<CaseView> {
  const clerk = await h.window(submission.regionCode)
  await atWindow(h, clerk, view.id, 'accept')
  return atWindow(h, clerk, view.id, 'dispatch')
}

async function citizen(h: Harness, name: string, verified = true): Promise<Citizen> {
  const idNumber = anyIdNumber()
  return { ...await h.citizen({ name, idNumber, verified }), name, idNumber }
}

type SignedInAll = Record<ActorName, { token: string; actingFor?: string } | undefined>

/** Somebody new who acts for a citizen. */
async function entrust(h: Harness, principal: SignedIn, change: object = {}) {
  const agent = await citizen(h, '代办测试')
  const endsOn = '2027-03-31'
  const { code } = await ok<Offered>(h, principal, {
    method: 'POST', url: '/v1/mandates',
    payload: { kind: 'agent', topics: ['newborn'], acts: 'file', endsOn, consent: true, ...change },
  })
  const { mandate } = await ok<{ mandate: MandateView }>(h, agent, {
    method: 'POST', url: '/v1/mandates/take', payload: { code, consent: true },
  })
  return { agent, mandate, acting: { token: agent.token, actingFor: mandate.id } }
}

async function agentsOf(h: Harness, { owner: before, stranger }: World['citizens']) {
  // Entrusting wants a fresh code, and a phone gets one a minute.
  h.pass(61_000)
  const owner = { ...before, ...await h.citizen({ phone: before.phone, verified: false }) }
  const client = { ...stranger, ...await h.citizen({ phone: stranger.phone, verified: false }) }
  const former = await entrust(h, owner)
  await ok(h, owner, { method: 'POST', url: `/v1/mandates/${former.mandate.id}/revoke` })
  return {
    agent: (await entrust(h, owner)).acting,
    'agent who fills': (await entrust(h, owner, { acts: 'fill' })).acting,
    'agent of another topic': (await entrust(h, owner, { topics: ['marriage'] })).acting,
    'ex-agent': former.acting,
    'agent of another client': (await entrust(h, client, { topics: null })).acting,
  }
}

/** What a clerk opened for the owner: the fresh case was filed in the first one. */
async function countersOf(
  h: Harness,
  owner: Citizen,
  { fresh, finished }: Pick<World, 'fresh' | 'finished'>,
) {
  const clerk = await h.window(REGION)
  const openedAt = h.clock.now
  const open = (row: Partial<NewCounter>) => h.platform.db.inTx(async (tx) => {
    const { id } = await insertCounter(tx, {
      id: randomUUID(), staff_id: clerk.id, request_id: randomUUID(), person_id: owner.id,
      purpose: 'file', topic_id: fresh.topic.id, region_code: REGION, opened_at: openedAt,
      proved: 'account', ...row,
    })
    return openCounterSession(tx, h.platform, { counterId: id, personId: owner.id, openedAt })
  })
  return {
    counter: await open({ id: fresh.submission.requestId }),
    'counter of another topic': await open({ topic_id: 'marriage' }),
    'counter for rating': await open({
      purpose: 'rate', proved: null, case_id: finished.view.id, topic_id: finished.topic.id,
    }),
  }
}

async function signInAll(
  h: Harness,
  citizens: World['citizens'],
  agents: Awaited<ReturnType<typeof agentsOf>> & Awaited<ReturnType<typeof countersOf>>,
): Promise<SignedInAll> {
  return {
    ...citizens,
    ...agents,
    anonymous: undefined,
    expired: await expiredSession(h, citizens.owner),
    window: await h.window(REGION),
    'window of the prefecture': await h.window(PREFECTURE),
    'window elsewhere': await h.window(ELSEWHERE),
    department: await h.department(STARTED, REGION),
    'department of the prefecture': await h.department(STARTED, PREFECTURE),
    'department elsewhere': await h.department(STARTED, ELSEWHERE),
    'waiting department': await h.department(WAITING, REGION),
    'department without task': await h.department(WITHOUT, REGION),
    supervisor: await h.supervisor(REGION),
    'supervisor of the prefecture': await h.supervisor(PREFECTURE),
    'supervisor elsewhere': await h.supervisor(ELSEWHERE),
    editor: await h.staff('editor', { region: PREFECTURE, department: STARTED }),
    'editor elsewhere': await h.staff('editor', { region: PREFECTURE, department: WITHOUT }),
    publisher: await h.staff('publisher', { region: PREFECTURE }),
    'system-admin': await h.staff('system-admin', { region: PREFECTURE }),
    'security-admin': await h.staff('security-admin', { region: PREFECTURE }),
    'audit-admin': await h.staff('audit-admin', { region: PREFECTURE }),
    system: undefined,
    'waiting system': undefined,
    'forged system': undefined,
  }
}

async function catalogueDraftOf(h: Harness) {
  const editor = await h.staff('editor', { region: PREFECTURE, department: STARTED })
  const { id, topicId } = await ok<DraftView>(h, editor, {
    method: 'POST', url: '/v1/catalogue/drafts',
    payload: { requestId: randomUUID(), topicId: 'marriage' },
  })
  return { id, topicId }
}

/** The owner's own, of yesterday. */
async function expiredSession(h: Harness, { id }: SignedIn): Promise<{ token: string }> {
  const { token } = await openCitizenSession(h.platform.db.db, h.platform, id)
  const past = new Date(h.clock.now.getTime() - 1000)
  const end = 'update sessions set expires_at = $1 where token_hash = $2'
  await h.asOwner(end, [past, sha256(token)])
  return { token }
}

/** Whoever could close the account without a code would be gone for the rows after. */
async function unconfirmed(h: Harness, { id }: SignedIn): Promise<void> {
  await h.asOwner('update sessions set confirmed_at = null where person_id = $1', [id])
}

const SYSTEMS: Partial<Record<ActorName, string>> = {
  system: STARTED, 'waiting system': WAITING, 'forged system': STARTED,
}

async function sendAs(
  h: Harness,
  { app, actor, signedIn, call }: {
    app: FastifyInstance
    actor: ActorName
    signedIn: SignedInAll
    call: InjectOptions
  },
): Promise<LightMyRequestResponse> {
  const keyId = SYSTEMS[actor]
  const remoteAddress = anyAddress()
  if (keyId !== undefined) {
    const { secret = '' } = h.platform.outside.departments.secretOf(keyId) ?? {}
    const key = { keyId, secret: actor === 'forged system' ? `${secret}?` : secret }
    return app.inject({ remoteAddress, ...signed(call, key, h.clock.now) })
  }
  const session = signedIn[actor]
  const own = session ? {
    authorization: `Bearer ${session.token}`,
    ...(session.actingFor ? { 'x-acting-for': session.actingFor } : {}),
  } : {}
  const headers = { ...call.headers, ...own }
  const response = await app.inject({ remoteAddress, ...call, headers })
  const renewed = call.url === '/v1/session/renew' && response.statusCode === 200
  if (session && renewed) session.token = response.json<{ token: string }>().token
  return response
}

function signed(
  call: InjectOptions,
  key: { keyId: string; secret: string },
  now: Date,
): InjectOptions {
  const { payload, method = 'GET', url } = call
  const isJson = payload !== undefined && !Buffer.isBuffer(payload)
  const body = isJson ? JSON.stringify(payload) : (payload as Buffer | undefined) ?? ''
  const request = { method, path: String(url), body }
  const headers = {
    ...call.headers, ...(isJson ? { 'content-type': 'application/json' } : {}),
    ...signRequest(request, key, { now, nonce: randomUUID() }),
  }
  return { ...call, headers, ...(payload === undefined ? {} : { payload: body }) }
}

function tasksOf({ id, tasks }: CaseView): World['tasks'] {
  const of = (started: boolean) => tasks.find(({ startedAt }) => (startedAt !== null) === started)
  return { started: `${id}.${of(true)?.n}`, waiting: `${id}.${of(false)?.n}` }
}

function photosOf({ topic, submission }: Filed): { shared: string; kept: string } {
  const needed = (department: string) => new Set(topic.items
    .filter((item) => item.department === department)
    .flatMap(({ materials }) => materials.map(({ key }) => key)))
  const photo = (wanted: (key: string) => boolean) => {
    const found = Object.entries(submission.materials).find(([key, { by }]) =>
      by === 'photos' && wanted(key))
    return found?.[1].by === 'photos' ? found[1].ids[0] ?? '' : ''
  }
  return {
    shared: photo((key) => needed(STARTED).has(key)),
    kept: photo((key) => needed(WAITING).has(key) && !needed(STARTED).has(key)),
  }
}

/** Whole values that tell who somebody is, wherever they were written. */
function personalOf(citizens: World['citizens'], cases: readonly Filed[]): string[] {
  const own = Object.values(citizens).flatMap((one) => [one.name, one.idNumber, one.phone])
  const written = cases.flatMap(({ topic, submission: { form } }) => topic.fields
    .filter(({ type }) => ['idNumber', 'phone', 'name', 'address'].includes(type))
    .flatMap(({ key }) => form[key] ?? []))
  return [...new Set([...own, ...written])]
}
