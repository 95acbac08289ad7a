/** What a person asked for help with, and what was answered, as the export tells it. */
import type { Visit } from '../../core/contract/ticket'
import { KIND_WORDS } from '../../core/ticket-words'
import { VISIT_WORDS } from '../../core/visit'
import type { Citizen } from '../actor'
import type { Platform } from '../platform'
import { wordsOf } from '../tickets/move'
import { visitOf } from '../tickets/visit'
import { whenWords } from './export-words'

const visited = (visit: Visit | null) => (visit
  ? { 上门: { 日期: visit.day, 时段: VISIT_WORDS[visit.part], 地址: visit.place, 电话: visit.phone } }
  : {})

export async function exportedTickets(platform: Platform, { id }: Citizen) {
  const { db } = platform.db
  const tickets = await db.selectFrom('tickets').selectAll().where('person_id', '=', id)
    .orderBy('opened_at').orderBy('id').execute()
  return Promise.all(tickets.map(async (ticket) => {
    const entries = await db.selectFrom('ticket_entries').selectAll()
      .where('ticket_id', '=', ticket.id).orderBy('seq').execute()
    return {
      编号: ticket.number, 种类: KIND_WORDS[ticket.kind].name, 时间: whenWords(ticket.opened_at),
      ...visited(visitOf(platform, ticket)),
      经过: entries.map((entry) => ({
        时间: whenWords(entry.at), 谁: entry.by_name, 内容: wordsOf(platform, entry),
      })),
    }
  }))
}
