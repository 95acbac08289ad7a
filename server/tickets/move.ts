/** One thing done to a ticket, by citizen, staff or clock: state, rung, due day, entry, message. */
import { shanghaiDate } from '../../core/clock'
import { AGENT_WORDS } from '../../core/mandate'
import { Refused } from '../../core/refusal'
import {
  type Outcome, RUNG_HOLDERS, type Rung, type TicketAction, type TicketRole, actOnTicket,
  ticketDueOn,
} from '../../core/ticket'
import { KIND_WORDS, type TicketEvent } from '../../core/ticket-words'
import type { Actor } from '../actor'
import { record } from '../audit/store'
import { openText, sealText } from '../crypto'
import type { Tx } from '../db/pool'
import { messageJob } from '../messages/sms'
import { addMessages } from '../messages/store'
import { enqueue, hint } from '../outbox/store'
import type { Platform } from '../platform'
import { officeAt } from './names'
import {
  type EntryRow, type TicketRow, appendEntry, outcomeOf, saveTicket, standingOf,
} from './store'

export type By = Actor | { kind: 'system' }

export interface Doing {
  action: TicketAction
  words?: string
  outcome?: Outcome
}

/** In which of the table's roles somebody comes to this ticket; undefined: they only read it. */
export function ticketRole(
  { rung, department_id: department }: Pick<TicketRow, 'rung' | 'department_id'>,
  by: By,
): TicketRole | undefined {
  if (by.kind === 'citizen' || by.kind === 'system') return by.kind
  if (by.kind === 'window') return RUNG_HOLDERS[rung] === 'window' ? 'holder' : undefined
  const isTheirs = by.kind === 'department' && by.department === department
  return isTheirs && RUNG_HOLDERS[rung] === 'department' ? 'holder' : undefined
}

/**
 * Changes the row, which the caller holds locked, and writes down what happened.
 * @throws {Refused} ACTION_NOT_ALLOWED
 */
export async function moveTicket(
  tx: Tx,
  platform: Platform,
  { row, by, doing }: { row: TicketRow; by: By; doing: Doing },
): Promise<void> {
  const { action, words, outcome } = doing
  const { help: rules, calendar } = platform.catalogue
  const role = ticketRole(row, by)
  if (!role) throw new Refused('ACTION_NOT_ALLOWED', { state: row.state })
  const next = actOnTicket(standingOf(row), { action, by: role }, rules)
  const at = platform.now()
  const before = { rung: row.rung, state: row.state, dueOn: row.due_on }
  const today = shanghaiDate(at.toISOString())
  Object.assign(row, next)
  row.due_on = ticketDueOn(
    { kind: row.kind, ...next }, { action, today, before: before.dueOn }, { rules, calendar })
  const moved = next.state !== before.state || next.rung !== before.rung
  if (moved || row.due_on !== before.dueOn) row.moved_at = at
  if (next.rung === 'department') row.sent_at ??= at
  row.outcome = outcomeAfter(row, { action, outcome })
  const ended = outcomeOf(row)
  row.version += 1
  await saveTicket(tx, row)
  await writeEntry(tx, platform, {
    row, by, words, from: before.rung,
    event: {
      is: action, rung: next.rung, from: before.rung, dueOn: row.due_on,
      ...(ended ? { outcome: ended } : {}),
    },
  })
  await tell(tx, platform, { row, action })
}

function outcomeAfter(
  { state, outcome: before }: TicketRow,
  { action, outcome }: Doing,
): string | null {
  if (state === 'open' || state === 'answered') return null
  switch (action) {
    case 'confirm': return 'solved'
    case 'withdraw': return 'withdrawn'
    case 'end': return 'quiet'
    default: return outcome ?? before
  }
}

interface Writing {
  row: TicketRow
  by: By
  words?: string | undefined
  /** the rung it was done on */
  from: Rung
  event: TicketEvent
}

/** The entry of the row's present version, and its line in the access log. */
export async function writeEntry(
  tx: Tx,
  platform: Platform,
  { row, by, words, from, event }: Writing,
): Promise<void> {
  const at = platform.now()
  const isStaff = by.kind === 'window' || by.kind === 'department'
  const place = { ticket_id: row.id, seq: row.version }
  await appendEntry(tx, {
    ...place, at, event,
    by_role: isStaff ? 'staff' : by.kind === 'citizen' ? 'citizen' : 'system',
    ...(isStaff
      ? { by_id: 'id' in by ? by.id : null, by_name: officeAt(platform, row)(from) } : handOf(by)),
    words_sealed: words ? sealText(platform.keys, placeOf(place), words) : null,
  })
  await record(tx, {
    at, by, personId: row.person_id, what: `${WHAT[event.is]}（求助）`, object: `ticket:${row.id}`,
    why: KIND_WORDS[row.kind].name,
  })
}

/** How the history calls who asks for help, whose name it never holds. */
export const ASKER = '求助人'

function handOf(by: By): Pick<EntryRow, 'by_id' | 'by_name'> {
  if (by.kind !== 'citizen') return { by_id: 'id' in by ? by.id : null, by_name: '系统' }
  const { id, acting } = by
  if (acting) return { by_id: acting.agentId, by_name: AGENT_WORDS[acting.kind] }
  return { by_id: id, by_name: ASKER }
}

const WHAT: Record<TicketEvent['is'], string> = {
  create: '提出', report: '自动报备', raise: '提出', say: '补充说明', answer: '答复',
  'pass-up': '转上一级', close: '办结', confirm: '确认解决', reopen: '说还没解决',
  withdraw: '撤回', escalate: '超时转上一级', end: '结束', ask: '回访', lapse: '归档',
}

const placeOf = ({ ticket_id, seq }: Pick<EntryRow, 'ticket_id' | 'seq'>) =>
  ({ table: 'ticket_entries', column: 'words_sealed', rowId: `${ticket_id}/${seq}` })

/** What somebody wrote. @throws SealBroken */
export function wordsOf({ keys }: Pick<Platform, 'keys'>, entry: EntryRow): string | null {
  return entry.words_sealed && openText(keys, placeOf(entry), entry.words_sealed)
}

const TOLD: Partial<Record<TicketAction, { title: string; text: string }>> = {
  answer: { title: '求助有答复', text: '有答复了，请查看。还有疑问可以接着问。' },
  'pass-up': { title: '求助转到上一级', text: '已转到上一级处理，请查看由谁办、什么时候答复。' },
  escalate: { title: '求助转到上一级', text: '没有按时答复，已自动转到上一级处理。' },
  close: { title: '求助已办结', text: '已办结，请查看。没有解决可以重新提出。' },
  ask: { title: '真的解决了吗？', text: '四周前办结。真的解决了吗？没有解决可以重新提出。' },
}

/** In the app and by SMS: only that there is news, and of which ticket. */
async function tell(
  tx: Tx,
  platform: Platform,
  { row, action }: { row: TicketRow; action: TicketAction },
): Promise<void> {
  const told = TOLD[action]
  if (!told) return
  const at = platform.now()
  const id = platform.newId()
  const personId = row.person_id
  const text = `您的${KIND_WORDS[row.kind].name}（编号 ${row.number}）${told.text}`
  await addMessages(tx, [{
    id, personId, caseId: null, ticketId: row.id, at, title: told.title, text,
  }])
  await enqueue(tx, [messageJob(platform, { messageId: id, personId, text, at })])
  await hint(tx)
}
