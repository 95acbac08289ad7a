/**
 * The platform on a database of its own, with clock and outside world in the test's hand. Outside
 * systems are not ours, so they are stood in for here; everything of ours is real.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { generateSecret, generateSync } from 'otplib'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterAll } from 'vitest'
import type { OutsideCancel, OutsideTask } from '../../core/contract/outside'
import type { SharedCertificate, StaffRole } from '../../core/contract/session'
import { Refused } from '../../core/refusal'
import { checkDigit11643 } from '../../core/values'
import { type AppOptions, buildApp } from '../../server/app'
import { openBlobStore } from '../../server/blobs'
import { loadCatalogue } from '../../server/catalogue/load'
import { readConfig } from '../../server/config'
import { DeliveryFailed, type Handler } from '../../server/outbox/worker'
import { signRequest } from '../../server/outside/signature'
import type { WechatMessage } from '../../server/outside/wechat'
import type { Platform } from '../../server/platform'
import { smsHandler } from '../../server/session/sms'
import { type NewStaff, addStaff } from '../../server/session/staff'
import { publishTopics } from '../../server/topics/service'
import { freshDatabase, type FreshDatabase } from '../database'

/** The world outside, as a test wants it. `down` systems answer OUTSIDE_DOWN. */
export interface World {
  sms: { phone: string; text: string }[]
  /** what WeChat brought; whoever is in `forgetful` allowed nothing, as far as WeChat knows */
  wechat: ({ openId: string } & WechatMessage)[]
  forgetful: Set<string>
  sent: { department: string; message: OutsideTask | OutsideCancel }[]
  certificates: SharedCertificate[]
  /** by ID number or credit code, where a test tells people apart */
  certificatesOf: Map<string, SharedCertificate[]>
  /** what the identity service shares of whoever matches */
  identityData: Record<string, string>
  /** ID number → the name it belongs to; an ID number not listed matches any name */
  names: Map<string, string>
  /** departments with a system of their own; their key id is the department's id */
  ownSystems: Set<string>
  down: Set<'wechat' | 'identity' | 'certificates' | 'sms' | 'departments'>
}

export interface SignedIn {
  id: string
  token: string
  headers: { authorization: string }
}

export interface Harness extends FreshDatabase {
  app: FastifyInstance
  platform: Platform
  world: World
  /** goes on only by hand */
  clock: { now: Date }
  pass(ms: number): void
  call(who: SignedIn | undefined, options: InjectOptions): Promise<LightMyRequestResponse>
  /** runs the outbox once: every open job of these topics that is due */
  deliver(handlers?: Readonly<Record<string, Handler>>): Promise<number>
  citizen(options?: CitizenOptions): Promise<SignedIn & { phone: string; name: string }>
  window(region?: string, member?: Member): Promise<SignedIn>
  department(id: string, region?: string, member?: Member): Promise<SignedIn>
  supervisor(region?: string): Promise<SignedIn>
  staff(role: StaffRole, of: { region: string; department?: string }): Promise<SignedIn>
  /** a call signed by a department's own system */
  signed(department: string, call: SignedCall): Promise<LightMyRequestResponse>
}

/** What may differ between members of one desk. */
export type Member = Partial<Pick<NewStaff, 'name' | 'duties' | 'idNumber'>>

export interface CitizenOptions {
  phone?: string
  name?: string
  idNumber?: string
  /** false: signed in, real-name check not done */
  verified?: boolean
}

export interface SignedCall {
  method: 'GET' | 'POST'
  url: string
  body?: unknown
  nonce?: string
  at?: Date
  /** signs with this in place of the real secret */
  secret?: string
}

const START = new Date('2026-11-23T02:00:00Z')
export const REGION = '653101'
export const PASSWORD = 'correct horse battery'

let counter = 0
const next = () => ++counter + Number(process.env.VITEST_POOL_ID ?? 0) * 10_000

/** An invented phone number, another each time. */
export function anyPhone(): string {
  return `138${String(next()).padStart(8, '0')}`
}

/** An invented ID number of Kashgar, another each time: sequence 000, which nobody holds. */
export function anyIdNumber(): string {
  const n = next()
  const day = new Date(Date.UTC(1970, 0, 1 + (n % 10_000))).toISOString().slice(0, 10)
  const first = `6531${String(21 + Math.floor(n / 10_000) % 10)}${day.replaceAll('-', '')}000`
  return first + checkDigit11643(first)
}

