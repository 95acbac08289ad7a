/** What a person asked for help with, and what was answered, as the export tells it. */
import { KIND_WORDS } from '../../core/ticket-words'
import type { Citizen } from '../actor'
import type { Platform } from '../platform'
import { wordsOf } from '../tickets/move'
import { whenWords } from './export-words'

export async function exportedTickets(platform: Platform, { id }: Citizen) {
  const { db } = platform.db
  const tickets = await db.selectFrom('tickets').selectAll().where('person_id', '=', id)
    .orderBy('opened_at').orderBy('id').execute()
  return Promise.all(tickets.map(async (ticket) => {
    const entries = await db.selectFrom('ticket_entries').selectAll()
      .where('ticket_id', '=', ticket.id).orderBy('seq').execute()
    return {
      编号: ticket.number, 种类: KIND_WORDS[ticket.kind].name, 时间: whenWords(ticket.opened_at),
      经过: entries.map((entry) => ({
        时间: whenWords(entry.at), 谁: entry.by_name, 内容: wordsOf(platform, entry),
      })),
    }
  }))
}
