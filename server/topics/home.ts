/** 首页: the topics, and what waits for the citizen, most urgent first. */
import { shanghaiDate } from '../../core/clock'
import { type Home, type HomeTask, WAITING_KINDS } from '../../core/contract/home'
import { type MandateKind, coversTopic } from '../../core/mandate'
import { Refused } from '../../core/refusal'
import { asksRating } from '../../core/tone'
import type { Actor, Citizen } from '../actor'
import { look } from '../audit/look'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { listTopics, loadTopic } from './service'
import {
  MOST, type Waiting, casesOf, draftsOf, rectificationsOf, signaturesOf, ticketsOf,
} from './waiting'

/** Kinds of mandate that stand for one who has no account. */
const STANDS_FOR: ReadonlySet<MandateKind> = new Set<MandateKind>(['child', 'company'])
/** To be judged by whose matter it is. */
const OWN_KINDS: ReadonlySet<Waiting['kind']> = new Set(['rating', 'rectification'] as const)

/** What the app loads at launch; without a citizen, the topics only. */
export async function readHome(platform: Platform, actor: Actor): Promise<Home> {
  const now = platform.now()
  const home: Home = {
    topics: listTopics(platform.catalogue),
    tasks: [],
    unread: 0,
    today: shanghaiDate(now.toISOString()),
  }
  // At the window the clerk looks on: what else waits for the citizen is none of the window's.
  if (actor.kind !== 'citizen' || actor.counter) return home
  await look(platform, {
    by: actor, personId: actor.id, what: '查看本人待办', object: `person:${actor.id}`,
  })
  const [waiting, unread] = await Promise.all([
    waitingFor(platform, actor),
    // Their messages are nobody else's; only of one without an account are they read by another.
    actor.acting && !STANDS_FOR.has(actor.acting.kind) ? 0 : countUnread(platform.db.db, actor.id),
  ])
  const tasks = await Promise.all(
    waiting.sort(byUrgency).slice(0, MOST).map((one) => taskOf(platform, one)))
  return { ...home, tasks: tasks.flatMap((task) => task ?? []), unread }
}

async function waitingFor(platform: Platform, { id, acting }: Citizen): Promise<Waiting[]> {
  const { db: { db }, catalogue: { rating } } = platform
  const asking = { personId: id, now: platform.now() }
  const found = await Promise.all([
    draftsOf(db, asking),
    casesOf(db, { ...asking, rateWithinDays: rating.withinDays }),
    // A signature is one's own: nobody gives it for somebody else.
    acting ? [] : signaturesOf(db, platform, asking),
    rectificationsOf(db, asking),
    ticketsOf(db, asking),
  ])
  return found.flat().filter(({ topicId, kind }) => !acting ||
    (coversTopic(acting, topicId ?? undefined) &&
      (STANDS_FOR.has(acting.kind) || !OWN_KINDS.has(kind))))
}

async function taskOf(platform: Platform, waiting: Waiting): Promise<HomeTask | undefined> {
  const { kind, text, topicId, topicVersion, caseId, ticketId, code, late, at } = waiting
  const topic = topicId ? await topicOf(platform, topicId, topicVersion) : undefined
  if (kind === 'rating' && !(topic && asksRating(topic))) return undefined
  const title = [waiting.title, topic?.title].filter(Boolean).join('：')
  if (!title) return undefined
  return {
    kind, title, text, topicId, caseId: caseId ?? null, ticketId: ticketId ?? null,
    code: code ?? null, late: late ?? false, at: at.toISOString(),
  }
}

/** A draft of a topic that is no longer offered leads nowhere. */
async function topicOf(platform: Platform, id: string, version: number | undefined) {
  try {
    return await loadTopic(platform, { id, version })
  } catch (error) {
    if (error instanceof Refused && error.code === 'NOT_FOUND') return undefined
    throw error
  }
}

/** Of what is under way, the overdue first; else the newest. */
function byUrgency(one: Waiting, other: Waiting): number {
  const rank = ({ kind }: Waiting) => WAITING_KINDS.indexOf(kind)
  return rank(one) - rank(other) || Number(other.late ?? false) - Number(one.late ?? false) ||
    other.at.getTime() - one.at.getTime()
}

async function countUnread(db: Db, personId: string): Promise<number> {
  const { count } = await db
    .selectFrom('messages')
    .where('person_id', '=', personId)
    .where('read_at', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
