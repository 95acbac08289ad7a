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
  rmSync(dataDir, { recursive: true, force: true })
})

function start(settings: Record<string, string | undefined>) {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, ['build/server.mjs'], {
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
    const address = `http://127.0.0.1:${port}`
    const health = () => fetch(`${address}/v1/health`).then(({ status }) => status, () => 0)
    await expect.poll(health, { timeout: 50_000, interval: 200 }).toBe(200)
    const { login, password, totpSecret } = accounts[0]!
    const signIn = await fetch(`${address}/v1/staff/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        login, password, totp: await generate({ secret: totpSecret }),
      }),
    })
    expect(signIn.status).toBe(401)
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
