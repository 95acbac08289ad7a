/** 上门服务: when and where somebody should come, sealed beside its ticket. */
import { shanghaiDate } from '../../core/clock'
import type { NewTicket, Visit } from '../../core/contract/ticket'
import { Refused } from '../../core/refusal'
import { visitDays } from '../../core/visit'
import { type KeyRing, openJson, sealJson } from '../crypto'
import type { Platform } from '../platform'
import type { TicketRow } from './store'

const placeOf = (id: string) => ({ table: 'tickets', column: 'visit_sealed', rowId: id })

/** @throws {Refused} MALFORMED for another kind of help, or a day nobody comes on */
export function checkVisit({ catalogue, now }: Platform, { kind, visit }: NewTicket): void {
  if (!visit) return
  const days = visitDays(shanghaiDate(now().toISOString()), catalogue.calendar)
  if (kind !== 'assistance' || !days.includes(visit.day)) {
    throw new Refused('MALFORMED', { field: 'visit', problem: 'day' })
  }
}

export function sealVisit(keys: KeyRing, id: string, visit: Visit | undefined): Buffer | null {
  return visit ? sealJson(keys, placeOf(id), visit) : null
}

/** @throws SealBroken */
export function visitOf(
  { keys }: Pick<Platform, 'keys'>,
  { id, visit_sealed: sealed }: Pick<TicketRow, 'id' | 'visit_sealed'>,
): Visit | null {
  return sealed && openJson(keys, placeOf(id), sealed) as Visit // only sealVisit writes there
}
