/** 首页: the topics, and what waits for the citizen, most urgent first. */
import { sql } from 'kysely'
import { CASE_ENDED, type CaseState } from '../../core/case'
import { shanghaiDate } from '../../core/clock'
import type { Home, HomeTask } from '../../core/contract/home'
import { type MandateKind, coversTopic } from '../../core/mandate'
import { Refused } from '../../core/refusal'
import { asksRating } from '../../core/tone'
import type { Actor } from '../actor'
import { look } from '../audit/look'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { listTopics, loadTopic } from './service'

const URGENCY = ['correction', 'result', 'rating', 'draft', 'progress'] as const
type Kind = (typeof URGENCY)[number]
/** Kinds of mandate that stand for one who has no account. */
const STANDS_FOR: ReadonlySet<MandateKind> = new Set<MandateKind>(['child', 'company'])
const MOST_TASKS = 20
const DAY_MS = 86_400_000

const SENTENCES: Record<Kind, string> = {
  correction: '有内容需要补正，请尽快补充。',
  result: '全部办好了，请领取结果。',
  rating: '已办结，请您评价。',
  draft: '还没填完，可以接着填。',
  progress: '正在办理。',
}

interface Waiting {
  kind: Kind
  topicId: string
  topicVersion: number | undefined
  caseId: string | null
  at: Date
}

/** What the app loads at launch; without a citizen, the topics only. */
export async function readHome(platform: Platform, actor: Actor): Promise<Home> {
  const now = platform.now()
  const home: Home = {
    topics: listTopics(platform.catalogue),
    tasks: [],
    unread: 0,
    today: shanghaiDate(now.toISOString()),
  }
  if (actor.kind !== 'citizen') return home
  await look(platform, {
    by: actor, personId: actor.id, what: '查看本人待办', object: `person:${actor.id}`,
  })
  const { db } = platform.db
  const [drafts, cases, unread] = await Promise.all([
    draftsOf(db, { personId: actor.id, now }),
    casesOf(db, {
      personId: actor.id, now, rateWithinDays: platform.catalogue.rating.withinDays,
    }),
    // Their messages are nobody else's; only of one without an account are they read by another.
    actor.acting && !STANDS_FOR.has(actor.acting.kind) ? 0 : countUnread(db, actor.id),
  ])
  const seen = [...drafts, ...cases].filter(({ topicId, kind }) => !actor.acting ||
    (coversTopic(actor.acting, topicId) &&
      (kind !== 'rating' || STANDS_FOR.has(actor.acting.kind))))
  const waiting = seen.sort(byUrgency).slice(0, MOST_TASKS)
  const tasks = await Promise.all(waiting.map((one) => taskOf(platform, one)))
  return { ...home, tasks: tasks.flatMap((task) => task ?? []), unread }
}

async function taskOf(platform: Platform, waiting: Waiting): Promise<HomeTask | undefined> {
  const { kind, topicId, topicVersion, caseId, at } = waiting
  const topic = await topicOf(platform, topicId, topicVersion)
  if (!topic || (kind === 'rating' && !asksRating(topic))) return undefined
  return { kind, title: topic.title, text: SENTENCES[kind], caseId, topicId, at: at.toISOString() }
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

function byUrgency(one: Waiting, other: Waiting): number {
  const rank = ({ kind }: Waiting) => URGENCY.indexOf(kind)
  return rank(one) - rank(other) || other.at.getTime() - one.at.getTime()
}

async function draftsOf(db: Db, q: { personId: string; now: Date }): Promise<Waiting[]> {
  const rows = await db
    .selectFrom('drafts')
    .where('person_id', '=', q.personId)
    .where('kept_until', '>', q.now)
    .select(['topic_id as topicId', 'saved_at as at'])
    .execute()
  return rows.map((row) => ({ ...row, kind: 'draft', caseId: null, topicVersion: undefined }))
}

async function casesOf(
  db: Db,
  q: { personId: string; now: Date; rateWithinDays: number },
): Promise<Waiting[]> {
  const { rows } = await sql<{
    caseId: string; topicId: string; topicVersion: number; state: CaseState; at: Date
  }>`
    select c.id as "caseId", c.topic_id as "topicId", c.topic_version as "topicVersion", c.state,
           coalesce(c.ended_at, c.submitted_at) as at
      from cases c
     where c.applicant_id = ${q.personId}
       and c.state not in ('refused', 'withdrawn')
       and (c.state <> 'finished'
            or c.ended_at > ${new Date(q.now.getTime() - q.rateWithinDays * DAY_MS)}
               and not exists (select from ratings r where r.case_id = c.id))
     order by c.submitted_at desc, c.id desc
     limit ${MOST_TASKS}`.execute(db)
  return rows.map(({ state, ...row }) => ({ ...row, kind: kindOf(state) }))
}

function kindOf(state: CaseState): Kind {
  if (state === 'returned' || state === 'correcting') return 'correction'
  if (state === 'ready') return 'result'
  return CASE_ENDED.has(state) ? 'rating' : 'progress'
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
