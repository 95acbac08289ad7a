import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { generate } from 'otplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import accounts from '../../server/demo-accounts.json'

const random = (length: number) =>
  Buffer.from(Array.from({ length }, (_, n) => (n * 37 + 11) % 251)).toString('base64')
const system = (name: string) => `https://${name}.invalid`

/** Settings a production may start with, though nobody answers at these addresses. */
const SETTINGS: Record<string, string> = {
  PUBLIC_URL: system('app'),
  KEYS: `1:${random(32)}`,
  WECHAT_URL: system('wechat'), WECHAT_APP_ID: 'wx8f3a', WECHAT_SECRET: random(33),
  IDENTITY_URL: system('identity'), IDENTITY_SECRET: random(34),
  CERTIFICATE_URL: system('certificate'), CERTIFICATE_SECRET: random(35),
  SMS_URL: system('sms'), SMS_SECRET: random(36),
  DEPARTMENT_SYSTEMS: JSON.stringify([
    { departmentId: 'health', url: system('health'), keyId: 'health-1', secret: random(37) },
  ]),
}
const dataDir = mkdtempSync(path.join(tmpdir(), 'one-thing-production-'))
const children: ChildProcess[] = []
let port = 0

beforeAll(async () => {
  const built = spawnSync(process.execPath, ['scripts/build-server.mjs'], { encoding: 'utf8' })
  expect(built.stderr).toBe('')
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  port = (probe.address() as AddressInfo).port // listening on a port
  await new Promise((done) => probe.close(done))
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  for (const folder of [dataDir, firstDir]) rmSync(folder, { recursive: true, force: true })
})

function start(settings: Record<string, string | undefined>, args: readonly string[] = []) {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, ['build/server.mjs', ...args], {
    env: {
      PATH, HOME, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port),
      DATA_DIR: dataDir, ...settings,
    } as unknown as NodeJS.ProcessEnv, // Taro's types ask every environment for TARO_ENV
  })
  children.push(child)
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part.toString()))
  child.stderr.on('data', (part: Buffer) => (said += part.toString()))
  const ended = new Promise<{ code: number | null; said: string }>((done) =>
    child.once('close', (code) => done({ code, said })))
  return { child, ended, said: () => said }
}

const findUnder = (folder: string, name: string) =>
  readdirSync(folder, { recursive: true }).filter((file) => path.basename(String(file)) === name)

/** A call whose last byte is still to come. */
async function beginSignIn() {
  const body = JSON.stringify({ login: 'nobody', password: 'no password', totp: '000000' })
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined) // cut off by the server
  let answer = ''
  socket.on('data', (part: Buffer) => (answer += part.toString()))
  const closed = new Promise<string>((done) => socket.once('close', () => done(answer)))
  socket.write(['POST /v1/staff/session HTTP/1.1', 'host: localhost',
    'content-type: application/json', `content-length: ${body.length}`, '', body.slice(0, -1),
  ].join('\r\n'))
  await setTimeout(100)
  return {
    socket,
    finish: () => {
      socket.write(body.slice(-1))
      return closed
    },
  }
}

const address = () => `http://127.0.0.1:${port}`
const up = () => fetch(`${address()}/v1/health`).then(({ status }) => status, () => 0)

/** An installation nothing has run in before. */
const firstDir = mkdtempSync(path.join(tmpdir(), 'one-thing-first-'))
const FIRST = { ...SETTINGS, DATA_DIR: firstDir }

async function admin(...args: string[]): Promise<{ code: number | null; said: string }> {
  return start(FIRST, ['admin', ...args]).ended
}

interface Handed {
  login: string
  password: string
  secret: string
}

/** What is read from the screen of whoever runs the platform. */
function handed(said: string): Handed {
  const login = /Login:\s+(\S+)/.exec(said)?.[1] ?? ''
  const password = /One-time password:\s+(\S+)/.exec(said)?.[1] ?? ''
  const uri = new URL(/otpauth:\S+/.exec(said)?.[0] ?? 'otpauth://none')
  return { login, password, secret: uri.searchParams.get('secret') ?? '' }
}

const post = async (body: object) => {
  const reply = await fetch(`${address()}/v1/staff/session`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  })
  return { status: reply.status, body: await reply.json() as { code?: string; token?: string } }
}
const signIn = async ({ login, password, secret }: Handed, newPassword?: string) =>
  post({ login, password, totp: await generate({ secret }), newPassword })
const me = async (token: string | undefined) => {
  const headers = { authorization: `Bearer ${token}` }
  const reply = await fetch(`${address()}/v1/staff/me`, { headers })
  return { status: reply.status, role: (await reply.json() as { role?: string }).role }
}

