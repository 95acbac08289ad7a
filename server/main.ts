/**
 * The rim: settings, clock, chance and the process come in here and nowhere below.
 *
 *   settings ─▶ PostgreSQL ─▶ migrations ─▶ catalogue published ─▶ workers ─▶ listening
 *                                        └▶ `admin …`: one command instead, then the end
 */
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { CommandRefused, administer, madeWords, readCommand } from './admin/command'
import { buildApp } from './app'
import { openBlobStore } from './blobs'
import { loadCatalogue } from './catalogue/load'
import { startClocks } from './clocks/start'
import { type Config, ConfigRefused, dataDirOf, readConfig } from './config'
import { openDatabase } from './db/pool'
import { startEmbedded } from './db/embedded'
import { seedDemo } from './demo'
import { loadDemoSecrets } from './demo-secrets'
import { departmentHandlers } from './departments/send'
import { exists } from './files'
import { claimInstallation, refuseFirstCommand } from './installation'
import { type Log, openLog } from './log'
import { FORGET_MATERIAL, forgetMaterialHandler } from './materials/forget'
import { MESSAGE_SMS, messageSmsHandler } from './messages/sms'
import { MESSAGE_WECHAT, messageWechatHandler } from './messages/wechat'
import { runOutbox } from './outbox/worker'
import { makeOutside } from './outside'
import type { Platform } from './platform'
import { SMS_TOPIC, smsHandler } from './session/sms'
import { keepCurrent } from './topics/current'
import { publishTopics } from './topics/service'

/** How often connections that have become idle are looked for while draining. */
const DRAIN_MS = 50
/** Whoever has not finished sending or reading by then is cut off: we are to be gone in 10 s. */
const LONGEST_DRAIN_MS = 7_000

type Closer = () => Promise<unknown>

async function main(): Promise<void> {
  const [, , command, ...args] = process.argv
  if (command === 'admin') return runCommand(args)
  if (command !== undefined) throw new Error(`no such command: ${command}`)
  const log = openLog(process.env.LOG_LEVEL ?? 'info')
  const closers: Closer[] = []
  const started = start(log, closers).catch(async (error: unknown) => {
    console.error(error instanceof ConfigRefused ? error.message : error)
    await closeAll(closers)
    process.exit(1)
  })
  // Stopped halfway through its start it would leave its database running.
  stopOnSignal(log, async () => {
    await started
    await closeAll(closers)
  })
  await started
}

/** What it made goes to standard output, and nothing else does. */
async function runCommand(args: string[]): Promise<void> {
  const log = openLog(process.env.LOG_LEVEL ?? 'warn', pino.destination(2))
  const closers: Closer[] = []
  const carryOut = async () => {
    const command = readCommand(args)
    const { platform } = await openPlatform(await settings(), log, closers)
    await refuseFirstCommand(platform)
    await claimInstallation(platform)
    process.stdout.write(madeWords(await administer(platform, command)))
  }
  const ended = carryOut().catch((error: unknown) => {
    const ours = error instanceof CommandRefused || error instanceof ConfigRefused
    console.error(ours ? error.message : error)
    process.exitCode = 1
  }).finally(() => closeAll(closers))
  stopOnSignal(log, () => ended)
  await ended
}

