import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import pino from 'pino'
import type { TestProject } from 'vitest/node'
import { type Connection, startEmbedded } from '../server/db/embedded'
import { openDatabase } from '../server/db/pool'

const log = pino({ level: 'silent' })

declare module 'vitest' {
  interface ProvidedContext {
    /** the cluster of this run, with the migrated database `template` */
    cluster: Connection & { migrations: string }
  }
}

/** One PostgreSQL a run; each test file gets a copy of its migrated template (test/database.ts). */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'one-thing-test-'))
  const postgres = await startEmbedded(join(folder, 'data'), log)
  const migrations = resolve(import.meta.dirname, '../server/db/migrations')
  await makeTemplate(postgres.connection, migrations)
  project.provide('cluster', { ...postgres.connection, migrations })
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function makeTemplate(connection: Connection, migrations: string): Promise<void> {
  const admin = new pg.Client({ ...connection, database: 'postgres' })
  await admin.connect()
  await admin.query('create database template')
  await admin.end()
  const template = { ...connection, database: 'template' }
  const options = { connection: template, migrations, log, random: Math.random }
  const database = await openDatabase(options)
  await database.close()
}