describe('NODE_ENV=production (S6)', () => {
  it.each(Object.keys(SETTINGS))('refuses to start without %s, and names it', async (name) => {
    const { code, said } = await start({ ...SETTINGS, [name]: undefined }).ended
    expect(code).not.toBe(0)
    expect(said).toContain(`${name} is missing`)
  })

  it('names everything that is missing at once', async () => {
    const { code, said } = await start({}).ended
    expect(code).not.toBe(0)
    for (const name of Object.keys(SETTINGS)) expect(said).toContain(`${name} is missing`)
  })

  it.each([
    ['SMS_SECRET', `demo-${'a'.repeat(64)}`, 'SMS_SECRET is a demo or default secret'],
    ['IDENTITY_SECRET', 'short', 'IDENTITY_SECRET must have at least 32 bytes'],
    ['IDENTITY_URL', 'http://127.0.0.1:8081', 'IDENTITY_URL points to this machine'],
    ['WECHAT_URL', 'http://wechat.invalid', 'WECHAT_URL must be https'],
    ['MOCK_SPEED', '3', 'MOCK_SPEED is for demos only'],
    ['TRAINING', '1', 'TRAINING is for training rooms only'],
    ['KEYS', `1:${Buffer.alloc(32).toString('base64')}`, 'KEYS: key 1 is not random'],
  ])('refuses %s=%s', async (name, value, complaint) => {
    const { code, said } = await start({ ...SETTINGS, [name]: value }).ended
    expect(code).not.toBe(0)
    expect(said).toContain(complaint)
    if (/SECRET|KEYS/.test(name)) expect(said).not.toContain(value)
  })

  it('starts with good settings, without demo accounts, and drains on SIGTERM', async () => {
    const server = start(SETTINGS)
    await expect.poll(up, { timeout: 50_000, interval: 200 }).toBe(200)
    const { login, password, totpSecret } = accounts[0]!
    const known = await signIn({ login, password, secret: totpSecret })
    expect(known.status).toBe(401)
    expect(findUnder(dataDir, 'postmaster.pid')).toHaveLength(1)
    const [underWay, stuck] = [await beginSignIn(), await beginSignIn()]
    const stopped = Date.now()
    server.child.kill('SIGTERM')
    await setTimeout(500)
    expect(await underWay.finish()).toMatch(/^HTTP\/1.1 401 /)
    expect((await server.ended).code).toBe(0)
    expect(Date.now() - stopped).toBeLessThan(10_000)
    expect(findUnder(dataDir, 'postmaster.pid')).toEqual([])
    stuck.socket.destroy()
  })

  it.each(['DEMO', 'TRAINING'])('leaves a database no later start of %s may use', async (name) => {
    const { KEYS } = SETTINGS
    const { code, said } = await start({ NODE_ENV: '', KEYS, [name]: '1' }).ended
    expect(code).toBe(1)
    expect(said).toContain('The database is that of a production, so a demonstration')
    expect(said).not.toContain(' at ')
    expect(findUnder(dataDir, 'postmaster.pid')).toEqual([])
  })

  it('stopped while it is starting, leaves no database running', async () => {
    const server = start(SETTINGS)
    await expect.poll(() => findUnder(dataDir, 'postmaster.pid'), { timeout: 50_000, interval: 20 })
      .toHaveLength(1)
    server.child.kill('SIGTERM')
    expect((await server.ended).code).toBe(0)
    expect(findUnder(dataDir, 'postmaster.pid')).toEqual([])
  })

  it('is refused a database that was ever a demonstration', async () => {
    const DATA_DIR = mkdtempSync(path.join(tmpdir(), 'one-thing-demo-'))
    const { KEYS } = SETTINGS
    const demo = start({ NODE_ENV: '', KEYS, DEMO: '1', DATA_DIR })
    await expect.poll(() => demo.said(), { timeout: 50_000, interval: 100 }).toContain('ready http')
    demo.child.kill('SIGTERM')
    expect((await demo.ended).code).toBe(0)
    const { code, said } = await start({ ...SETTINGS, DATA_DIR }).ended
    expect(code).toBe(1)
    expect(said).toContain('The database is that of a demonstration or a training room')
    rmSync(DATA_DIR, { recursive: true, force: true })
  })
})

