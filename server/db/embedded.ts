/**
 * The PostgreSQL that comes with `npm install`. It outlives us on purpose (detached): a killed
 * server finds it running and adopts it. One connection is held for as long as we live; it tells us
 * at once when PostgreSQL dies, and tells other servers on the same folder that we are here.
 */
import * as fs from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { exists, isCode } from '../files'
import type { Log } from '../log'
import { type Cluster, launch, logTail, prepareCluster } from './cluster'

export interface Connection {
  /** folder of the unix socket */
  host: string
  port: number
  user: string
  database: string
}

export interface Embedded {
  connection: Connection
  /** Lets go; shuts PostgreSQL down if no other server holds it. Close your pools first. */
  stop(): Promise<void>
}

const PORT = 5432
const PRESENCE = 'one-thing launcher'
const PAUSE_MS = 50
/** A busy machine takes a while to notice that a killed server's connection is gone. */
const TURNS_TO_BE_ALONE = 40
/** Recovery after a crash replays at most max_wal_size; ten minutes are ample for a sound disk. */
const PATIENCE = 12_000
const MOST_STARTS = 8
const LONGEST_LOG_BYTES = 10_000_000

/** `log` and above leaves out refused statements, whose text can quote what a citizen typed. */
const SETTINGS = {
  listen_addresses: '',
  max_connections: '100',
  shared_buffers: '128MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
}

/**
 * Starts, or adopts, the PostgreSQL of a data folder and keeps it running until `stop`.
 * @param settings  PostgreSQL settings over ours; without effect on an adopted one
 * @throws if no PostgreSQL can be brought up; the text ends with PostgreSQL's own last lines
 */
export async function startEmbedded(
  dataDir: string,
  log: Log,
  settings: Record<string, string> = {},
): Promise<Embedded> {
  const cluster = await prepareCluster(dataDir)
  let stopping = false
  let presence = await bringUp(cluster, settings, log)
  let present = true
  let reviving: Promise<void> | undefined

  const revive = async () => {
    log.warn({}, 'PostgreSQL went away; starting it again')
    presence = await bringUp(cluster, settings, log)
    present = true
    watch()
  }
  const watch = () => {
    presence.once('end', () => {
      present = false
      if (stopping) return
      reviving = revive().catch((error: unknown) => {
        log.error({ error }, 'PostgreSQL could not be started again')
      })
    })
  }
  watch()
  await ensureDatabase(presence)
  return {
    connection: connectionTo(cluster, 'onething'),
    stop: async () => {
      stopping = true
      await reviving
      if (present) await leave(cluster, presence)
    },
  }
}

function connectionTo(cluster: Cluster, database: string): Connection {
  return { host: cluster.socketDir, port: PORT, user: 'onething', database }
}

async function bringUp(
  cluster: Cluster,
  settings: Record<string, string>,
  log: Log,
): Promise<pg.Client> {
  let starts = 0
  let running = false
  for (let turn = 0; turn < PATIENCE; turn++) {
    const found = await tryConnect(cluster)
    if (found instanceof pg.Client) return found
    if (found === 'absent' && !running) {
      if (starts++ === MOST_STARTS) break
      await wait(starts * PAUSE_MS)
      const child = await spawnPostgres(cluster, settings)
      // One that fails at once has ended before anybody could listen.
      running = child.exitCode === null && child.signalCode === null
      child.once('exit', () => (running = false))
      log.info({ pid: child.pid }, 'Starting PostgreSQL')
    }
    await wait(PAUSE_MS)
  }
  throw new Error(`PostgreSQL did not start:\n${await logTail(cluster)}`)
}

async function tryConnect(cluster: Cluster): Promise<pg.Client | 'absent' | 'busy'> {
  const client = new pg.Client({
    ...connectionTo(cluster, 'postgres'),
    application_name: PRESENCE,
    connectionTimeoutMillis: 5_000,
  })
  // The 'end' event follows every error and is what we act on; unhandled, this would end node.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ECONNREFUSED')) return 'absent'
    // 57P03: starting, stopping or recovering. A closed connection: it is going down this moment.
    if (isCode(error, '57P03', '53300', 'ECONNRESET', 'EPIPE', 'EAGAIN')) return 'busy'
    if (error instanceof Error && /terminated|timeout/i.test(error.message)) return 'busy'
    throw error
  }
}

async function spawnPostgres(cluster: Cluster, settings: Record<string, string>) {
  await dropStrangersPid(cluster)
  const args = ['-D', cluster.data]
  const all = { ...SETTINGS, ...settings, unix_socket_directories: cluster.socketDir }
  for (const [name, value] of Object.entries(all)) args.push('-c', `${name}=${value}`)
  const tooLong =
    (await exists(cluster.logFile)) && (await fs.stat(cluster.logFile)).size > LONGEST_LOG_BYTES
  if (tooLong) await fs.truncate(cluster.logFile)
  const output = await fs.open(cluster.logFile, 'a', 0o600)
  try {
    const child = launch(cluster, 'postgres', { args, output: output.fd })
    child.unref()
    await new Promise((started, failed) => child.once('spawn', started).once('error', failed))
    return child
  } finally {
    await output.close()
  }
}

/**
 * After a crash of the machine or the container, the number in postmaster.pid may belong to any
 * program of the same user, and PostgreSQL would refuse to start for ever. (It handles dead numbers
 * itself.) Linux only: elsewhere the owner of a number can't be asked without a program.
 */
async function dropStrangersPid(cluster: Cluster): Promise<void> {
  const pid = await postmasterPid(cluster)
  if (pid === undefined || process.platform !== 'linux' || !(await exists(`/proc/${pid}`))) return
  const commandLine = await fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch((error: unknown) => {
    if (isCode(error, 'ENOENT', 'ESRCH')) return 'postgres'
    throw error
  })
  if (!commandLine.includes('postgres')) await fs.rm(join(cluster.data, 'postmaster.pid'))
}

async function postmasterPid(cluster: Cluster): Promise<number | undefined> {
  const file = join(cluster.data, 'postmaster.pid')
  const text = await fs.readFile(file, 'utf8').catch((error: unknown) => {
    // It goes at the end of a shutdown, perhaps this very moment.
    if (isCode(error, 'ENOENT')) return ''
    throw error
  })
  const pid = Number.parseInt(text, 10)
  return Number.isInteger(pid) && pid > 1 ? pid : undefined
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("select from pg_database where datname = 'onething'")
  if (rowCount) return
  try {
    await client.query('create database onething')
  } catch (error) {
    // Another server on this folder was first.
    if (!isCode(error, '42P04', '23505', '55006')) throw error
  }
}

/** The lock makes two servers that leave together decide one after the other. */
async function leave(cluster: Cluster, presence: pg.Client): Promise<void> {
  const pid = await postmasterPid(cluster)
  await presence.query('select pg_advisory_lock(1)')
  let others = true
  for (let turn = 0; turn < TURNS_TO_BE_ALONE && others; turn++) {
    if (turn > 0) await wait(PAUSE_MS)
    const { rowCount } = await presence.query(
      'select from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
      [PRESENCE],
    )
    others = Boolean(rowCount)
  }
  if (!others && pid !== undefined) {
    process.kill(pid, 'SIGINT')
    // The connection ends by PostgreSQL's hand; asking it to end as well could only fail.
    for (let turn = 0; turn < PATIENCE && (await postmasterPid(cluster)) === pid; turn++) {
      await wait(PAUSE_MS)
    }
  }
  await presence.end()
}
