import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

/** The first start may have to build the app. */
const READY_MS = 240_000
const dataDir = mkdtempSync(path.join(tmpdir(), 'one-thing-start-'))
const started: ChildProcess[] = []

afterAll(() => {
  for (const child of started) child.kill('SIGTERM')
  rmSync(dataDir, { recursive: true, force: true })
})

interface Process {
  pid: number
  parent: number
  command: string
}

function processes(): Process[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  return lines.flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return command ? [{ pid: Number(pid), parent: Number(parent), command }] : []
  })
}

const childrenOf = (pid: number | undefined) => processes().filter(({ parent }) => parent === pid)
const alive = (pids: readonly number[]) =>
  processes().filter(({ pid, command }) => pids.includes(pid) && !command.includes('<defunct>'))
const postgres = () => processes().filter(({ command }) =>
  command.includes('postgres') && command.includes(path.basename(dataDir)))

function npmStart(env: Record<string, string> = {}) {
  const settings = { ...process.env, NODE_ENV: '', DATA_DIR: dataDir, MOCK_SPEED: '0.05', ...env }
  const child = spawn(process.execPath, ['scripts/start.mjs'], { env: settings })
  started.push(child)
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part.toString()))
  child.stderr.on('data', (part: Buffer) => (said += part.toString()))
  const ended = new Promise<number>((done) => child.once('exit', (code) => done(code ?? -1)))
  return { child, ended, said: () => said }
}

async function running(env: Record<string, string> = {}) {
  const start = npmStart({ PORT: '0', ...env })
  let over = false
  void start.ended.then(() => (over = true))
  await expect.poll(() => over || start.said().includes('Demo is ready'), {
    timeout: READY_MS, interval: 100,
  }).toBe(true)
  expect(start.said()).toContain('Demo is ready')
  const pids = childrenOf(start.child.pid)
  const find = (file: string) => pids.find(({ command }) => command.includes(file))!.pid
  return { ...start, pids: pids.map(({ pid }) => pid), server: find('server.mjs') }
}

const gone = (pids: readonly number[]) =>
  expect.poll(() => alive(pids), { timeout: 20_000 }).toEqual([])

describe('npm start', () => {
  it('says plainly that its port is taken', async () => {
    const taken = createServer()
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
    const { port } = taken.address() as AddressInfo // listening on a port
    const start = npmStart({ PORT: String(port) })
    expect(await start.ended).toBe(1)
    expect(start.said()).toContain(`Port ${port} is already in use`)
    expect(start.said()).not.toContain('at ')
    await new Promise((done) => taken.close(done))
  })

  it('refuses a port that is none', async () => {
    const start = npmStart({ PORT: 'eighty' })
    expect(await start.ended).toBe(1)
    expect(start.said()).toContain('PORT must be a number')
  })

  it('refuses to be a training room and a production at once', async () => {
    const start = npmStart({ TRAINING: '1', NODE_ENV: 'production' })
    expect(await start.ended).toBe(1)
    expect(start.said()).toContain('A training room is no production')
    expect(start.said()).not.toContain('at file')
  })

  it('prints working addresses and invented accounts; SIGTERM stops all of it with 0', async () => {
    const start = await running()
    const addressOf = (label: string) =>
      new RegExp(`${label}\\s+(http://\\S+)`).exec(start.said())?.[1] ?? 'missing'
    expect((await fetch(addressOf('手机端 App'))).status).toBe(200)
    expect((await fetch(addressOf('接口文档 OpenAPI'))).status).toBe(200)
    expect((await fetch(addressOf('短信收件箱 SMS'))).status).toBe(200)
    for (const text of ['演示', '阿依努尔·阿布都热合曼', '13900000001', 'window-kashgar', 'TOTP']) {
      expect(start.said()).toContain(text)
    }
    const database = postgres().map(({ pid }) => pid)
    expect(database.length).toBeGreaterThan(0)
    start.child.kill('SIGTERM')
    expect(await start.ended).toBe(0)
    await gone([...start.pids, ...database])
  }, READY_MS + 60_000)

  it('when the platform dies, stops the town and fails', async () => {
    const start = await running()
    process.kill(start.server, 'SIGKILL')
    expect(await start.ended).not.toBe(0)
    await gone(start.pids)
  }, READY_MS + 60_000)

  it('killed itself, leaves nothing behind, not even the database of the last crash', async () => {
    const start = await running()
    const database = postgres().map(({ pid }) => pid)
    start.child.kill('SIGKILL')
    try {
      await gone([...start.pids, ...database])
    } catch (error) {
      throw new Error(readFileSync(path.join(dataDir, 'server.log'), 'utf8').slice(-3000), { cause: error })
    }
  }, READY_MS + 60_000)
})
