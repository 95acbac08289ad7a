import type { TicketEntry, TicketView } from '../../core/contract/ticket'
import { Refused } from '../../core/refusal'
import { rungAbove, ticketActions } from '../../core/ticket'
import { ticketSentence } from '../../core/ticket-words'
import type { Actor } from '../actor'
import { openPerson } from '../people/service'
import type { Platform } from '../platform'
import { ASKER, ticketRole, wordsOf } from './move'
import { briefOf, officeAt, regionName } from './names'
import { type EntryRow, type TicketRow, eventOf, readTicket, standingOf } from './store'
import { visitOf } from './visit'

/** While somebody still has something to do for the citizen. */
const REACHABLE: ReadonlySet<string> = new Set(['open', 'answered'])

/** A ticket as its reader sees it. @throws {Refused} NOT_FOUND */
export async function viewTicket(
  platform: Platform,
  id: string,
  reader: Actor,
): Promise<TicketView> {
  const rows = await readTicket(platform.db.db, id)
  if (!rows) throw new Refused('NOT_FOUND')
  const { row, entries, caseNumber } = rows
  const { help } = platform.catalogue
  const role = ticketRole(row, reader)
  const standing = standingOf(row)
  const above = row.state === 'settled' ? undefined : rungAbove(standing, help)
  return {
    ...briefOf(platform, row, caseNumber),
    version: row.version,
    regionCode: row.region_code,
    region: regionName(platform, row.region_code),
    topicId: row.topic_id,
    caseId: row.case_id,
    entries: entries.map((entry) => entryOf(platform, { row, entry, reader })),
    actions: role ? ticketActions(standing, role, help) : [],
    above: above ? officeAt(platform, row)(above.rung) : null,
    visit: role ? visitOf(platform, row) : null,
    contact: role === 'holder' && REACHABLE.has(row.state) ? await contactOf(platform, row) : null,
  }
}

function entryOf(
  platform: Platform,
  { row, entry, reader }: { row: TicketRow; entry: EntryRow; reader: Actor },
): TicketEntry {
  const event = eventOf(entry)
  const citizen = reader.kind === 'citizen' && !reader.acting ? '您' : ASKER
  const byAsker = entry.by_role === 'citizen' && entry.by_name === ASKER
  return {
    seq: entry.seq,
    at: entry.at.toISOString(),
    is: event.is,
    by: entry.by_role,
    name: byAsker ? citizen : entry.by_name,
    text: ticketSentence(event, { citizen, office: officeAt(platform, row) }),
    words: wordsOf(platform, entry),
  }
}

/** Whoever has it must be able to call: a home visit cannot be arranged otherwise. */
async function contactOf(platform: Platform, { person_id }: TicketRow) {
  const { name, phone } = await openPerson(platform.db.db, platform, person_id)
  return { name: name ?? '', phone: phone ?? '' }
}