/** Last opened, first closed. One that fails must not keep the database from being shut down. */
async function closeAll(closers: Closer[]): Promise<void> {
  const failures: unknown[] = []
  for (const close of closers.splice(0).reverse()) {
    await close().catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Did not stop cleanly')
}

async function start(log: pino.Logger, closers: Closer[]): Promise<void> {
  const { env } = process
  const config = await settings()
  const { platform, root } = await openPlatform(config, log, closers)
  await claimInstallation(platform)
  await publishTopics(platform)
  if (env.DEMO === '1' || config.training) await seedDemo(platform)
  const [appDir, deskDir] = [join(root, 'dist/h5'), join(root, 'dist/desk')]
  const app = await buildApp(platform, {
    appDir: (await exists(join(appDir, 'index.html'))) ? appDir : undefined,
    deskDir: (await exists(join(deskDir, 'index.html'))) ? deskDir : undefined,
    requestsPerMinute: env.REQUESTS_PER_MINUTE ? Number(env.REQUESTS_PER_MINUTE) : undefined,
    trustProxy: env.TRUST_PROXY || undefined,
  })
  const workers = startWorkers(platform)
  closers.push(() => Promise.all([drain(app), workers.stop()]))
  await app.listen({ host: config.host, port: config.port })
  process.stdout.write(`ready ${addressOf(app, config)}\n`)
}

async function openPlatform(
  config: Config,
  log: pino.Logger,
  closers: Closer[],
): Promise<{ platform: Platform; root: string }> {
  // The code may be a bundle anywhere; its data lies where it was started, or where we are told.
  const root = resolve(process.env.APP_ROOT ?? '.')
  const postgres = config.databaseUrl ? undefined : await startEmbedded(config.dataDir, log)
  if (postgres) closers.push(() => postgres.stop())
  const platform = await makePlatform(config, {
    root, log, connection: postgres?.connection ?? { connectionString: config.databaseUrl },
  })
  closers.push(() => platform.db.close())
  return { platform, root }
}

/** A demo's missing secrets are made up; production must bring all of its own (S6). */
async function settings(): Promise<Config> {
  const { env } = process
  if (env.NODE_ENV === 'production') {
    if (env.DEMO) throw new ConfigRefused(['DEMO is for demonstrations only: remove it'])
    return readConfig(env)
  }
  const secrets = await loadDemoSecrets(dataDirOf(env))
  return readConfig({ ...secrets, ...env })
}

async function makePlatform(
  config: Config,
  { root, log, connection }: {
    root: string
    log: pino.Logger
    connection: Parameters<typeof openDatabase>[0]['connection']
  },
): Promise<Platform> {
  const now = () => new Date()
  const newId = () => uuidv7()
  const { field: keys, index } = config.keys
  const catalogue = loadCatalogue(join(root, 'catalogue'))
  const migrations = join(root, 'server/db/migrations')
  return {
    config,
    db: await openDatabase({ connection, migrations, log, random: Math.random }),
    keys,
    blobs: openBlobStore({
      folder: join(config.dataDir, 'materials'), ring: keys, indexKey: index,
    }),
    catalogue,
    outside: makeOutside(config, { now, newNonce: newId, log }),
    now,
    newId,
    log,
  }
}

function startWorkers(platform: Platform): { stop(): Promise<void> } {
  const { db: database, now, log } = platform
  const handlers = {
    [SMS_TOPIC]: smsHandler(platform),
    [MESSAGE_SMS]: messageSmsHandler(platform),
    [MESSAGE_WECHAT]: messageWechatHandler(platform),
    [FORGET_MATERIAL]: forgetMaterialHandler(platform),
    ...departmentHandlers(platform),
  }
  const outbox = runOutbox({ database, handlers, now, log, random: Math.random })
  const clocks = startClocks(platform)
  const catalogue = keepCurrent(platform)
  return {
    stop: async () => {
      await Promise.all([outbox.stop(), clocks.stop(), catalogue.stop()])
    },
  }
}

/** Requests under way are answered; idle connections would otherwise keep us for minutes. */
async function drain(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), DRAIN_MS)
  const late = setTimeout(() => app.server.closeAllConnections(), LONGEST_DRAIN_MS)
  await app.close()
  clearInterval(idle)
  clearTimeout(late)
}

function stopOnSignal(log: Log, stop: () => Promise<void>): void {
  let stopping = false
  const onSignal = () => {
    if (stopping) return
    stopping = true
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error }, 'Did not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

function addressOf(app: FastifyInstance, config: Config): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  return `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
