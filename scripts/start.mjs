// `npm start`: builds what is missing, brings up the town of a demo, then the platform, and says
// where everything is. With NODE_ENV=production only the platform, from your own settings.
// `npm run training` (or TRAINING=1): a room to practise in, people at every desk, data of its own.
//
//   SIGTERM, SIGINT ──▶ platform drains ──▶ town stops ──▶ exit with the platform's code
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { banner } from './banner.mjs'
import { buildServer } from './build-server.mjs'
import { isStale } from './freshness.mjs'

const ROOT = path.resolve(import.meta.dirname, '..')
const WATCH = new URL('stop-with-parent.mjs', import.meta.url).href
const APP = { built: 'dist/h5/index.html', from: ['src', 'core', 'config', 'package.json'] }
const SERVER = {
  built: 'build/server.mjs',
  from: ['server', 'core', 'mock', 'scripts/build-server.mjs'],
}
const DESK = {
  built: 'dist/desk/index.html',
  from: ['console', 'core', 'scripts/build-console.mjs'],
}
const READY_MS = 120_000
const LOG_LINES = 15

const production = process.env.NODE_ENV === 'production'
const training = process.argv[2] === 'training' || process.env.TRAINING === '1'
const host = process.env.HOST ?? (production ? '0.0.0.0' : '127.0.0.1')
const dataDir = process.env.DATA_DIR || (training ? 'data-training' : 'data')
const say = (text) => console.log(text)
const children = new Set()
let stopping = false

class Failed extends Error {}

/** The port of PORT. 0 finds a free one now: the town must know it before the platform starts. */
async function claimPort() {
  const text = process.env.PORT || '8080'
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Failed(`PORT must be a number from 0 to 65535, not "${text}".`)
  }
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', ({ code }) => reject(new Failed(code === 'EADDRINUSE'
      ? `端口 ${port} 已被占用 / Port ${port} is already in use. Choose another: PORT=8081 npm start`
      : `Port ${port} on ${host} can't be used (${code}).`)))
    probe.listen(port, host, () => {
      const { port: claimed } = probe.address()
      probe.close(() => resolve(claimed))
    })
  })
}

async function buildMissing() {
  if (isStale(ROOT, SERVER.built, SERVER.from)) {
    say('· 正在打包服务端 / Bundling the platform')
    await buildServer().catch(() => {
      throw new Failed('The platform did not build; the messages are above.')
    })
  }
  await buildDesk()
  if (!isStale(ROOT, APP.built, APP.from)) return
  const hasTools = existsSync(path.join(ROOT, 'node_modules/@tarojs/cli'))
  if (!hasTools && existsSync(path.join(ROOT, APP.built))) return
  if (!hasTools) throw new Failed('The app is not built and its tools are missing: npm ci')
  say('· 正在构建手机端页面，首次约一分钟 / Building the app, about a minute the first time')
  const code = await ended(start('scripts/build-app.mjs', { args: ['h5'], stdout: 'inherit' }))
  if (stopping) return
  if (code !== 0) throw new Failed('The app did not build; the messages are above.')
}

/** The staff console; a server without build tools serves what it was given. */
async function buildDesk() {
  if (!isStale(ROOT, DESK.built, DESK.from)) return
  if (!existsSync(path.join(ROOT, 'node_modules/antd'))) return
  say('· 正在构建工作台 / Building the staff console')
  const code = await ended(start('scripts/build-console.mjs', { stdout: 'inherit' }))
  if (!stopping && code !== 0) {
    throw new Failed('The staff console did not build; the messages are above.')
  }
}

/** A child that ends with us. */
function start(file, { args = [], env = {}, stdout }) {
  const script = path.join(ROOT, file)
  const child = spawn(process.execPath, ['--import', WATCH, script, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['pipe', stdout, 'inherit'],
  })
  children.add(child)
  child.stdin.on('error', () => {}) // it ended first
  child.once('exit', () => children.delete(child))
  return child
}

/** Its code. Ended by SIGTERM before it could drain anything, it stopped as it was told. */
async function ended(child) {
  if (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => child.once('exit', resolve))
  }
  return child.exitCode ?? (child.signalCode === 'SIGTERM' ? 0 : 1)
}

