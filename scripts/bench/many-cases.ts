/**
 * A prefecture's years of work: cases with ten events each, written straight into the tables as
 * the platform would have left them, sealed content included.
 */
import type pg from 'pg'
import { addDays, shanghaiDate } from '../../core/clock'
import type { Topic } from '../../core/contract/topic'
import { caseNumber } from '../../core/number'
import { nextSignalOn } from '../../core/signal'
import { sealContent } from '../../server/cases/content'
import { sealText } from '../../server/crypto'
import type { Platform } from '../../server/platform'
import { fillTopic, isSignedByOne } from '../../server/training/filling'

export const EVENTS_A_CASE = 10
const PEOPLE = 10_000
const BATCH = 5_000
export const DAYS_BACK = 700
/** Of a hundred cases: most have ended. Enough lie on desks that any list fills its page. */
const OPEN_IN_100 = 12
const OPEN_STATES = ['submitted', 'handling', 'ready'] as const
const TASK_STATE_IN = {
  submitted: 'waiting', handling: 'received', ready: 'approved', finished: 'approved',
} as const
/** Open ones are young enough that no clock has anything to do: theirs is another bench. */
const OPEN_DAYS = 3

interface Model {
  topic: Topic
  answers: Record<string, string>
  form: Record<string, string>
  items: { id: string; department: string }[]
}

/** @param client  the database's owner; topics are published */
export async function writeCases(
  platform: Platform,
  client: pg.Client,
  count: number,
): Promise<void> {
  const today = shanghaiDate(platform.now().toISOString())
  const models = platform.catalogue.topics.filter(isSignedByOne).map((topic): Model => {
    const { answers, form, plan } = fillTopic(topic, { today, seed: 1 })
    const items = plan.items.map(({ item: { id, department } }) => ({ id, department }))
    return { topic, answers, form, items }
  })
  const people = await writePeople(platform, client)
  // Rows come whole and in order: checking each foreign key again would only take time.
  await client.query('set session_replication_role = replica')
  for (let at = 0; at < count; at += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - at) }, (_, n) => at + n)
    await writeBatch(client, numbers.map((n) =>
      oneCase(platform, { n, today, models, people })))
    if (at % 100_000 < BATCH) process.stderr.write(`\r${at} of ${count} cases`)
  }
  await client.query('set session_replication_role = origin')
  process.stderr.write('\r\n')
}

async function writePeople({ keys, newId }: Platform, client: pg.Client): Promise<string[]> {
  const ids = Array.from({ length: PEOPLE }, () => newId())
  const names = ids.map((rowId) =>
    sealText(keys, { table: 'people', column: 'name_sealed', rowId }, '测试居民'))
  await client.query(
    `insert into people (id, name_sealed, verified_at, created_at)
     select x.id, x.name, now(), now() from unnest($1::uuid[], $2::bytea[]) as x(id, name)`,
    [ids, names])
  return ids
}

type Row = ReturnType<typeof oneCase>

function oneCase(
  { keys, newId, catalogue }: Platform,
  { n, today, models, people }: {
    n: number
    today: string
    models: readonly Model[]
    people: readonly string[]
  },
) {
  const id = newId()
  const { topic, answers, form, items } = models[n % models.length]! // there are topics
  const state: keyof typeof TASK_STATE_IN = n % 100 < OPEN_IN_100
    ? OPEN_STATES[n % OPEN_STATES.length]! : 'finished'
  const counties = catalogue.regions.filter(({ code }) => !code.endsWith('00'))
  const region = counties[Math.floor(n / 100) % counties.length]!.code
  const open = state !== 'finished'
  const back = open ? Math.floor(n / 1_200) % OPEN_DAYS : Math.floor(n / 7) % DAYS_BACK
  const day = addDays(today, -back)
  return {
    id,
    number: caseNumber({
      regionCode: region, topicNumber: topic.number, sequence: n,
      // A day has 100,000 numbers; these are only to differ.
      day: addDays(day, -Math.floor(n / 100_000) * 1_000),
    }),
    applicant: people[n % people.length]!,
    topic: topic.id,
    version: topic.version,
    region,
    state,
    content: sealContent(keys, id, {
      answers, form, materials: {},
      consent: { notice: true, truth: true, sharing: true },
      signature: { strokes: [[[10, 10], [500, 300], [900, 40]]], ratio: 2 },
    }),
    day,
    acceptBy: addDays(day, 7),
    due: state === 'submitted' ? null : addDays(day, 15),
    wakeOn: state !== 'handling' ? null : nextSignalOn(
      { startedOn: addDays(day, 1), due: addDays(day, 15), told: 'none' }, catalogue.calendar),
    items,
  }
}

async function writeBatch(client: pg.Client, rows: readonly Row[]): Promise<void> {
  const of = <K extends keyof Row>(key: K) => rows.map((row) => row[key])
  await client.query(CASES, [
    of('id'), of('number'), of('applicant'), of('topic'), of('version'), of('region'), of('state'),
    of('content'), of('day'), of('acceptBy'), of('due'),
  ])
  await client.query(EVENTS, [of('id'), of('day'), rows.map(({ items }) =>
    JSON.stringify(items.map(({ id }) => id)))])
  const tasks = rows.flatMap(({ items, id, region, day, due, wakeOn, state }) =>
    items.map((item, at) => ({
      id, region, day, due, wake: wakeOn, n: at + 1, item: item.id, department: item.department,
      state: TASK_STATE_IN[state],
    })))
  await client.query(TASKS, [JSON.stringify(tasks)])
}

const CASES = `
insert into cases (id, number, applicant_id, request_id, request_hash, topic_id, topic_version,
                   region_code, state, version, handover, content_sealed, submitted_at, accept_by,
                   accepted_at, due_on, ended_at)
select id, number, applicant, id, '\\x00', topic, version, region, state, ${EVENTS_A_CASE},
       'electronic', content, day + interval '9 hours', accept_by,
       case when state <> 'submitted' then day + interval '15 hours' end, due,
       case when state = 'finished' then day + interval '8 days' end
  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::int[], $6::text[], $7::text[],
              $8::bytea[], $9::date[], $10::date[], $11::date[])
       as x(id, number, applicant, topic, version, region, state, content, day, accept_by, due)`

const EVENTS = `
insert into case_events (case_id, seq, at, by_role, by_name, event)
select x.id, g, x.day + g * interval '7 hours',
       case g when 1 then 'citizen' when 2 then 'window' else 'department' end,
       case g when 1 then '申请人' else '测试部门' end,
       case g when 1 then jsonb_build_object('is', 'submit', 'items', x.items::jsonb)
              when 2 then '{"is": "accept"}'::jsonb
              else jsonb_build_object('is', 'task.receive', 'itemId', x.items::jsonb ->> 0) end
  from unnest($1::uuid[], $2::date[], $3::text[]) as x(id, day, items),
       generate_series(1, ${EVENTS_A_CASE}) as g`

const TASKS = `
insert into tasks (case_id, n, item_id, department_id, region_code, state, started_at, due_on,
                   ended_at, wake_on)
select id, n, item, department, region, state,
       case when state <> 'waiting' then day + interval '1 day' end, due,
       case when state = 'approved' then day + interval '6 days' end, wake
  from jsonb_to_recordset($1::jsonb) as x(id uuid, n int, item text, department text, region text,
       state text, day date, due date, wake date)`