/** Decision 0015: nobody in the console makes them. */
describe('the three administrators of an installation', () => {
  const ROLES = ['system-admin', 'security-admin', 'audit-admin']
  const make = (role: string) => admin('create', '--role', role, '--login', `first-${role}`, '--name', '管理·测试')
  const made: Handed[] = []

  it('are made before the platform has ever run, each with a password for one sign-in', async () => {
    for (const role of ROLES) {
      const { code, said } = await make(role)
      expect(code, said).toBe(0)
      made.push(handed(said))
      expect(made.at(-1)).toMatchObject({ login: `first-${role}`, password: expect.stringMatching(/^\S{16}$/) })
      expect(said).toContain(`otpauth://totp/`)
      expect(said).not.toContain('"level"')
    }
    expect(findUnder(firstDir, 'postmaster.pid'), 'its database is shut down again').toEqual([])
  })

  it.each([
    ['no command', [], /commands are create and reset/],
    ['another command', ['remove', '--login', 'first-system-admin'], /commands are create and reset/],
    ['another role', ['create', '--role', 'window', '--login', 'somebody', '--name', '某某'],
      /--role: one of system-admin/],
    ['no role', ['create', '--login', 'somebody', '--name', '某某'], /--role: one of/],
    ['a bad login', ['create', '--role', 'audit-admin', '--login', 'A b', '--name', '某某'], /--login: 3 to 40/],
    ['no name', ['create', '--role', 'audit-admin', '--login', 'somebody', '--name', ' '], /--name: of a person/],
    ['a login that is taken', ['create', '--role', 'audit-admin', '--login', 'first-system-admin', '--name', '某某'],
      /--login first-system-admin: there is an account of this login already/],
    ['reset of nobody', ['reset', '--login', 'nobody-here'], /--login nobody-here: there is no such account/],
    ['reset with a role', ['reset', '--login', 'first-audit-admin', '--role', 'audit-admin'],
      /reset takes --login alone/],
  ])('refuse %s, by name', async (_what, args, complaint) => {
    const { code, said } = await admin(...args)
    expect(code).toBe(1)
    expect(said).toMatch(complaint)
    expect(said).not.toMatch(/otpauth|at .*\.mjs/)
  })

  it('take no password from a command line, and do not repeat it', async () => {
    const { code, said } = await admin('create', '--role', 'audit-admin', '--login', 'somebody',
      '--name', '某某', '--password', 'hunter2-hunter2')
    expect(code).toBe(1)
    expect(said).toContain('no password: one is made')
    expect(said).not.toContain('hunter2')
  })

  it('need the settings of the platform', async () => {
    const { code, said } = await start({}, ['admin', 'reset', '--login', 'first-system-admin']).ended
    expect(code).toBe(1)
    expect(said).toContain('KEYS is missing')
  })

  it('come in with a password of their own, and are reset while the platform runs', async () => {
    const server = start(FIRST)
    await expect.poll(up, { timeout: 50_000, interval: 200 }).toBe(200)
    const [system, security, audit] = made as [Handed, Handed, Handed]
    const own = 'luotuo qiao shui kafei'
    expect(await signIn(system)).toMatchObject({ status: 403, body: { code: 'NEW_PASSWORD' } })
    const tokens: (string | undefined)[] = []
    for (const one of [system, security, audit]) {
      const { status, body } = await signIn(one, own)
      expect(status).toBe(200)
      tokens.push(body.token)
    }
    expect(await Promise.all(tokens.map(me))).toEqual(ROLES.map((role) => ({ status: 200, role })))

    const { code, said } = await admin('reset', '--login', system.login)
    expect(code, said).toBe(0)
    const fresh = handed(said)
    expect([fresh.password, fresh.secret]).not.toEqual([system.password, system.secret])
    expect((await me(tokens[0])).status).toBe(401)
    expect((await me(tokens[1])).status).toBe(200)
    expect((await signIn({ ...system, password: own }, undefined)).status).toBe(401)
    expect((await signIn(fresh, own)).status).toBe(200)
    expect(await up(), 'the database goes on').toBe(200)

    const log = await fetch(`${address()}/v1/admin/audit?kind=system`, {
      headers: { authorization: `Bearer ${tokens[2]}` },
    })
    const { lines } = await log.json() as { lines: { what: string; why: string }[] }
    expect(lines.map(({ what }) => what).reverse()).toEqual([
      '新建系统管理员账号 first-system-admin', '新建安全管理员账号 first-security-admin',
      '新建审计管理员账号 first-audit-admin', '重置密码和动态口令 first-system-admin',
    ])
    expect(new Set(lines.map(({ why }) => why))).toEqual(new Set(['在平台所在的服务器上操作']))
    server.child.kill('SIGTERM')
    expect((await server.ended).code).toBe(0)
    expect(findUnder(firstDir, 'postmaster.pid')).toEqual([])
  })
})
