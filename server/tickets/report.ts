/**
 * 否定答复报告: whatever is refused leaves a report, at once and by itself. The citizen may make it
 * their 办不成事 with one sentence; supervision sees it either way.
 */
import type { Docket } from '../cases/docket'
import { shanghaiDate } from '../../core/clock'
import { departmentOf } from './create'
import { writeEntry } from './move'
import { type TicketRow, insertTicket, nextNumber } from './store'

const REFUSALS: ReadonlySet<string> = new Set(['refuse', 'task.reject'])

/** Of every refusal in the docket's new events, one report; a refusal told twice has one. */
export async function reportRefusals(docket: Docket): Promise<void> {
  const refused = docket.fresh.events.filter(({ event }) =>
    'is' in event && REFUSALS.has(String(event.is)))
  for (const { event } of refused) {
    const itemId = 'itemId' in event ? String(event.itemId) : undefined
    await report(docket, itemId)
  }
}

async function report(docket: Docket, itemId: string | undefined): Promise<void> {
  const { platform, tx, row: filed, topic, tasks } = docket
  const at = platform.now()
  const task = tasks.find((one) => one.item_id === itemId)
  const row: TicketRow = {
    id: platform.newId(), number: await nextNumber(tx, shanghaiDate(at.toISOString())),
    person_id: filed.applicant_id, request_id: null, kind: 'unresolved',
    region_code: filed.region_code, page: null, topic_id: filed.topic_id, case_id: filed.id,
    item_id: itemId ?? null, refusal: task ? `task.${task.n}` : 'case',
    department_id: departmentOf(topic, itemId), sent_at: null, state: 'reported', rung: 'window',
    version: 1, due_on: null, outcome: null, opened_at: at, moved_at: at,
    field: null, visit_sealed: null,
  }
  if (!await insertTicket(tx, row)) return
  await writeEntry(tx, platform, {
    row, by: { kind: 'system' }, from: 'window', event: { is: 'report', rung: 'window' },
  })
}
