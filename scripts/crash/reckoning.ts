/**
 * After the storm: what was acknowledged against what is in the database and the store.
 * Acknowledged = there once, for ever; not acknowledged = may be there once; nothing half.
 */
import pg from 'pg'
import { type HistoryEntry, replay } from '../../core/history'
import { blindIndex, sha256 } from '../../server/crypto'
import type { Inside } from '../rig/platform'
import type { AckedCase, Ledger } from './storm'

export interface Reckoning {
  counts: Record<string, number>
  /** sentence → how often */
  faults: Map<string, number>
}

interface CaseRow {
  id: string
  number: string
  applicant_id: string
  request_id: string
  state: string
  version: number
  photos: string[]
  tasks: { n: number; itemId: string; state: string; started: boolean; job: boolean }[] | null
  events: { seq: number; by: HistoryEntry['by']; event: HistoryEntry['event'] }[] | null
  messages: number
  unsent: number
  audited: boolean
}

const CASES = `
select c.id, c.number, c.applicant_id, c.request_id, c.state, c.version,
       array(select key || ' ' || material_id from case_materials m where m.case_id = c.id
              order by 1) as photos,
       (select jsonb_agg(jsonb_build_object('n', n, 'itemId', item_id, 'state', state,
                 'started', started_at is not null, 'job', exists (
                   select from outbox o
                    where o.topic = 'department-task' and o.key = c.id || '.' || t.n || ':0'))
                 order by n)
          from tasks t where t.case_id = c.id) as tasks,
       (select jsonb_agg(jsonb_build_object('seq', seq, 'by', by_role, 'event', event) order by seq)
          from case_events e where e.case_id = c.id) as events,
       (select count(*)::int from messages m where m.case_id = c.id) as messages,
       (select count(*)::int from messages m where m.case_id = c.id and not exists (
          select from outbox o where o.topic = 'message-sms' and o.key = m.id::text)) as unsent,
       exists (select from audit a
                where a.object = 'case:' || c.id and a.person_id = c.applicant_id) as audited
  from cases c`

const STRAYS = {
  'an event without its case': 'select from case_events e where not exists '
    + '(select from cases c where c.id = e.case_id)',
  'a request id with two cases': 'select request_id from cases group by 1 having count(*) > 1',
  'a number of two cases': 'select number from cases group by 1 having count(*) > 1',
  'an outbox job twice': 'select topic, key from outbox group by 1, 2 having count(*) > 1',
  'a result of a task that is not approved':
    "select from results r join tasks t using (case_id, n) where t.state <> 'approved'",
  'an approved task without result':
    "select from tasks t where t.state = 'approved' and not exists "
    + '(select from results r where r.case_id = t.case_id and r.n = t.n)',
}

export async function reckon(inside: Inside, ledger: Ledger): Promise<Reckoning> {
  const faults = new Map<string, number>()
  const fault = (text: string) => faults.set(text, (faults.get(text) ?? 0) + 1)
  const owner = new pg.Client(inside.connection)
  await owner.connect()
  const { rows } = await owner.query<CaseRow>(CASES)
  const departments = new Set(inside.platform.config.departments.map((one) => one.departmentId))
  for (const row of rows) for (const text of halves(row, departments.size > 0)) fault(text)
  compare(rows, ledger, fault)
  for (const [text, query] of Object.entries(STRAYS)) {
    const { rowCount } = await owner.query(query)
    for (let n = 0; n < (rowCount ?? 0); n += 1) fault(text)
  }
  const stored = await checkUploads(owner, { inside, ledger, fault })
  await owner.end()
  for (const text of ledger.wrong) fault(text)
  return {
    faults,
    counts: {
      acknowledged: ledger.cases.size,
      unacknowledged: ledger.sent.size - ledger.cases.size,
      'cases in the database': rows.length,
      events: rows.reduce((sum, { version }) => sum + version, 0),
      'acts of clerks': ledger.acts.length,
      'repeated calls': ledger.repeated,
      'uploads acknowledged': ledger.uploads.length,
      'files read back': stored,
    },
  }
}

/** What a case that was written only in part would show. */
function halves(row: CaseRow, hasSystems: boolean): string[] {
  const { events, tasks, version, state, messages, unsent, audited } = row
  const found: string[] = []
  if (!events || events.length !== version || events.some(({ seq }, n) => seq !== n + 1)) {
    return ['events that are not 1 … version']
  }
  const items = events[0]?.event.items?.join()
  if (!tasks?.length || tasks.map(({ itemId }) => itemId).join() !== items) {
    found.push('tasks that are not the submitted items')
  }
  if (messages < 1) found.push('a case without its message')
  if (unsent > 0) found.push('a message without its outbox job')
  if (!audited) found.push('a submission without its audit row')
  if (hasSystems && tasks?.some(({ started, job }) => started && !job)) {
    found.push('a started task that nobody will be sent')
  }
  const replayed = replay(events)
  if (replayed.state !== state) found.push('a state that its events do not give')
  if (tasks?.some((task) => replayed.tasks.get(task.itemId) !== task.state)) {
    found.push('a task state that its events do not give')
  }
  return found
}

function compare(rows: readonly CaseRow[], ledger: Ledger, fault: (text: string) => void): void {
  const byRequest = new Map(rows.map((row) => [row.request_id, row]))
  const byId = new Map(rows.map((row) => [row.id, row]))
  for (const [requestId, acked] of ledger.cases) {
    const row = byRequest.get(requestId)
    if (!row) fault('LOST: an acknowledged case is gone')
    else if (row.id !== acked.id || row.number !== acked.number) fault('another number than told')
    else if (row.applicant_id !== acked.personId) fault('a case of another person')
    else if (row.photos.join() !== listed(acked)) fault('a case without its materials')
  }
  for (const { request_id, applicant_id } of rows) {
    if (ledger.sent.get(request_id) !== applicant_id) fault('a case that nobody submitted')
  }
  for (const { caseId, did } of ledger.acts) {
    const done = byId.get(caseId)?.events?.filter(({ event }) => event.is === did).length
    if (done === undefined || done === 0) fault(`LOST: an acknowledged "${did}" is gone`)
    else if (done > 1) fault(`"${did}" happened twice`)
  }
}

function listed({ photos }: AckedCase): string {
  return photos.map(({ key, id }) => `${key} ${id}`).sort().join()
}

/** Every ready upload is there and holds what its name says: blobs are named by their content. */
async function checkUploads(
  owner: pg.Client,
  { inside, ledger, fault }: { inside: Inside; ledger: Ledger; fault: (text: string) => void },
): Promise<number> {
  const { blobs, config } = inside.platform
  const { rows } = await owner.query<{ id: string; owner_id: string; blob_id: string | null }>(
    "select id, owner_id, blob_id from materials where state = 'ready'")
  const ready = new Map(rows.map((row) => [row.id, row.owner_id]))
  for (const { id, personId } of ledger.uploads) {
    if (ready.get(id) !== personId) fault('LOST: an acknowledged upload is gone')
  }
  for (const { blob_id } of rows) {
    const stored = blob_id === null ? undefined : await blobs.get(blob_id).catch(() => undefined)
    if (!stored || !blob_id) fault('a ready upload that cannot be read')
    else {
      const name = blindIndex(config.keys.index, 'blob', sha256(stored).toString('hex'))
      if (name.toString('hex') !== blob_id) fault('a ready upload with other content')
    }
  }
  return rows.length
}
