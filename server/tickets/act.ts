/** What citizen and staff may do with a ticket: one action, one transaction, one whole view. */
import type { TicketActionBody, TicketMessage, TicketView } from '../../core/contract/ticket'
import { Refused } from '../../core/refusal'
import { rungAbove } from '../../core/ticket'
import type { Actor } from '../actor'
import { isFirst } from '../cases/request'
import type { Platform } from '../platform'
import { type Doing, moveTicket } from './move'
import { viewTicket } from './read'
import { type TicketRow, lockTicket, standingOf } from './store'

type Pass = Extract<TicketActionBody, { do: 'pass-up' }>
type Close = Extract<TicketActionBody, { do: 'close' }>

interface Acting<Body> {
  id: string
  by: Actor
  body: Body
}

/** The citizen adds a word; whoever has it answers. @throws {Refused} as actOnTicket */
export function writeOnTicket(
  platform: Platform,
  { id, by, body }: Acting<TicketMessage>,
): Promise<TicketView> {
  const action = by.kind === 'citizen' ? 'say' : 'answer'
  return change(platform, { id, by, body }, () => ({ action, words: said(body.text) }))
}

/** @throws {Refused} NOT_FOUND, REQUEST_REUSED, ACTION_NOT_ALLOWED, REASON_REQUIRED, MALFORMED */
export function actOnTicket(
  platform: Platform,
  { id, by, body }: Acting<TicketActionBody>,
): Promise<TicketView> {
  return change(platform, { id, by, body }, (row) => {
    switch (body.do) {
      case 'confirm':
      case 'withdraw': return { action: body.do }
      case 'reopen': return { action: body.do, words: said(body.text) }
      case 'pass-up':
        sendTo(platform, row, body)
        return { action: body.do, words: said(body.text) }
      case 'close': return { action: body.do, outcome: body.outcome, words: closingWords(body) }
    }
  })
}

async function change(
  platform: Platform,
  { id, by, body }: Acting<{ requestId: string }>,
  doingWith: (row: TicketRow) => Doing,
): Promise<TicketView> {
  await platform.db.inTx(async (tx) => {
    const request = { ticket: id, body }
    if (!await isFirst(tx, platform, { by, requestId: body.requestId, request })) return
    const row = await lockTicket(tx, id)
    if (!row) throw new Refused('NOT_FOUND')
    await moveTicket(tx, platform, { row, by, doing: doingWith(row) })
  })
  return viewTicket(platform, id, by)
}

/** The window knows better than the catalogue whose matter it is. */
function sendTo(platform: Platform, row: TicketRow, { departmentId }: Pass): void {
  if (departmentId === undefined) return
  const { departments, help } = platform.catalogue
  if (!departments.some(({ id }) => id === departmentId)) throw new Refused('MALFORMED')
  const above = rungAbove({ ...standingOf(row), hasDepartment: true }, help)
  if (above?.rung !== 'department') {
    throw new Refused('ACTION_NOT_ALLOWED', { state: row.state })
  }
  row.department_id = departmentId
}

/** A “no” names its law, and “not ours” names where to go: nobody is sent away with neither. */
function closingWords(body: Close): string {
  const words = said(body.text)
  if (body.outcome === 'explained') return `${words}\n依据：${said(body.basis)}`
  if (body.outcome === 'elsewhere') return `${words}\n请到：${said(body.where)}`
  return words
}

/** @throws {Refused} REASON_REQUIRED: blanks say nothing */
function said(text: string): string {
  const plain = text.trim()
  if (plain === '') throw new Refused('REASON_REQUIRED')
  return plain
}
