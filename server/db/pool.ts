/**
 * The server's way to PostgreSQL: one pool, working as the restricted role, that waits out a
 * database restart and repeats what may be repeated.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { isCode } from '../files'
import type { Log } from '../log'
import { migrate } from './migrate'
import type { DB } from './schema'
import { ALL_ROWS, type Scope, currentScope, within } from './scope'

/** A connection or a transaction: what every store function takes first. */
export type Db = Kysely<DB>
export type Tx = Transaction<DB>

export interface DatabaseConfig {
  /** of the owner of the schema; the pool then acts as onething_app */
  connection: pg.ClientConfig
  /** folder of the SQL files */
  migrations: string
  log: Log
  /** 0 ≤ x < 1, spreads retries */
  random: () => number
  maxConnections?: number
  statementTimeoutMs?: number
  lockTimeoutMs?: number
}

/** A statement the server plans once per connection; `name` must be unique to `text`. */
export interface Statement {
  name: string
  text: string
}

export interface Database {
  db: Db
  /**
   * One transaction (read committed). `work` may run more than once, so it has no effect outside
   * it; repeated on a serialisation failure, a deadlock, and a connection lost before commit. A
   * connection lost during commit is thrown: only the caller's request id can tell what happened.
   */
  inTx<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * One named statement, its own transaction; repeated on a serialisation failure or deadlock. It
   * may be for several callers at once, so it sees all rows: it names each caller's own.
   */
  run<Row extends pg.QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]>
  /** Repeats `work` over a lost connection too: for reads and for writes with a unique key. */
  repeatable<T>(work: () => Promise<T>): Promise<T>
  /** A connection outside the pool and its time limits, for LISTEN. The caller ends it. */
  connect(): Promise<pg.Client>
  close(): Promise<void>
}

const APP_ROLE = 'onething_app'
const LOST = 'Lost a connection to PostgreSQL'
const MOST_CONFLICT_TRIES = 8
/** 0.1 + 0.2 + … + 1.0 + 1.0 … s: a crashed PostgreSQL is back within 10 s (R2). */
const MOST_OUTAGE_TRIES = 14

/** Dates stay 'YYYY-MM-DD' (a day has no zone); int8 becomes a number, refused past 2^53. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.DATE) return (text: string) => text
    if (oid === pg.types.builtins.INT8) return safeInteger
    return pg.types.getTypeParser(oid, format)
  },
}

/**
 * Migrates as the owner, then opens the pool as the application role.
 * @throws Error with what to do, if the owner may neither create nor use that role
 */
export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  const { log, random } = config
  await migrateAsOwner(config)
  const pool = openPool(config)
  const take = taker(pool)
  const end = () => pool.end()
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: { connect: take, end } }) })
  const pause = (tries: number, longestMs: number) =>
    wait(Math.min(100 * tries, longestMs) * (0.5 + random()))
  const again = async <T>(work: () => Promise<T>, mayRepeat: (error: unknown) => boolean) => {
    for (let tries = 1; ; tries++) {
      try {
        return await work()
      } catch (error) {
        const conflict = isConflict(error) && tries < MOST_CONFLICT_TRIES
        const outage = !isConflict(error) && mayRepeat(error) && tries < MOST_OUTAGE_TRIES
        if (!conflict && !outage) throw error
        await pause(tries, outage ? 1_000 : 200)
      }
    }
  }
  return {
    db,
    inTx: (work) => {
      let committing = false
      return again(
        () => {
          committing = false
          return db.transaction().execute(async (tx) => {
            const result = await work(tx)
            committing = true
            return result
          })
        },
        (error) => !committing && isConnectionLost(error),
      )
    },
    run: (statement, values) =>
      again(() => within(ALL_ROWS, async () => {
        const client = await take()
        try {
          return (await client.query({ ...statement, values })).rows
        } finally {
          client.release()
        }
      }), () => false),
    repeatable: (work) => again(work, isConnectionLost),
    connect: async () => {
      const client = new pg.Client({ ...config.connection, types, ...asApp() })
      client.on('error', ({ message }) => log.warn({ message }, LOST))
      await client.connect()
      return client
    },
    close: () => db.destroy(),
  }
}

/** Whether PostgreSQL undid the work for the sake of other work: it may be repeated as it is. */
function isConflict(error: unknown): boolean {
  return isCode(error, '40001', '40P01')
}

/** Whether the connection failed, so that the fate of a commit under way is unknown. */
export function isConnectionLost(error: unknown): boolean {
  if (isCode(error, '57P01', '57P02', '57P03', '08000', '08003', '08006')) return true
  if (isCode(error, 'ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT')) return true
  // pg gives these two no code.
  const texts = /Connection terminated|connection error and is not queryable|timeout exceeded when/
  return error instanceof Error && texts.test(error.message)
}

async function migrateAsOwner({ connection, migrations, log }: DatabaseConfig): Promise<void> {
  const owner = new pg.Client(connection)
  await owner.connect()
  try {
    await migrate(owner, migrations, log)
  } finally {
    await owner.end()
  }
}

function openPool(config: DatabaseConfig): pg.Pool {
  const pool = new pg.Pool({
    ...config.connection,
    types,
    max: config.maxConnections ?? 20,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    ...asApp({
      statement_timeout: config.statementTimeoutMs ?? 15_000,
      lock_timeout: config.lockTimeoutMs ?? 5_000,
      idle_in_transaction_session_timeout: 30_000,
    }),
  })
  // Unhandled, a dying connection ends the process. The pool listens on idle ones only, so those at
  // work need an ear of their own; whoever works on them gets the error from the query.
  const lost = ({ message }: Error) => config.log.warn({ message }, LOST)
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  return pool
}

/** Each connection is told whose rows it may see before it is given out; mostly it knows. */
function taker(pool: pg.Pool): () => Promise<pg.PoolClient> {
  const told = new WeakMap<pg.PoolClient, Scope>()
  return async () => {
    const scope = currentScope()
    const client = await pool.connect()
    if (told.get(client) === scope) return client
    try {
      await client.query(`select set_config('app.scope', $1, false)`, [scope])
      told.set(client, scope)
      return client
    } catch (error) {
      client.release(error instanceof Error ? error : true)
      throw error
    }
  }
}

/** The role is part of the start of each connection: no statement can come before it. */
function asApp(settings: Record<string, number> = {}): { options: string } {
  const all = Object.entries({ role: APP_ROLE, ...settings })
  return { options: all.map(([name, value]) => `-c ${name}=${value}`).join(' ') }
}

function safeInteger(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError('int8 beyond 2^53: select it as text')
  return number
}
