/**
 * `npm run bench:large [-- --cases 1000000 --write]`: what staff do all day, at 20 at once, with
 * 10,000 cases and then with a million, ten events each. Exits 1 when a target is missed; `--write`
 * puts the figures into docs/performance.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { addDays, shanghaiDate } from '../core/clock'
import { recountFigures } from '../server/supervision/rollup'
import { DAYS_BACK, EVENTS_A_CASE, writeCases } from './bench/many-cases'
import { type Measured, measure } from './bench/measure'
import { openClient } from './rig/client'
import { makeClerk, makeStaff } from './rig/people'
import {
  type Inside, type Rig, clearAway, ended, makeRig, openInside, startServer,
} from './rig/platform'

const AT_ONCE = 20
const FEW = 10_000
const MOST_P95_MS = 150
const MOST_RATIO = 1.2
const LOAD = { connections: AT_ONCE, warmUpMs: 2_000, forMs: 8_000 }
const FILE = join(resolve(import.meta.dirname, '..'), 'docs/performance.md')
const LARGE_BEGINS = '## A million cases'

interface Asked {
  name: string
  token: string
  paths: readonly string[]
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { cases: { type: 'string', default: '1000000' }, write: { type: 'boolean' } },
  })
  const many = Number(values.cases)
  const rig = await makeRig({ town: false })
  try {
    const few = await measured(rig, { from: 0, until: FEW })
    const all = await measured(rig, { from: FEW, until: many })
    const text = report(many, few, all)
    console.log(text)
    if (values.write) {
      const before = readFileSync(FILE, 'utf8').split(LARGE_BEGINS)[0]?.trimEnd() ?? ''
      writeFileSync(FILE, `${before}\n\n${text}`)
    }
    const missed = Object.keys(all).filter((name) =>
      all[name]!.p95 > MOST_P95_MS || ratioOf(few, all, name) > MOST_RATIO)
    for (const name of missed) console.error(`MISSED: ${name}`)
    return missed.length === 0 ? 0 : 1
  } finally {
    await clearAway(rig)
  }
}

/** Fills up to `until` and measures each question alone. */
async function measured(
  rig: Rig,
  span: { from: number; until: number },
): Promise<Record<string, Measured>> {
  const server = await startServer(rig)
  const inside = await openInside(rig)
  const client = new pg.Client(inside.connection)
  await client.connect()
  await writeCases(inside.platform, client, span)
  const today = shanghaiDate(inside.platform.now().toISOString())
  await recountFigures(inside.platform, { from: addDays(today, -DAYS_BACK), to: today })
  const asked = await questions(inside, client, span.from)
  await client.end()
  await inside.close()
  const figures: Record<string, Measured> = {}
  for (const one of asked) figures[one.name] = await ask(rig.port, one)
  server.kill('SIGTERM')
  await ended(server)
  return figures
}

function ask(port: number, { token, paths }: Asked): Promise<Measured> {
  return measure(LOAD, (n) => {
    const client = openClient(port)
    let turn = n
    return {
      once: async () => {
        const path = paths[turn % paths.length]! // there are some
        turn += AT_ONCE
        const reply = await client.call({ method: 'GET', path, token })
        if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.body}`)
      },
      close: async () => client.close(),
    }
  })
}

async function questions(
  { platform }: Inside,
  client: pg.Client,
  seed: number,
): Promise<Asked[]> {
  const { rows } = await client.query<{ id: string; number: string }>(
    'select id, number from cases order by md5(id::text) limit 2000')
  const { rows: [busiest] } = await client.query<{ department_id: string }>(
    `select department_id from tasks where state = 'received'
      group by 1 order by count(*) desc limit 1`)
  const clerk = await makeClerk(platform, seed)
  const county = await makeStaff(platform, { n: seed + 1, role: 'window', region: '653125' })
  const handler = await makeStaff(platform, {
    n: seed + 2, role: 'department', region: '653100', department: busiest!.department_id,
  })
  const supervisor = await makeStaff(platform, {
    n: seed + 3, role: 'supervisor', region: '653100',
  })
  const lists = ['submitted', 'handling', 'ready'].map((state) => `/v1/desk/cases?state=${state}`)
  return [
    { name: 'work list, prefecture', token: clerk.token, paths: lists },
    { name: 'work list, county', token: county.token, paths: lists },
    { name: 'work list, department', token: handler.token, paths: ['/v1/tasks'] },
    { name: 'tabs with counts', token: clerk.token, paths: ['/v1/desk/counts'] },
    { name: 'case page', token: clerk.token, paths: rows.map(({ id }) => `/v1/cases/${id}`) },
    {
      name: 'search by number', token: clerk.token,
      paths: rows.map(({ number }) => `/v1/desk/cases?number=${number}`),
    },
    { name: 'supervision figures', token: supervisor.token, paths: ['/v1/supervision/figures'] },
  ]
}

const ratioOf = (few: Record<string, Measured>, all: Record<string, Measured>, name: string) =>
  all[name]!.p95 / few[name]!.p95

function report(
  many: number,
  few: Record<string, Measured>,
  all: Record<string, Measured>,
): string {
  const ms = (value: number) => value.toFixed(0)
  const [most, least] = [many, FEW].map((count) => count.toLocaleString('en'))
  return `${LARGE_BEGINS}

Written by \`npm run bench:large -- --write\`: ${most} cases with
${EVENTS_A_CASE} events each, 12 % of them open, against ${least} of the same; ${AT_ONCE} at once
over HTTP to the built platform on its embedded PostgreSQL, every question alone for 8 s.

| question | p95 ms with ${least} | p50 ms | p95 ms | per second | ratio of p95 |
|---|---|---|---|---|---|
${Object.entries(all).map(([name, { p50, p95, rate }]) =>
    `| ${[
      name, ...[few[name]!.p95, p50, p95, rate].map(ms), ratioOf(few, all, name).toFixed(2),
    ].join(' | ')} |`).join('\n')}

Targets: p95 at most ${MOST_P95_MS} ms, and at most ${MOST_RATIO}× of the smaller database.
`
}

main().then((code) => process.exit(code), (error: unknown) => {
  console.error(error)
  process.exit(1)
})
