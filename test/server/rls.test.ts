/** The second lock: rows of another county stay out of a query that forgot its where clause. */
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../../server/app'
import { NO_ROWS, ofRegions, within } from '../../server/db/scope'
import { POLICIES } from '../../server/policies'
import { approve, dispatched, staffed, startTrial } from './fixtures/filing'
import type { SignedIn } from './harness'

const harness = await startTrial()
const { platform } = harness
const crew = await staffed(harness)
const [HERE, ELSEWHERE] = ['653101', '653125']
const TABLES = ['cases', 'tasks', 'case_events', 'results', 'signals', 'rectifications'] as const
type Table = (typeof TABLES)[number]

const view = await dispatched(harness, crew)
await approve(harness, crew, view, 'number')
await dispatched(harness, crew)
await harness.asOwner(
  `insert into signals (id, case_id, n, topic_id, item_id, department_id, region_code, level, rank,
     raised_at, due_on, told, state)
   select gen_random_uuid(), case_id, n, 'x', item_id, department_id, region_code, 'red', 3, now(),
          '2026-11-30', '{}', 'open' from tasks where case_id = $1 limit 1`, [view.id])
await harness.asOwner(
  `insert into rectifications (id, case_id, n, region_code, stars, state, contact_by, answer_by,
     stop_by, opened_at)
   values (gen_random_uuid(), $1, 0, '653101', 1, 'open', '2026-11-30', '2026-11-30', '2026-11-30',
     now())`, [view.id])

/** As somebody writes it who forgot that there are counties. */
const forgetful = async (table: Table): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`
    .execute(platform.db.db)
  return rows[0]?.n ?? -1
}
const all = async (table: Table) =>
  Number((await harness.asOwner(`select count(*) as n from ${table}`))[0]?.n)

describe.each(TABLES)('%s', (table) => {
  it('as the application role: nothing untold, a county its own, the house all', async () => {
    expect(await all(table)).toBeGreaterThan(0)
    const client = await platform.db.connect()
    const count = async () =>
      Number((await client.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n)
    const tell = (scope: string) => client.query(`select set_config('app.scope', $1, false)`, [scope])
    try {
      expect(await count()).toBe(0)
      for (const [scope, seen] of [
        [ELSEWHERE, 0], ['', 0], [NO_ROWS, 0], ['all,653125', 0], [HERE, await all(table)],
        [`${ELSEWHERE},${HERE}`, await all(table)], ['all', await all(table)],
      ] as const) {
        await tell(scope)
        expect(await count(), scope).toBe(seen)
      }
    } finally {
      await client.end()
    }
  })

  it('through the pool: each work sees its own, whoever used the connection before', async () => {
    const everything = await all(table)
    const works = Array.from({ length: 60 }, (_, n) => async () => {
      const scope = [undefined, ofRegions([HERE]), ofRegions([ELSEWHERE]), NO_ROWS][n % 4]
      const seen = scope === undefined ? forgetful(table) : within(scope, () => forgetful(table))
      expect(await seen).toBe(n % 4 < 2 ? everything : 0)
    })
    await Promise.all(works.map((work) => work()))
  })
})

describe('in a transaction', () => {
  it('nothing elsewhere is read, changed or added', async () => {
    await within(ofRegions([ELSEWHERE]), () => platform.db.inTx(async (tx) => {
      const changed = await tx.updateTable('cases').set({ state: 'withdrawn' }).executeTakeFirst()
      expect(changed.numUpdatedRows).toBe(0n)
      const gone = await tx.deleteFrom('tasks').executeTakeFirst()
      expect(gone.numDeletedRows).toBe(0n)
    }))
    const added = within(ofRegions([ELSEWHERE]), () => platform.db.inTx((tx) =>
      sql`insert into case_events (case_id, seq, at, by_role, by_name, event)
          values (${view.id}, 999, now(), 'window', 'x', '{"is": "x"}')`.execute(tx)))
    await expect(added).rejects.toThrow('row-level security')
  })

  it('a case of another county cannot be moved out of it', async () => {
    const moved = within(ofRegions([HERE]), () => platform.db.inTx((tx) =>
      tx.updateTable('cases').set({ region_code: ELSEWHERE }).where('id', '=', view.id).execute()))
    await expect(moved).rejects.toThrow('row-level security')
  })
})

describe('a policy that lets everybody in', () => {
  const OPEN = ['getCase', 'getCaseContent', 'getNotice', 'getTask', 'listDocuments'] as const
  const open = Object.fromEntries(OPEN.map((operation) =>
    [operation, { ...POLICIES[operation]!, may: () => true }]))

  it('still shows another county nothing, and one\'s own what it did', async () => {
    const app = await buildApp(platform, {
      policies: { ...POLICIES, ...open }, requestsPerMinute: 1e6, mostLagMs: 0,
    })
    const read = (who: SignedIn, path: string) =>
      app.inject({ method: 'GET', url: `/v1/${path}`, headers: who.headers })
    const paths = ['', '/content', '/notice', '/documents'].map((part) => `cases/${view.id}${part}`)
    for (const path of paths) {
      expect((await read(await harness.window(ELSEWHERE), path)).statusCode, path).toBe(404)
      expect((await read(await harness.window('653100'), path)).statusCode, path).toBe(200)
      expect((await read(crew.clerk, path)).statusCode, path).toBe(200)
    }
    const police = await harness.department('public-security', ELSEWHERE)
    expect((await read(police, `tasks/${view.id}.1`)).statusCode).toBe(404)
    await app.close()
  })
})
