import { randomBytes } from 'node:crypto'
import pg from 'pg'
import pino from 'pino'
import { afterAll, inject } from 'vitest'
import type { Connection } from '../server/db/embedded'
import { type Database, openDatabase } from '../server/db/pool'

export interface FreshDatabase {
  /** of the owner, as DATABASE_URL would be */
  connection: Connection
  /** as the server sees it: restricted role */
  database: Database
  /** rows as the owner, past the server's rights */
  asOwner(text: string, values?: unknown[]): Promise<pg.QueryResultRow[]>
}

/** A migrated database of one's own, gone after the file. Await it at a file's top level. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { migrations, ...cluster } = inject('cluster')
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = { ...cluster, database: 'postgres' }
  await once(admin, `create database ${name} template template`)
  const connection = { ...cluster, database: name }
  const database = await openDatabase({
    connection,
    migrations,
    log: pino({ level: 'silent' }),
    random: Math.random,
    maxConnections: 8,
  })
  afterAll(async () => {
    await database.close()
    await once(admin, `drop database ${name} with (force)`)
  })
  return { connection, database, asOwner: (text, values) => once(connection, text, values) }
}

async function once(connection: Connection, text: string, values: unknown[] = []) {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query<pg.QueryResultRow>(text, values)).rows
  } finally {
    await client.end()
  }
}
