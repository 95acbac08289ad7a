/**
 * `npm run test:crash [-- --kills 50]`: kills the platform and PostgreSQL at random moments under
 * submissions, then counts. `-- --teeth` shows that the same count finds a loss where PostgreSQL
 * is told to acknowledge before it has written (synchronous_commit=off).
 */
import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { shanghaiDate } from '../core/clock'
import type { Topic } from '../core/contract/topic'
import { killPostgres, killServer } from './crash/kill'
import { type Reckoning, reckon } from './crash/reckoning'
import { type Applicant, type Storm, newLedger, startStorm, submit } from './crash/storm'
import { openClient } from './rig/client'
import { fillTopic, isSignedByOne, supplyAll } from '../server/training/filling'
import { type SignedIn, makeCitizen, makeClerk, photograph, upload } from './rig/people'
import {
  type Inside, type Rig, clearAway, ended, makeRig, openInside, startServer,
} from './rig/platform'

const CITIZENS = 16
const CLERKS = 2
const DOUBLE_TAPS = 500
const TAPPERS = 10
/** A kill only counts while people are at work. */
const ANSWERS_BETWEEN_KILLS = 120
const LONGEST_WAIT_MS = 700
const STALLED_MS = 30_000
const TEETH_TRIES = 6
const TEETH_KILLS = 3

interface Crowd {
  applicants: Applicant[]
  clerks: SignedIn[]
  /** PGDATA */
  dataFolder: string
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { kills: { type: 'string', default: '50' }, teeth: { type: 'boolean' } },
  })
  return values.teeth ? showTeeth() : survive(Number(values.kills))
}

async function survive(kills: number): Promise<number> {
  const rig = await makeRig({ town: true })
  try {
    const crowd = await gather(rig)
    await startServer(rig)
    const started = Date.now()
    const storm = startStorm(rig.port, crowd)
    const backMs = await killAgainAndAgain(rig, { crowd, storm, kills })
    await storm.end()
    await tapTwice(rig, crowd, storm)
    const seconds = Math.round((Date.now() - started) / 1000)
    const { counts, faults } = await stopAndReckon(rig, storm)
    tell({ kills, seconds, ...slowest(backMs), ...counts }, faults)
    return faults.size === 0 ? 0 : 1
  } finally {
    await clearAway(rig)
  }
}

/** Loss must be found. A crash between the flushes of some 200 ms shows it, so a few tries do. */
async function showTeeth(): Promise<number> {
  for (let tries = 1; tries <= TEETH_TRIES; tries += 1) {
    const rig = await makeRig({ town: true })
    try {
      const crowd = await gather(rig, 'off')
      await startServer(rig)
      const storm = startStorm(rig.port, crowd)
      for (let n = 0; n < TEETH_KILLS; n += 1) {
        await untilBusy(storm)
        await killPostgres(rig, crowd.dataFolder)
      }
      await storm.end()
      const { counts, faults } = await stopAndReckon(rig, storm)
      tell({ kills: TEETH_KILLS, synchronous_commit: 'off', ...counts }, faults)
      if ([...faults.keys()].some((text) => text.startsWith('LOST'))) {
        console.log('the harness has teeth: it found what was lost')
        return 0
      }
    } finally {
      await clearAway(rig)
    }
  }
  console.error('the harness found no loss where there must be some')
  return 1
}

/** Everybody who will be there, signed in, with photos uploaded; all of it on the disk. */
async function gather(rig: Rig, synchronousCommit: 'on' | 'off' = 'on'): Promise<Crowd> {
  const inside = await openInside(rig)
  const { platform } = inside
  const today = shanghaiDate(platform.now().toISOString())
  const citizens = await inTurn(CITIZENS, (n) => makeCitizen(platform, n))
  const clerks = await inTurn(CLERKS, (n) => makeClerk(platform, n))
  const topics = platform.catalogue.topics.filter(isSignedByOne)
  await startServer(rig)
  const applicants = await inTurn(CITIZENS, async (n) => {
    const { token, id } = citizens[n]! // made above, as many
    const client = openClient(rig.port)
    const photos: string[] = []
    for (const shot of [0, 1]) {
      photos.push(await upload(client, token, await photograph(2 * n + shot)))
    }
    client.close()
    const topic = topics[n % topics.length]! // a catalogue has topics
    return { id, token, submission: submissionOf(topic, { today, seed: n, photos }) }
  })
  const dataFolder = await settle(inside, synchronousCommit)
  rig.server?.kill('SIGTERM')
  if (rig.server) await ended(rig.server)
  await inside.close()
  return { applicants, clerks, dataFolder }
}

