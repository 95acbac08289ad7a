import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'

const ROOT = path.resolve(import.meta.dirname, '../..')
const READY_WITHIN_MS = 240_000
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

export const hasBrowser = existsSync(CHROMIUM)
/** All phones of a test are one address, which may call as often as so many phones would. */
export const MANY_PHONES = { REQUESTS_PER_MINUTE: '1000000' }

/** What a journey needs to know of the product it runs through. */
export interface Started {
  url: string
  /** what `npm start` printed once it was ready */
  printed: string
}

export interface Product extends Started {
  stop: () => Promise<number>
}

/**
 * The product as a newcomer starts it: `npm start`, in a folder of its own.
 * @param env  with `DATA_DIR` and `PORT` one can stop it and start it again where it was
 */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'one-thing-journey-'))
  const port = env.PORT ?? await freePort()
  const child = spawn('node', ['scripts/start.mjs'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: '',
      PORT: `${port}`,
      DATA_DIR: dataDir,
      MOCK_SPEED: '0.4',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const hear = (chunk: Buffer) => { output += chunk.toString() }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const url = `http://127.0.0.1:${port}`
  await ready(url, child, () => output)
  const stop = async () => {
    const ended = exitOf(child)
    child.kill('SIGTERM')
    const code = await ended
    rmSync(dataDir, { recursive: true, force: true })
    return code
  }
  return { url, printed: output, stop }
}

async function ready(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`npm start ended early:\n${output()}`)
    // not listening yet: the next look tells
    const health = await fetch(`${url}/v1/health`).catch(() => undefined)
    if (health?.ok && output().includes('短信')) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  child.kill('SIGKILL')
  throw new Error(`not ready in time:\n${output()}`)
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? -1)))
}

/** Below the ports the system itself gives to outgoing calls: one of those may take a free port in between. */
const PORTS = { from: 20_000, count: 12_000 }

export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

export const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** @param more  flags for what a journey needs of the computer, e.g. a camera */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...more] })
}

/** A browser with one profile, which other tools reach at `port` and share. */
export async function openSharedBrowser(
  { url }: Started,
  port: number,
): Promise<{ context: BrowserContext; close: () => Promise<void> }> {
  const profile = mkdtempSync(path.join(tmpdir(), 'one-thing-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: [...FLAGS, `--remote-debugging-port=${port}`],
    ...PHONE,
    baseURL: url,
  })
  const close = async () => {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
  return { context, close }
}

export const PHONE = {
  viewport: { width: 375, height: 812 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
}

/** A phone: 375×812, touch. */
export function phone(browser: Browser, url: string): Promise<BrowserContext> {
  return browser.newContext({ ...PHONE, baseURL: url })
}

/** How a demo department answers from now on. */
export async function tellDepartment(
  { printed }: Started,
  name: string,
  behaviour: object,
): Promise<void> {
  const at = new RegExp(`${name}\\s+(http://[\\d.:]+)/admin`).exec(printed)?.[1]
  const reply = await fetch(`${at}/admin/behaviour`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(behaviour),
  })
  if (!reply.ok) throw new Error(`${name}: ${reply.status} ${await reply.text()}`)
}