async function startTown(port) {
  say('· 正在启动演示用的外部系统 / Starting the stand-ins of the outside systems')
  const child = start('build/mock.mjs', {
    env: {
      SERVER_URL: `http://127.0.0.1:${port}`, CATALOGUE: path.join(ROOT, 'catalogue'),
      ...(training ? { MOCK_CLERK: 'off' } : {}),
    },
    stdout: 'pipe',
  })
  const lines = createInterface({ input: child.stdout })
  const line = new Promise((resolve) => lines.once('line', resolve))
  const first = await Promise.race([line, ended(child)])
  if (stopping) return undefined
  if (typeof first !== 'string') throw new Failed('The stand-ins did not start.')
  return { child, ...JSON.parse(first) }
}

/** The town's settings lie beneath the user's own; MOCK_SPEED is the town's business. */
function settings(town, port) {
  const own = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value))
  const { MOCK_SPEED: _speed, ...kept } = { ...town.env, ...own }
  // Whom trainees are to be, no stand-in is: departments too work in the console.
  const room = {
    TRAINING: '1', DATA_DIR: dataDir, DEPARTMENT_SYSTEMS: own.DEPARTMENT_SYSTEMS ?? '[]',
  }
  return { DEMO: '1', ...kept, ...(training ? room : {}), PORT: String(port), MOCK_SPEED: '' }
}

function logFile() {
  const folder = path.resolve(ROOT, dataDir)
  mkdirSync(folder, { recursive: true })
  return path.join(folder, 'server.log')
}

async function ready(server, port) {
  const address = `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`
  const until = Date.now() + READY_MS
  const lives = () => server.exitCode === null && server.signalCode === null
  while (Date.now() < until && lives()) {
    const answer = await fetch(`${address}/v1/health`, { signal: AbortSignal.timeout(2000) })
      .catch(() => undefined) // not listening yet
    if (answer && answer.status < 500) return address
    await new Promise((done) => setTimeout(done, 100))
  }
  return undefined
}

function tail(file) {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_LINES)
  return lines.join('\n')
}

async function stopAll(signal = 'SIGTERM') {
  stopping = true
  for (const child of children) child.kill(signal)
  await Promise.all([...children].map(ended))
}

function forwardSignals(running) {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => {
      const again = stopping
      stopping = true
      // Before the platform is there, whatever runs is a build or the town.
      if (!running.child) void stopAll().then(() => process.exit(0))
      // Stopped halfway through its start it would leave its database running.
      else if (running.ready || again) running.child.kill('SIGTERM')
    })
  }
}

async function main() {
  const running = { child: undefined, ready: false }
  forwardSignals(running)
  if (training && production) {
    throw new Failed('培训环境不能用 NODE_ENV=production / A training room is no production:'
      + ' start it without NODE_ENV=production.')
  }
  const port = await claimPort()
  await buildMissing()
  if (stopping) return 0
  if (production) {
    running.child = start('build/server.mjs', { stdout: 'inherit' })
    running.ready = true
    return ended(running.child)
  }
  const town = await startTown(port)
  if (!town) return 0
  const log = logFile()
  say('· 正在启动平台，首次要建数据库 / Starting the platform; the first time it makes its database')
  const env = settings(town, port)
  running.child = start('build/server.mjs', { env, stdout: openSync(log, 'a') })
  const address = await ready(running.child, port)
  running.ready = true
  if (stopping) running.child.kill('SIGTERM')
  else if (address) say(banner({ address, town, log, root: ROOT, training }))
  else {
    console.error(`平台没有启动 / The platform did not start. Last lines of ${log}:\n${tail(log)}`)
    running.child.kill('SIGTERM')
    await ended(running.child)
    return running.child.exitCode || 1
  }
  const code = await ended(running.child)
  if (!stopping) console.error(`平台停止了 / The platform stopped (${code}); see ${log}`)
  return code
}

main()
  .catch((error) => {
    console.error(error instanceof Failed ? error.message : error)
    return 1
  })
  .then(async (code) => {
    await stopAll()
    process.exit(code)
  })
