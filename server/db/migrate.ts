import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Client } from 'pg'
import { isCode } from '../files'
import type { Log } from '../log'

interface Migration {
  number: number
  name: string
  sql: string
  sha256: string
}

/** Any fixed number: two servers starting together take turns on it. */
const LOCK = 7_106_301
/** A busy table makes us step back and try again, so that citizens' requests don't queue (R16). */
const LOCK_TIMEOUT = '1s'
const MOST_TRIES = 60

/**
 * Brings the schema up to the files of `directory` (NNNN_name.sql, one transaction each, forward
 * only). Files a newer server has applied and we don't know are left alone: two versions may share
 * a database during a change-over.
 * @param client  connected as the owner of the database; not through a transaction pooler
 * @throws if an applied file was changed, a file is missing in the order, or one fails
 */
export async function migrate(client: Client, directory: string, log: Log): Promise<void> {
  const known = await readMigrations(directory)
  await client.query('select pg_advisory_lock($1)', [LOCK])
  try {
    const applied = await readApplied(client)
    refuseChanged(known, applied)
    for (const migration of known) {
      if (applied.has(migration.number)) continue
      await applyPatiently(client, migration)
      log.info({ migration: migration.name }, 'Migration applied')
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK])
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  const migrations = await Promise.all(names.map((name) => readMigration(directory, name)))
  const numbers = new Set(migrations.map(({ number }) => number))
  if (numbers.size < migrations.length) throw new Error(`Two migrations share a number: ${names}`)
  if (migrations.length === 0) throw new Error(`No migrations in ${directory}`)
  return migrations
}

async function readMigration(directory: string, name: string): Promise<Migration> {
  const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]
  if (number === undefined) throw new Error(`Migration ${name} is not named NNNN_name.sql`)
  const sql = await readFile(join(directory, name), 'utf8')
  // A checkout on Windows changes line ends, not the meaning.
  const sha256 = createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
  return { number: Number(number), name, sql, sha256 }
}

async function readApplied(client: Client): Promise<Map<number, string>> {
  await client.query(`create table if not exists migrations (
    number     integer     primary key,
    name       text        not null,
    sha256     text        not null,
    applied_at timestamptz not null default now()
  )`)
  const { rows } = await client.query<{ number: number; sha256: string }>(
    'select number, sha256 from migrations',
  )
  return new Map(rows.map(({ number, sha256 }) => [number, sha256]))
}

function refuseChanged(known: Migration[], applied: Map<number, string>): void {
  for (const { number, name, sha256 } of known) {
    if ((applied.get(number) ?? sha256) === sha256) continue
    throw new Error(
      `Migration ${name} was changed after it had been applied. Restore it and write a new one.`,
    )
  }
}

async function applyPatiently(client: Client, migration: Migration): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await apply(client, migration)
    } catch (error) {
      const busy = isCode(error, '55P03') && tries < MOST_TRIES
      if (!busy) throw explained(migration, error)
      await wait(1_000)
    }
  }
}

async function apply(client: Client, { number, name, sql, sha256 }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`)
    await client.query(sql)
    await client.query('insert into migrations (number, name, sha256) values ($1, $2, $3)', [
      number,
      name,
      sha256,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

function explained({ name }: Migration, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error)
  const hint = error instanceof Error && 'hint' in error && error.hint ? ` ${error.hint}` : ''
  return new Error(`Migration ${name} failed: ${reason}.${hint}`, { cause: error })
}
