/**
 * 造一批练习件: cases of invented citizens over topics, counties and states, filed and moved by the
 * platform's own services. All ids come from the request id, so that a retry goes on where the
 * first try broke off.
 */
import { createHash } from 'node:crypto'
import { shanghaiDate } from '../../core/clock'
import type { PracticeBatch, PracticeBody } from '../../core/contract/training'
import type { Topic } from '../../core/contract/topic'
import { waitsOf } from '../../core/needs'
import { Refused } from '../../core/refusal'
import { v5 as uuidv5 } from 'uuid'
import type { StaffMember } from '../actor'
import { record } from '../audit/store'
import { isFirst } from '../cases/request'
import { ALL_ROWS, within } from '../db/scope'
import type { Platform } from '../platform'
import { countTry } from '../session/attempts'
import { fileForPractice, fillForPractice } from './citizen'
import { isSignedByOne } from './filling'
import { type Hall, dispatchCase, finishTasks, look, readHall } from './hall'
import { openPen } from './photo'

export const BATCH = 12
/** Where trainees go on: window, departments, hand-over. */
const GOALS = ['submitted', 'handling', 'ready'] as const
const MOST_AN_HOUR = 20
const HOUR_MS = 3_600_000
const SEEDS = 900_000
/** Far enough apart that no two applicants of a batch meet. */
const SEED_STEP = 37

interface Room {
  hall: Hall
  topics: readonly Topic[]
  /** of these every item can be finished on the day it begins */
  quick: readonly Topic[]
  counties: readonly { code: string; name: string }[]
  draw: (said: string) => Promise<Buffer>
  /** topics this batch has already */
  used: Set<string>
}

/** @throws {Refused} TOO_MANY_REQUESTS */
export async function makePractice(
  platform: Platform,
  { by, body: { requestId } }: { by: StaffMember; body: PracticeBody },
): Promise<PracticeBatch> {
  const now = platform.now()
  const limit = { key: `practice:${by.id}`, most: MOST_AN_HOUR, withinMs: HOUR_MS, now }
  await countTry(platform.db, limit)
  // An administrator sees no case; the house makes these, and tells only that they are there.
  return within(ALL_ROWS, async () => {
    await noteBatch(platform, { by, requestId })
    const room = await openRoom(platform)
    const cases: PracticeBatch['cases'] = []
    for (let n = 0; n < BATCH; n += 1) {
      const ids = (step: string) => uuidv5(`${by.id} ${n} ${step}`, requestId)
      cases.push(await makeOne(platform, room, { n, from: numberOf(by.id + requestId), ids }))
    }
    return { cases }
  })
}

function noteBatch(
  platform: Platform,
  { by, requestId }: { by: StaffMember; requestId: string },
): Promise<void> {
  return platform.db.inTx(async (tx) => {
    if (!await isFirst(tx, platform, { by, requestId, request: { practice: BATCH } })) return
    await record(tx, {
      at: platform.now(), by, personId: null, what: '造一批练习件', object: `practice:${requestId}`,
      why: '培训',
    })
  })
}

async function openRoom(platform: Platform): Promise<Room> {
  const { catalogue } = platform
  const today = shanghaiDate(platform.now().toISOString())
  const topics = catalogue.topics.filter(isSignedByOne)
  const quick = topics.filter((topic) =>
    fillForPractice(topic, { today, seed: 0 }).plan.items.every(({ season, needs }) =>
      !season && waitsOf(needs).length === 0))
  const words = topics.flatMap(({ materials, roles }) => [
    ...materials.map(({ name, sides }) => name + sides.join('')),
    ...roles.map(({ label }) => label),
  ])
  return {
    hall: await readHall(platform), topics, quick,
    counties: catalogue.regions.filter(({ code }) => !code.endsWith('00')),
    draw: await openPen(`${words.join('')}的第0123456789 ·（）`),
    used: new Set(),
  }
}

interface One {
  n: number
  /** where in topics, counties and people the batch begins */
  from: number
  ids: (step: string) => string
}

async function makeOne(
  platform: Platform,
  { hall, topics, quick, counties, draw, used }: Room,
  { n, from, ids }: One,
): Promise<PracticeBatch['cases'][number]> {
  const goal = turn(GOALS, n)
  const offered = goal === 'ready' && quick.length > 0 ? quick : topics
  const fresh = offered.filter(({ id }) => !used.has(id))
  const topic = turn(fresh.length > 0 ? fresh : offered, from + n)
  used.add(topic.id)
  const county = turn(counties, from + n)
  const filed = await fileForPractice(platform, {
    topic, regionCode: county.code, seed: (from + n * SEED_STEP) % SEEDS, requestId: ids('submit'),
    handover: goal === 'ready' ? 'window' : 'electronic', draw,
  })
  try {
    if (goal !== 'submitted') await dispatchCase(platform, hall, { view: filed.view, ids })
    if (goal === 'ready') await finishTasks(platform, hall, { filed, ids })
  } catch (error) {
    if (!isTaken(error)) throw error
  }
  const { id, number, topicTitle, state } = await look(platform, filed.view.id, filed.citizen)
  return { id, number, topicTitle, region: county.name, state }
}

/** A trainee may have it in hand already: then it stays theirs. */
function isTaken(error: unknown): boolean {
  return error instanceof Refused && (error.code === 'TAKEN' || error.code === 'ACTION_NOT_ALLOWED')
}

/** @throws {RangeError} for an empty list */
function turn<T>(list: readonly T[], n: number): T {
  const one = list[n % list.length]
  if (one === undefined) throw new RangeError('nothing to choose from')
  return one
}

function numberOf(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 4) % SEEDS
}