/** Another address each time, so that limits by address do not meet between callers. */
export function anyAddress(): string {
  const n = next()
  return `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
}

/** Await it at the top level of a test file. */
export async function startHarness(
  options: AppOptions & { catalogue?: string; log?: Platform['log']; training?: boolean } = {},
): Promise<Harness> {
  const fresh = await freshDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'one-thing-app-'))
  const clock = { now: START }
  const world = quietWorld()
  const platform = makePlatform({ fresh, folder, clock, world, ...options })
  await publishTopics(platform)
  const app = await buildApp(platform, { requestsPerMinute: 1e6, mostLagMs: 0, ...options })
  afterAll(async () => {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  })
  const base = { ...fresh, app, platform, world, clock }
  const harness: Harness = {
    ...base,
    pass: (ms) => {
      clock.now = new Date(clock.now.getTime() + ms)
    },
    call: (who, call) => app.inject({ ...call, headers: { ...who?.headers, ...call.headers } }),
    deliver: (handlers) => deliver(platform, handlers),
    citizen: (given) => signInCitizen(harness, given),
    window: (region = REGION, member = {}) =>
      signInStaff(harness, { role: 'window', region, ...member }),
    department: (department, region = REGION, member = {}) =>
      signInStaff(harness, { role: 'department', department, region, ...member }),
    supervisor: (region = '653100') => signInStaff(harness, { role: 'supervisor', region }),
    staff: (role, of) => signInStaff(harness, { role, ...of }),
    signed: (department, call) => callSigned(base, department, call),
  }
  return harness
}

function makePlatform({ fresh, folder, clock, world, catalogue, log, training }: {
  fresh: FreshDatabase
  folder: string
  clock: { now: Date }
  world: World
  catalogue?: string
  log?: Platform['log']
  training?: boolean
}): Platform {
  const config = readConfig({
    KEYS: `1:${randomBytes(32).toString('base64')}`,
    DATA_DIR: folder,
    PUBLIC_URL: 'http://one-thing.test',
    ...(training ? { TRAINING: '1' } : {}),
  })
  return {
    config,
    db: fresh.database,
    keys: config.keys.field,
    blobs: openBlobStore({
      folder: join(folder, 'materials'), ring: config.keys.field, indexKey: config.keys.index,
    }),
    catalogue: loadCatalogue(catalogue ?? resolve(import.meta.dirname, '../../catalogue')),
    outside: standIns(world),
    now: () => clock.now,
    newId: () => uuidv7(),
    log: log ?? pino({ level: process.env.TEST_LOG ?? 'silent' }),
  }
}

function quietWorld(): World {
  return {
    sms: [], wechat: [], forgetful: new Set(), sent: [], certificates: [], certificatesOf: new Map(),
    identityData: {}, names: new Map(),
    ownSystems: new Set(), down: new Set(),
  }
}

function standIns(world: World): Platform['outside'] {
  const up = (system: typeof world.down extends Set<infer S> ? S : never) => {
    if (world.down.has(system)) throw new Refused('OUTSIDE_DOWN')
  }
  return {
    wechat: {
      openIdOf: async (code) => (up('wechat'), `open-${code}`),
      notify: async (openId, message) => {
        up('wechat')
        if (world.forgetful.has(openId)) return 'not-allowed'
        world.wechat.push({ openId, ...message })
        return 'sent'
      },
    },
    identity: {
      check: async ({ name, idNumber }) => {
        up('identity')
        const match = (world.names.get(idNumber) ?? name) === name
        return match ? { match, data: world.identityData } : { match }
      },
    },
    certificates: {
      of: async ({ idNumber }) => {
        up('certificates')
        return world.certificatesOf.get(idNumber) ?? world.certificates
      },
    },
    sms: { send: async (phone, text) => (up('sms'), void world.sms.push({ phone, text })) },
    departments: {
      has: (id) => world.ownSystems.has(id),
      send: async (department, message) => {
        up('departments')
        world.sent.push({ department, message })
      },
      secretOf: (keyId) =>
        world.ownSystems.has(keyId) ? { department: keyId, secret: secretOf(keyId) } : undefined,
    },
  }
}

const secretOf = (department: string) => `secret of ${department}, 32 bytes or more`

async function deliver(
  platform: Platform,
  handlers: Readonly<Record<string, Handler>> = {},
): Promise<number> {
  const all: Record<string, Handler> = { sms: smsHandler(platform), ...handlers }
  const { db } = platform.db
  const jobs = await db
    // The outbox is not in DB: only its own store touches it in production.
    .selectFrom('outbox' as never)
    .selectAll()
    .where('done_at' as never, 'is', null)
    .where('due_at' as never, '<=', platform.now() as never)
    .where('topic' as never, 'in', Object.keys(all) as never)
    .orderBy('id' as never)
    .execute() as { id: number; lane: string; topic: string; key: string; payload: Buffer }[]
  for (const job of jobs) {
    try {
      await all[job.topic]!({ ...job, attempts: 1 }, AbortSignal.timeout(10_000))
    } catch (error) {
      if (!(error instanceof DeliveryFailed && error.permanent)) throw error
    }
    await db
      .updateTable('outbox' as never)
      .set({ done_at: platform.now() } as never)
      .where('id' as never, '=', job.id as never)
      .execute()
  }
  return jobs.length
}

function asSignedIn({ token, id }: { token: string; id: string }): SignedIn {
  return { id, token, headers: { authorization: `Bearer ${token}` } }
}

function must(response: LightMyRequestResponse): LightMyRequestResponse {
  if (response.statusCode >= 300) throw new Error(`${response.statusCode} ${response.body}`)
  return response
}

/** The code of the last SMS to a phone. */
export function codeFor({ world }: Pick<Harness, 'world'>, phone: string): string {
  const text = world.sms.filter((one) => one.phone === phone).at(-1)?.text ?? ''
  return /\d{6}/.exec(text)?.[0] ?? ''
}

async function signInCitizen(harness: Harness, given: CitizenOptions = {}) {
  const { phone = anyPhone(), name = '阿依努尔·买买提', verified = true } = given
  const remoteAddress = anyAddress()
  const post = { method: 'POST', remoteAddress } as const
  const asked = must(await harness.call(undefined, {
    ...post, url: '/v1/session/otp', payload: { phone },
  })).json<{ challenge: string }>()
  await harness.deliver()
  const payload = { kind: 'sms', phone, otp: codeFor(harness, phone), challenge: asked.challenge }
  const session = must(await harness.call(undefined, { ...post, url: '/v1/session', payload }))
    .json<{ token: string; me: { id: string } }>()
  const who = { ...asSignedIn({ token: session.token, id: session.me.id }), phone, name }
  if (verified) {
    const idNumber = given.idNumber ?? anyIdNumber()
    const payload = { name, idNumber }
    must(await harness.call(who, { method: 'POST', url: '/v1/me/identity', payload }))
  }
  return who
}

async function signInStaff(
  harness: Harness,
  { role, region, department = null, ...member }: Member & {
    role: StaffRole
    region: string
    department?: string | null
  },
): Promise<SignedIn> {
  const totpSecret = generateSecret()
  const login = `${role}-${next()}`
  const name = `${region}${department ?? role}`
  const account = { login, name, role, department, region, password: PASSWORD, totpSecret, ...member }
  const id = await addStaff(harness.platform, account)
  const epoch = Math.floor(harness.clock.now.getTime() / 1000)
  const totp = generateSync({ secret: totpSecret, epoch })
  const response = must(await harness.call(undefined, {
    method: 'POST', url: '/v1/staff/session', remoteAddress: anyAddress(),
    payload: { login, password: PASSWORD, totp },
  }))
  return asSignedIn({ token: response.json<{ token: string }>().token, id })
}

function callSigned(
  { app, clock }: Pick<Harness, 'app' | 'clock'>,
  department: string,
  { method, url, body, nonce = randomBytes(16).toString('hex'), at, secret }: SignedCall,
) {
  const text = body === undefined ? '' : JSON.stringify(body)
  const headers = signRequest(
    { method, path: url, body: text },
    { keyId: department, secret: secret ?? secretOf(department) },
    { now: at ?? clock.now, nonce },
  )
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  return app.inject({ method, url, payload: text || undefined, headers: { ...headers, ...json } })
}
