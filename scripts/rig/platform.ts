/**
 * The built platform as a child process on an embedded PostgreSQL in a folder of its own, with the
 * stand-ins of the outside systems beside it: what a load or a crash is let loose on.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { openBlobStore } from '../../server/blobs'
import { loadCatalogue } from '../../server/catalogue/load'
import { type Env, readConfig } from '../../server/config'
import { type Connection, type Embedded, startEmbedded } from '../../server/db/embedded'
import { openDatabase } from '../../server/db/pool'
import { loadDemoSecrets } from '../../server/demo-secrets'
import { makeOutside } from '../../server/outside'
import type { Platform } from '../../server/platform'

const ROOT = resolve(import.meta.dirname, '../..')
const READY_MS = 30_000
const STEP_SECONDS = '0.05'
/** All our citizens share one address. */
const NO_LIMIT = '100000000'

export interface Rig {
  folder: string
  port: number
  /** settings of the platform's process */
  env: Env
  /** arguments of its node, e.g. to profile it */
  nodeArgs: string[]
  /** The process that serves now, if any. */
  server: ChildProcess | undefined
  town: ChildProcess | undefined
}

/** PostgreSQL held by us, and the services of the platform on it, in this process. */
export interface Inside {
  embedded: Embedded
  connection: Connection
  platform: Platform
  close(): Promise<void>
}

/** Bundles, makes the folder and starts the stand-ins; not yet the platform. */
export async function makeRig({ town }: { town: boolean }): Promise<Rig> {
  run('scripts/build-server.mjs')
  const folder = mkdtempSync(join(tmpdir(), 'one-thing-rig-'))
  chmodSync(folder, 0o711)
  const port = await freePort()
  const dataDir = join(folder, 'data')
  const secrets = await loadDemoSecrets(dataDir)
  const rig: Rig = {
    folder, port, server: undefined, town: undefined, nodeArgs: [],
    env: {
      ...secrets, DATA_DIR: dataDir, PORT: String(port), REQUESTS_PER_MINUTE: NO_LIMIT,
      LOG_LEVEL: 'warn',
    },
  }
  if (town) await startTown(rig)
  return rig
}

async function startTown(rig: Rig): Promise<void> {
  const child = spawn(process.execPath, ['build/mock.mjs'], {
    cwd: ROOT,
    env: childEnv({
      ...rig.env, SERVER_URL: `http://127.0.0.1:${rig.port}`, CATALOGUE: join(ROOT, 'catalogue'),
      MOCK_SPEED: STEP_SECONDS, MOCK_CLERK: 'off',
    }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  rig.town = child
  const line = await new Promise<string>((told, failed) => {
    createInterface({ input: child.stdout }).once('line', told)
    child.once('exit', () => failed(new Error('the stand-ins did not start')))
  })
  const { env } = JSON.parse(line) as { env: Env } // mock/main.ts writes it
  Object.assign(rig.env, env)
}

/** Starts the built server; answers when it is healthy. Its log is in the rig's folder. */
export async function startServer(rig: Rig): Promise<ChildProcess> {
  const log = openSync(join(rig.folder, 'server.log'), 'a')
  const child = spawn(process.execPath, [...rig.nodeArgs, 'build/server.mjs'], {
    cwd: ROOT, env: childEnv(rig.env), stdio: ['ignore', log, log],
  })
  rig.server = child
  await untilHealthy(rig)
  return child
}

/** @throws {Error} with the last lines of the log */
export async function untilHealthy(rig: Rig): Promise<void> {
  const until = Date.now() + READY_MS
  while (Date.now() < until) {
    if (rig.server && hasEnded(rig.server)) break
    const answer = await fetch(`http://127.0.0.1:${rig.port}/v1/health`, {
      signal: AbortSignal.timeout(2_000),
    }).catch(() => undefined) // not listening yet
    if (answer?.ok) return
    await wait(20)
  }
  throw new Error(`the platform is not ready:\n${serverLog(rig).split('\n').slice(-8).join('\n')}`)
}

export function serverLog(rig: Rig): string {
  return readFileSync(join(rig.folder, 'server.log'), 'utf8').trimEnd()
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** The exit code, or the signal that ended it. */
export function ended(child: ChildProcess): Promise<number | string | null> {
  if (hasEnded(child)) return Promise.resolve(child.exitCode ?? child.signalCode)
  return new Promise((told) => child.once('exit', (code, signal) => told(code ?? signal)))
}

/** PostgreSQL and our services on the rig's folder, from inside this process. */
export async function openInside(rig: Rig): Promise<Inside> {
  const log = pino({ level: 'silent' })
  const config = readConfig(rig.env)
  const embedded = await startEmbedded(config.dataDir, log)
  const db = await openDatabase({
    connection: embedded.connection, migrations: join(ROOT, 'server/db/migrations'), log,
    random: Math.random, maxConnections: 4,
  })
  const platform: Platform = {
    config, db, log, keys: config.keys.field,
    blobs: openBlobStore({
      folder: join(config.dataDir, 'materials'), ring: config.keys.field,
      indexKey: config.keys.index,
    }),
    catalogue: loadCatalogue(join(ROOT, 'catalogue')),
    outside: makeOutside(config, { now: () => new Date(), newNonce: () => uuidv7(), log }),
    now: () => new Date(),
    newId: () => uuidv7(),
  }
  return {
    embedded, connection: embedded.connection, platform,
    close: async () => {
      await db.close()
      await embedded.stop()
    },
  }
}

/** Ends what is still running and removes the folder. */
export async function clearAway(rig: Rig): Promise<void> {
  for (const child of [rig.server, rig.town]) {
    if (!child || hasEnded(child)) continue
    child.kill('SIGTERM')
    await Promise.race([ended(child), wait(15_000)])
    child.kill('SIGKILL')
  }
  const { embedded } = await lastLook(rig)
  await embedded.stop()
  rmSync(rig.folder, { recursive: true, force: true })
}

/** A killed server leaves its PostgreSQL running: adopting it is how to stop it. */
async function lastLook(rig: Rig): Promise<{ embedded: Embedded }> {
  return { embedded: await startEmbedded(readConfig(rig.env).dataDir, pino({ level: 'silent' })) }
}

function run(script: string): void {
  const options = { cwd: ROOT, stdio: 'inherit' } as const
  const { status } = spawnSync(process.execPath, [join(ROOT, script)], options)
  if (status !== 0) throw new Error(`${script} failed`)
}

function childEnv(env: Env): NodeJS.ProcessEnv {
  // Nothing of ours but where programs are; Taro's types ask every environment for TARO_ENV.
  const own = { PATH: process.env.PATH, HOME: process.env.HOME, ...env }
  return own as unknown as NodeJS.ProcessEnv
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => found(port))
    })
  })
}
