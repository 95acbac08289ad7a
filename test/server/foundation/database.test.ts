import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import pino from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { migrate } from '../../../server/db/migrate'
import { openDatabase } from '../../../server/db/pool'
import { freshDatabase } from '../../database'

const log = pino({ level: 'silent' })
const { database, connection, asOwner } = await freshDatabase()
const folder = await mkdtemp(join(tmpdir(), 'one-thing-sql-'))
afterAll(() => rm(folder, { recursive: true }))

async function withOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

describe('the pool', () => {
  it('works as a role that cannot change the schema (S51)', async () => {
    const who = await sql<{ current_user: string }>`select current_user`.execute(database.db)
    expect(who.rows).toEqual([{ current_user: 'onething_app' }])
    await expect(sql`create table mine (n integer)`.execute(database.db)).rejects.toThrow(
      'permission denied',
    )
    // the health page reads which were applied, and nobody here writes it
    for (const write of [sql`delete from migrations`, sql`update migrations set sha256 = ''`]) {
      await expect(write.execute(database.db)).rejects.toThrow('permission denied')
    }
  })

  it('limits how long a statement and a lock may take', async () => {
    const { rows } = await sql`select current_setting('statement_timeout') as statement,
      current_setting('lock_timeout') as lock,
      current_setting('idle_in_transaction_session_timeout') as idle`.execute(database.db)
    expect(rows).toEqual([{ statement: '15s', lock: '5s', idle: '30s' }])
  })

  it('gives days as text, and refuses integers a number cannot hold', async () => {
    const query = sql`select date '2026-02-17' as day, 42::bigint as n`
    const { rows } = await query.execute(database.db)
    expect(rows).toEqual([{ day: '2026-02-17', n: 42 }])
    await expect(sql`select 9007199254740993::bigint`.execute(database.db)).rejects.toThrow('2^53')
  })

  it('repeats a transaction that lost a conflict', async () => {
    const lose = sql`do $$ begin raise exception 'lost' using errcode = '40001'; end $$`
    let runs = 0
    const answer = await database.inTx(async (tx) => {
      runs++
      if (runs < 3) await lose.execute(tx)
      return runs
    })
    expect(answer).toBe(3)
  })

  it('repeats a transaction whose connection died before the commit', async () => {
    await asOwner('create table died (n integer)')
    await asOwner('grant insert on died to onething_app')
    let runs = 0
    await database.inTx(async (tx) => {
      runs++
      await sql`insert into died values (${runs})`.execute(tx)
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      if (runs === 1) await asOwner('select pg_terminate_backend($1)', [rows[0]?.pid])
      await sql`select 1`.execute(tx)
    })
    expect(await asOwner('select n from died')).toEqual([{ n: 2 }])
  })

  it('does not repeat other failures', async () => {
    let runs = 0
    const failing = database.inTx(async () => {
      runs++
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(runs).toBe(1)
  })

  it('runs a named statement', async () => {
    const twice = { name: 'twice', text: 'select $1::integer * 2 as n' }
    expect(await database.run(twice, [4])).toEqual([{ n: 8 }])
    expect(await database.run(twice, [5])).toEqual([{ n: 10 }])
  })

  it('says what to do when the owner may not create the role', async () => {
    await asOwner("create role stranger login")
    await asOwner('create schema strangers authorization stranger')
    await asOwner('create database strangers owner stranger')
    const strangers = { ...connection, user: 'stranger', database: 'strangers' }
    const opening = openDatabase({
      connection: strangers,
      migrations: join(import.meta.dirname, '../../../server/db/migrations'),
      log,
      random: Math.random,
    })
    await expect(opening).rejects.toThrow(/Migration 0000_roles.sql failed.*grant onething_app to/s)
    await asOwner('drop database strangers')
    await asOwner('drop schema strangers')
    await asOwner('drop role stranger')
  })
})

describe('migrations', () => {
  it('are applied once and in order, also by two servers at once', async () => {
    await writeFile(join(folder, '9001_first.sql'), 'create table ordered (n integer);')
    await writeFile(join(folder, '9002_second.sql'), 'insert into ordered values (1);')
    await Promise.all([1, 2, 3].map(() => withOwner((client) => migrate(client, folder, log))))
    expect(await asOwner('select n from ordered')).toEqual([{ n: 1 }])
  })

  it('leave nothing behind when one fails', async () => {
    await writeFile(join(folder, '9003_fails.sql'), 'create table half (n integer); select 1/0;')
    await expect(withOwner((client) => migrate(client, folder, log))).rejects.toThrow(
      'Migration 9003_fails.sql failed: division by zero',
    )
    expect(await asOwner("select to_regclass('half') as half")).toEqual([{ half: null }])
    await rm(join(folder, '9003_fails.sql'))
  })

  it('refuse to start when an applied file was changed', async () => {
    await writeFile(join(folder, '9001_first.sql'), 'create table ordered (n bigint);')
    await expect(withOwner((client) => migrate(client, folder, log))).rejects.toThrow(
      '9001_first.sql was changed',
    )
  })
})
