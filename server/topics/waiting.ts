/** What waits for a person, each thing by its own few rows. */
import { sql } from 'kysely'
import { CASE_ENDED, type CaseState } from '../../core/case'
import { shanghaiDate } from '../../core/clock'
import type { WAITING_KINDS } from '../../core/contract/home'
import { KIND_WORDS } from '../../core/ticket-words'
import { dayWords } from '../../core/timeline'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { openCode } from '../signings/invite'

export interface Waiting {
  kind: (typeof WAITING_KINDS)[number]
  text: string
  topicId: string | null
  /** of the case it belongs to; absent: the one offered now */
  topicVersion?: number
  /** what it is called where no topic gives it its name */
  title?: string
  caseId?: string
  ticketId?: string
  code?: string
  late?: boolean
  at: Date
}

export interface Asking {
  personId: string
  now: Date
}

/** Most of one kind a page can show. */
export const MOST = 20
const DAY_MS = 86_400_000

export async function draftsOf(db: Db, q: Asking): Promise<Waiting[]> {
  const rows = await db.selectFrom('drafts').select(['topic_id', 'saved_at', 'kept_until'])
    .where('person_id', '=', q.personId).where('kept_until', '>', q.now).execute()
  return rows.map(({ topic_id: topicId, saved_at: at, kept_until: end }) => ({
    kind: 'draft', topicId, at,
    text: `还没填完，可以接着填。草稿保留到 ${dayWords(shanghaiDate(end.toISOString()))}。`,
  }))
}

export async function casesOf(
  db: Db,
  q: Asking & { rateWithinDays: number },
): Promise<Waiting[]> {
  const { rows } = await sql<CaseRow>`
    select c.id as "caseId", c.topic_id as "topicId", c.topic_version as "topicVersion", c.state,
           coalesce(c.ended_at, c.submitted_at) as at, c.due_on::text as "dueOn",
           exists (select from tasks t where t.case_id = c.id and t.signal in ('yellow', 'red')
             and t.state not in ('approved', 'rejected', 'cancelled')) as late
      from cases c
     where c.applicant_id = ${q.personId}
       and c.state not in ('refused', 'withdrawn')
       and (c.state <> 'finished'
            or c.ended_at > ${new Date(q.now.getTime() - q.rateWithinDays * DAY_MS)}
               and not exists (select from ratings r where r.case_id = c.id))
     order by c.submitted_at desc, c.id desc
     limit ${MOST}`.execute(db)
  return rows.map(({ state, dueOn, late, ...row }) => {
    const kind = kindOf(state)
    return { ...row, kind, late, text: caseWords(kind, { dueOn, late }) }
  })
}

interface CaseRow {
  caseId: string
  topicId: string
  topicVersion: number
  state: CaseState
  at: Date
  dueOn: string | null
  late: boolean
}

function kindOf(state: CaseState): 'correction' | 'result' | 'rating' | 'progress' {
  if (state === 'returned' || state === 'correcting') return 'correction'
  if (state === 'ready') return 'result'
  return CASE_ENDED.has(state) ? 'rating' : 'progress'
}

function caseWords(
  kind: ReturnType<typeof kindOf>,
  { dueOn, late }: Pick<CaseRow, 'dueOn' | 'late'>,
): string {
  switch (kind) {
    case 'correction': return '有内容需要补正，请尽快补充。'
    case 'result': return '全部办好了，请领取结果。'
    case 'rating': return '已办结，请您评价。'
    case 'progress':
      if (late) return '有事项超过了承诺期限，监督部门正在督办。'
      return dueOn ? `正在办理，承诺 ${dayWords(dueOn)}前办结。` : '等待受理。'
  }
}

/** Somebody asks this person, by their ID number, to sign. Index: signing_invitations_waiting. */
export async function signaturesOf(
  db: Db,
  platform: Pick<Platform, 'keys'>,
  { personId, now }: Asking,
): Promise<Waiting[]> {
  const rows = await db.selectFrom('signing_invitations as i')
    .innerJoin('people as p', 'p.id_index', 'i.id_index')
    .innerJoin('signings as s', 's.id', 'i.signing_id')
    .where('p.id', '=', personId).where('p.verified_at', 'is not', null)
    .where('i.state', '=', 'waiting').where('i.expires_at', '>', now)
    .where('s.closed_at', 'is', null)
    .selectAll('i').select('s.topic_id').limit(MOST).execute()
  return rows.map(({ topic_id: topicId, ...row }) => ({
    kind: 'signature', topicId, at: row.told_at, code: openCode(platform, row),
    text: `有人请您签名，${dayWords(shanghaiDate(row.expires_at.toISOString()))}前有效。`,
  }))
}

/** The answer to a low rating waits for the person's word. */
export async function rectificationsOf(db: Db, { personId }: Asking): Promise<Waiting[]> {
  const rows = await db.selectFrom('rectifications as r')
    .innerJoin('cases as c', 'c.id', 'r.case_id')
    .where('c.applicant_id', '=', personId).where('r.state', '=', 'confirmed')
    .select(['c.id', 'c.topic_id', 'c.topic_version', 'r.confirmed_at', 'r.opened_at'])
    .orderBy('r.opened_at').limit(MOST).execute()
  return rows.map((row) => ({
    kind: 'rectification', topicId: row.topic_id, topicVersion: row.topic_version, caseId: row.id,
    at: row.confirmed_at ?? row.opened_at, text: '您的差评有整改答复了，请看看满不满意。',
  }))
}

/** A call for help that was answered, or is asked about four weeks later. Index: tickets_person. */
export async function ticketsOf(db: Db, { personId }: Asking): Promise<Waiting[]> {
  const rows = await db.selectFrom('tickets')
    .select(['id', 'kind', 'state', 'topic_id', 'moved_at'])
    .where('person_id', '=', personId).where('state', 'in', ['answered', 'asked'])
    .orderBy('moved_at', 'desc').limit(MOST).execute()
  return rows.map(({ id: ticketId, kind, state, topic_id: topicId, moved_at: at }) => ({
    kind: 'ticket', ticketId, topicId, at, title: KIND_WORDS[kind].name,
    text: state === 'asked' ? '四周前办结的。真的解决了吗？' : '有答复了，请看看有没有解决。',
  }))
}
