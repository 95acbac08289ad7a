/**
 * Submissions through the front door of the built platform, and then what they write, by the same
 * statement, straight into the same PostgreSQL: how much of the database's speed reaches a citizen.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { type NewCase, insertCase } from '../../server/cases/submit-store'
import type { Database, Statement } from '../../server/db/pool'
import { openClient } from '../rig/client'
import type { Inside } from '../rig/platform'
import { type Load, type Measured, measure } from './measure'

/** Somebody signed in, and what they submit: JSON without its request id and opening brace. */
export interface Ready {
  id: string
  token: string
  rest: string
}

/** @throws {Error} on any answer but a new case */
export async function overHttp(
  port: number,
  people: readonly Ready[],
  load: Load,
): Promise<Measured> {
  return measure(load, (n) => {
    const client = openClient(port)
    let turn = n
    return {
      once: async () => {
        const { token, rest } = people[turn % people.length]! // there are people
        turn += load.connections
        const text = `{"requestId":"${randomUUID()}",${rest}`
        const reply = await client.call({ method: 'POST', path: '/v1/cases', token, text })
        if (reply.status !== 201) throw new Error(`${reply.status} ${reply.body.toString()}`)
      },
      close: async () => client.close(),
    }
  })
}

/** The rows of cases that were submitted, inserted again under new ids. */
export async function straightIn(inside: Inside, load: Load): Promise<Measured> {
  const models = await submitted(inside)
  const options = '-c role=onething_app'
  return measure(load, async (n) => {
    const client = new pg.Client({ ...inside.connection, options })
    await client.connect()
    const database = statementsTo(client)
    let turn = n
    return {
      once: async () => {
        const model = models[turn % models.length]! // there are some
        turn += load.connections
        if (!await insertCase(database, renewed(model))) throw new Error('not inserted')
      },
      close: () => client.end(),
    }
  })
}

/** Just enough of a Database for insertCase: its one statement, prepared once a connection. */
function statementsTo(client: pg.Client): Database {
  const run = async (statement: Statement, values: unknown[]) =>
    (await client.query({ ...statement, values })).rows
  // insertCase calls nothing else.
  return { run } as unknown as Database
}

let count = 0

function renewed(model: NewCase): NewCase {
  const number = `R${String((count += 1)).padStart(model.number.length - 1, '0')}`
  const id = randomUUID()
  return {
    ...model, id, number, requestId: randomUUID(), at: new Date(),
    message: { ...model.message, id: randomUUID() },
    job: { ...model.job, key: id },
  }
}

const MODELS = `
select c.id, c.number, c.applicant_id as "personId", c.request_id as "requestId",
       c.request_hash as "requestHash", c.topic_id as "topicId", c.topic_version as "topicVersion",
       c.region_code as "regionCode", c.handover, c.content_sealed as "contentSealed",
       c.accept_by as "acceptBy", c.submitted_at as at, e.event,
       (select jsonb_agg(jsonb_build_object('n', t.n, 'itemId', t.item_id,
                 'departmentId', t.department_id) order by t.n)
          from tasks t where t.case_id = c.id) as tasks,
       (select coalesce(jsonb_agg(jsonb_build_object('key', m.key, 'id', m.material_id)), '[]')
          from case_materials m where m.case_id = c.id) as photos,
       jsonb_build_object('id', g.id, 'title', g.title, 'text', g.text) as message,
       o.lane, o.topic, o.key, o.payload,
       (select jsonb_build_object('what', a.what, 'why', a.why) from audit a
         where a.object = 'case:' || c.id limit 1) as audit
  from cases c
  join case_events e on e.case_id = c.id and e.seq = 1
  join messages g on g.case_id = c.id
  join outbox o on o.key = g.id::text
 order by c.id limit 50`

async function submitted({ platform }: Inside): Promise<NewCase[]> {
  const client = await platform.db.connect()
  const { rows } = await client.query<NewCase & NewCase['job']>(MODELS)
  await client.end()
  return rows.map(({ lane, topic, key, payload, ...row }) => ({
    ...row, job: { lane, topic, key, payload },
  }))
}