function submissionOf(
  topic: Topic,
  { today, seed, photos }: { today: string; seed: number; photos: readonly string[] },
): Applicant['submission'] {
  const { answers, form, plan } = fillTopic(topic, { today, seed })
  return {
    topicId: topic.id,
    topicVersion: topic.version,
    regionCode: '653101',
    answers,
    form,
    materials: supplyAll(plan, (_material, side) => photos[side % photos.length]!) as
      Applicant['submission']['materials'], // the same shape, writable
    consent: { notice: true, truth: true, sharing: true, minor: true },
    signature: { strokes: [[[10, 10], [500, 300], [900, 40]]], ratio: 2 },
    handover: 'electronic',
  }
}

/** Survives a restart of PostgreSQL, whoever starts it. Answers its data folder. */
async function settle({ connection }: Inside, synchronousCommit: string): Promise<string> {
  const owner = new pg.Client(connection)
  await owner.connect()
  await owner.query(`alter system set synchronous_commit = ${synchronousCommit}`)
  await owner.query('checkpoint')
  const { rows } = await owner.query<{ data_directory: string }>('show data_directory')
  await owner.end()
  return rows[0]?.data_directory ?? ''
}

async function killAgainAndAgain(
  rig: Rig,
  { crowd, storm, kills }: { crowd: Crowd; storm: Storm; kills: number },
): Promise<number[]> {
  const backMs: number[] = []
  for (let n = 1; n <= kills; n += 1) {
    await untilBusy(storm)
    await wait(randomInt(LONGEST_WAIT_MS))
    const ofServer = n % 2 === 1
    backMs.push(ofServer ? await killServer(rig) : await killPostgres(rig, crowd.dataFolder))
    progress(`kill ${n}/${kills} (${ofServer ? 'platform' : 'PostgreSQL'}), `
      + `${storm.ledger.cases.size} cases acknowledged, ${storm.ledger.repeated} calls repeated`)
  }
  await untilBusy(storm)
  return backMs
}

/** @throws {Error} if nothing is acknowledged any more */
async function untilBusy({ ledger }: Storm): Promise<void> {
  const goal = ledger.cases.size + ANSWERS_BETWEEN_KILLS
  const until = Date.now() + STALLED_MS
  while (ledger.cases.size < goal) {
    if (Date.now() > until) throw new Error('submissions have stalled')
    await wait(5)
  }
}

/** Every submission sent twice at the same moment: R9. */
async function tapTwice(rig: Rig, { applicants }: Crowd, { ledger }: Storm): Promise<void> {
  const own = newLedger()
  const tappers = applicants.slice(0, TAPPERS)
  await Promise.all(tappers.map(async (me, n) => {
    const client = openClient(rig.port)
    for (let tap = n; tap < DOUBLE_TAPS; tap += tappers.length) {
      await submit({ ledger: own }, client, me, 2)
    }
    client.close()
  }))
  const cases = new Set([...own.cases.values()].map(({ id }) => id)).size
  console.log(`\n${own.sent.size} double taps: ${cases} cases`)
  if (cases !== DOUBLE_TAPS) own.wrong.push(`${DOUBLE_TAPS} double taps made ${cases} cases`)
  for (const [id, one] of own.cases) ledger.cases.set(id, one)
  for (const [id, personId] of own.sent) ledger.sent.set(id, personId)
  ledger.wrong.push(...own.wrong)
}

async function stopAndReckon(rig: Rig, { ledger }: Storm): Promise<Reckoning> {
  const { server } = rig
  server?.kill('SIGTERM')
  const code = server && await ended(server)
  const inside = await openInside(rig)
  const reckoning = await reckon(inside, ledger)
  await inside.close()
  if (code !== 0) reckoning.faults.set(`SIGTERM ended the platform with ${code}`, 1)
  return reckoning
}

function slowest(backMs: readonly number[]) {
  return { 'slowest return, ms': Math.max(0, ...backMs) }
}

function tell(counts: Record<string, number | string>, faults: ReadonlyMap<string, number>): void {
  console.log('')
  for (const [name, count] of Object.entries(counts)) console.log(`${name.padEnd(24)}${count}`)
  for (const [text, count] of faults) console.log(`FAULT ×${count}: ${text}`)
  console.log(faults.size === 0 ? 'nothing lost, nothing double, nothing half' : 'FAILED')
}

function progress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${text}   `)
  else console.log(text)
}

async function inTurn<T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> {
  const made: T[] = []
  for (let n = 0; n < count; n += 1) made.push(await make(n))
  return made
}

main().then((code) => process.exit(code), (error: unknown) => {
  console.error(error)
  process.exit(1)
})
