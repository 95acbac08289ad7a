/** Real or invented, for ever: the first start says which, and none of the other kind goes on. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Config } from '../../server/config'
import { claimInstallation, refuseFirstCommand } from '../../server/installation'
import { freshDatabase } from '../database'

const now = () => new Date('2026-11-23T02:00:00Z')
const PRODUCTION = { production: true, training: false }
const DEMO = { production: false, training: false }
const TRAINING = { production: false, training: true }
const BACKFILL = /insert into installation[^;]+;/

async function begin() {
  const { database: db, asOwner } = await freshDatabase()
  const start = (kind: Pick<Config, 'production' | 'training'>) =>
    claimInstallation({ db, now, config: kind as Config }) // it reads no more of it
  const command = (kind: Pick<Config, 'production' | 'training'>) =>
    refuseFirstCommand({ db, config: kind as Config }) // it reads no more of it
  return { start, command, asOwner }
}

describe('a database', () => {
  it.each([
    ['a demonstration', DEMO], ['a training room', TRAINING],
  ])('of %s is refused to a production for ever', async (_name, first) => {
    const { start } = await begin()
    await start(first)
    await expect(start(PRODUCTION)).rejects
      .toThrow(/database is that of a demonstration or a training room, so NODE_ENV=production/)
    await start(DEMO)
    await start(TRAINING)
  })

  it('nothing has started on is not made one of invented people by a command', async () => {
    const { start, command } = await begin()
    await expect(command(DEMO)).rejects.toThrow(/set NODE_ENV=production, or start/)
    await command(PRODUCTION)
    await start(PRODUCTION)
    await command(PRODUCTION)
    await expect(start(DEMO)).rejects.toThrow(/database is that of a production/)
  })

  it('of a production is refused to a demonstration and to a training room', async () => {
    const { start } = await begin()
    await start(PRODUCTION)
    for (const other of [DEMO, TRAINING]) {
      await expect(start(other)).rejects.toThrow(/database is that of a production/)
    }
    await start(PRODUCTION)
  })

  it('belongs to one kind also when both start at once', async () => {
    const { start } = await begin()
    const outcomes = await Promise.allSettled([start(PRODUCTION), start(DEMO)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('cannot change its kind, not even by its owner', async () => {
    const { start, asOwner } = await begin()
    await start(DEMO)
    await expect(asOwner(`update installation set kind = 'real'`)).rejects.toThrow('only grows')
    await expect(asOwner('delete from installation')).rejects.toThrow('only grows')
    await expect(asOwner(`insert into installation (kind, since) values ('real', now())`))
      .rejects.toThrow('unique')
  })
})

describe('a database from before it was said', () => {
  const file = resolve(import.meta.dirname, '../../server/db/migrations/0020_installation.sql')
  const published = `insert into topic_versions (topic_id, version, hash, body, published_at)
    values ('x', 1, 'x', '{}', '2026-01-01')`

  it.each([
    ['with the accounts of a demonstration is invented', '演示·喀什地区综合窗口', ['invented']],
    ['without them is real', '喀什地区综合窗口', ['real']],
  ])('%s', async (_name, member, kinds) => {
    const { asOwner } = await begin()
    await asOwner(published)
    await asOwner(
      `insert into staff (id, login, name, role, region_code, password_hash, totp_sealed, created_at)
       values (gen_random_uuid(), 'a', $1, 'window', '653100', 'x', 'x', now())`, [member])
    await asOwner(BACKFILL.exec(await readFile(file, 'utf8'))![0])
    const rows = await asOwner('select kind from installation')
    expect(rows.map(({ kind }) => String(kind))).toEqual(kinds)
  })

  it('in which nothing was published was never started', async () => {
    const { asOwner } = await begin()
    await asOwner(BACKFILL.exec(await readFile(file, 'utf8'))![0])
    expect(await asOwner('select kind from installation')).toEqual([])
  })
})
